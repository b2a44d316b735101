/**
 * Whether a picture is whole and has a size, as far as its parts tell: a browser shows anything else as a broken
 * frame. The compressed points themselves are not unpacked.
 */
export function isReadableImage(bytes: Buffer, contentType: string): boolean {
  if (contentType === 'image/jpeg') return isJpeg(bytes);
  if (contentType === 'image/png') return isPng(bytes);
  return isWebp(bytes);
}

/** From its begin to its scan every part follows the last, one of them tells its size, and it has an end. */
function isJpeg(bytes: Buffer): boolean {
  let hasSize = false;
  let at = 2;
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1; // Filling before a marker is allowed.
      continue;
    }
    const length = bytes.readUInt16BE(at + 2);
    if (length < 2) return false;
    if (isFrame(marker) && at + 9 <= bytes.length)
      hasSize = bytes.readUInt16BE(at + 5) > 0 && bytes.readUInt16BE(at + 7) > 0;
    at += 2 + length;
    if (marker === 0xda) return hasSize && bytes.indexOf(Buffer.from([0xff, 0xd9]), at) > at;
  }
  return false;
}

/** Start of a frame; three numbers between them mean tables. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

/** Every chunk follows the last, the first tells its size, and there are packed points before the end. */
function isPng(bytes: Buffer): boolean {
  let hasPoints = false;
  let at = 8;
  while (at + 12 <= bytes.length) {
    const end = at + 12 + bytes.readUInt32BE(at);
    if (end > bytes.length) return false;
    const name = bytes.toString('latin1', at + 4, at + 8);
    if (at === 8 && (name !== 'IHDR' || end !== 33 || !isPngSize(bytes))) return false;
    if (name === 'IDAT' && !hasPoints) {
      if (!isDeflated(bytes.subarray(at + 8, end - 4))) return false;
      hasPoints = true;
    }
    if (name === 'IEND') return hasPoints;
    at = end;
  }
  return false;
}

function isDeflated(part: Buffer): boolean {
  return part.length > 2 && ((part[0] ?? 0) & 15) === 8 && part.readUInt16BE(0) % 31 === 0;
}

function isPngSize(bytes: Buffer): boolean {
  return bytes.readUInt32BE(16) > 0 && bytes.readUInt32BE(20) > 0;
}

/** The container is as long as it says, and holds a picture that begins as one. */
function isWebp(bytes: Buffer): boolean {
  const end = 8 + bytes.readUInt32LE(4);
  if (end > bytes.length + 1) return false;
  let at = 12;
  while (at + 8 <= Math.min(end, bytes.length)) {
    const size = bytes.readUInt32LE(at + 4);
    const name = bytes.toString('latin1', at, at + 4);
    const part = bytes.subarray(at + 8, at + 8 + size);
    if (part.length < size) return false;
    if (name === 'VP8 ') return isVp8(part);
    if (name === 'VP8L') return part.length > 5 && part[0] === 0x2f;
    if (name === 'ANMF') return size > 24;
    at += 8 + size + (size % 2);
  }
  return false;
}

function isVp8(part: Buffer): boolean {
  if (part.length < 11 || part.toString('hex', 3, 6) !== '9d012a') return false;
  return (part.readUInt16LE(6) & 0x3fff) > 0 && (part.readUInt16LE(8) & 0x3fff) > 0;
}
