export type ByteRange = { start: number; end: number };

/**
 * The part of a file that a Range header asks for (RFC 9110, 14.2): `undefined` sends the whole file (no
 * range, several ranges, another unit), `'unsatisfiable'` is answered with 416. Both ends are inclusive.
 */
export function rangeOf(header: string | undefined, size: number): ByteRange | 'unsatisfiable' | undefined {
  const asked = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '');
  if (!asked || (asked[1] === '' && asked[2] === '')) return undefined;
  const [from, to] = [asked[1] ?? '', asked[2] ?? ''];
  if (from === '') {
    const length = Math.min(size, Number(to));
    return length > 0 ? { start: size - length, end: size - 1 } : 'unsatisfiable';
  }
  const start = Number(from);
  const end = to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (to !== '' && Number(to) < start) return undefined;
  return start < size ? { start, end } : 'unsatisfiable';
}
