/** Bits of one list; the smallest that the standard allows, so that a certificate hides among many. */
export const listLength = 131_072;

// Any odd number runs through all places of a list of a power of two once.
const stride = 81_007;

/** Where a certificate stands in the published lists; those issued one after the other stand far apart. */
export function statusPosition(statusIndex: number): { list: number; position: number } {
  const list = Math.floor(statusIndex / listLength);
  return { list, position: ((statusIndex % listLength) * stride) % listLength };
}

/** Whether the bit is set; the first one is the highest of the first byte. */
export function isBitSet(bits: Uint8Array, position: number): boolean {
  return (((bits[position >> 3] ?? 0) >> (7 - (position & 7))) & 1) === 1;
}

export function setBit(bits: Uint8Array, position: number): void {
  bits[position >> 3] = (bits[position >> 3] ?? 0) | (0x80 >> (position & 7));
}
