import QRCode from 'qrcode';

/** Up to so many letters a QR of level M is of version 15 (77 modules a side) or less. */
const mostForLevelM = 412;

/**
 * The QR of a text as SVG with its quiet zone. A quarter of it may be damaged where that keeps it coarse
 * enough for 37 mm of office printing, else a tenth (level L). One mask for all, since signatures are as
 * random as a mask is meant to make them: trying all eight would cost as much again.
 */
export function drawQr(text: string): { svg: string; version: number } {
  const errorCorrectionLevel = text.length <= mostForLevelM ? 'M' : 'L';
  // Said to be bytes at once: the library's search for the best mix of modes takes four times as long.
  const segments = [{ data: Buffer.from(text), mode: 'byte' as const }];
  const code = QRCode.create(segments, { errorCorrectionLevel, maskPattern: 2 });
  const { size, data } = code.modules;
  const side = size + 8;
  let path = '';
  for (let row = 0; row < size; row += 1) path += darkRuns(data.subarray(row * size, (row + 1) * size), row);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}"><path fill="#000" d="${path}"/></svg>`;
  return { svg, version: code.version };
}

function darkRuns(row: Uint8Array, at: number): string {
  let path = '';
  for (let start = 0; start < row.length; start += 1) {
    if (!row[start]) continue;
    let end = start;
    while (row[end]) end += 1;
    path += `M${start + 4} ${at + 4}h${end - start}v1h${start - end}z`;
    start = end;
  }
  return path;
}
