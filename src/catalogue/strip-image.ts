/**
 * A picture without what a camera writes into it: place, owner, device, thumbnails. What makes it look right
 * (turn, colours, resolution) stays. A picture whose parts cannot be read is given back as it came.
 */
export function strippedImage(bytes: Buffer, contentType: string): Buffer {
  if (contentType === 'image/jpeg') return strippedJpeg(bytes);
  if (contentType === 'image/png') return strippedPng(bytes);
  return contentType === 'image/webp' ? strippedWebp(bytes) : bytes;
}

/** APP0 (JFIF), APP2 (colour profile) and APP14 (Adobe's colours) draw the picture; the rest tells of it. */
const keptApps = new Set([0xe0, 0xe2, 0xee]);

function strippedJpeg(bytes: Buffer): Buffer {
  const parts = [bytes.subarray(0, 2)];
  let at = 2;
  let turn = 1;
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xda) break;
    const end = at + 2 + bytes.readUInt16BE(at + 2);
    if (marker === 0xe1) turn = turnOf(bytes.subarray(at + 4, end)) ?? turn;
    const isTold = (marker >= 0xe0 && marker <= 0xef && !keptApps.has(marker)) || marker === 0xfe;
    if (!isTold) parts.push(bytes.subarray(at, end));
    at = end;
  }
  if (bytes[at] !== 0xff || bytes[at + 1] !== 0xda) return bytes;
  if (turn !== 1) parts.splice(1, 0, exifOfTurn(turn));
  // Some phones hang a second picture, with its own place, behind the end of the first.
  const end = bytes.lastIndexOf(Buffer.from([0xff, 0xd9]));
  return Buffer.concat([
    ...parts,
    bytes.subarray(at, firstEnd(bytes, at) ?? (end > at ? end + 2 : undefined)),
  ]);
}

/** Where the compressed picture ends: in it 0xff is followed by 0, a restart, or the next scan's markers. */
function firstEnd(bytes: Buffer, scan: number): number | undefined {
  for (let at = bytes.indexOf(0xff, scan + 2); at >= 0; at = bytes.indexOf(0xff, at + 1))
    if (bytes[at + 1] === 0xd9) return at + 2;
  return undefined;
}

function turnOf(segment: Buffer): number | undefined {
  if (segment.toString('latin1', 0, 6) !== 'Exif\0\0' || segment.length < 20) return undefined;
  const tiff = segment.subarray(6);
  const isLittle = tiff.toString('latin1', 0, 2) === 'II';
  const short = (at: number) => (isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const start = isLittle ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  if (start + 2 > tiff.length) return undefined;
  const count = short(start);
  for (let entry = start + 2; entry < start + 2 + count * 12 && entry + 12 <= tiff.length; entry += 12)
    if (short(entry) === 0x0112) return Math.min(8, Math.max(1, short(entry + 8)));
  return undefined;
}

function exifOfTurn(turn: number): Buffer {
  const head = Buffer.from('ffe10022457869660000', 'hex');
  const tiff = Buffer.from('4d4d002a00000008000101120003000000010000000000000000', 'hex');
  tiff.writeUInt16BE(turn, 18);
  return Buffer.concat([head, tiff]);
}

const toldInPng = new Set(['eXIf', 'tEXt', 'zTXt', 'iTXt', 'tIME']);

function strippedPng(bytes: Buffer): Buffer {
  const parts = [bytes.subarray(0, 8)];
  let at = 8;
  while (at + 12 <= bytes.length) {
    const end = at + 12 + bytes.readUInt32BE(at);
    const name = bytes.toString('latin1', at + 4, at + 8);
    if (end > bytes.length) return bytes;
    if (!toldInPng.has(name)) parts.push(bytes.subarray(at, end));
    at = end;
    if (name === 'IEND') return Buffer.concat(parts);
  }
  return bytes;
}

function strippedWebp(bytes: Buffer): Buffer {
  const parts: Buffer[] = [];
  let at = 12;
  while (at + 8 <= bytes.length) {
    const size = bytes.readUInt32LE(at + 4);
    const end = Math.min(bytes.length, at + 8 + size + (size % 2));
    const name = bytes.toString('latin1', at, at + 4);
    const part = Buffer.from(bytes.subarray(at, end));
    // The header says which parts follow: neither EXIF (8) nor XMP (4) does any more.
    if (name === 'VP8X') part[8] = (part[8] ?? 0) & ~0x0c;
    if (name !== 'EXIF' && name !== 'XMP ') parts.push(part);
    at = end;
  }
  const whole = Buffer.concat([bytes.subarray(0, 12), ...parts]);
  whole.writeUInt32LE(whole.length - 8, 4);
  return whole;
}
