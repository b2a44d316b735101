import QRCode from 'qrcode';

/** Up to this version (77 modules a side) a square of 29 mm prints with dots that any phone reads. */
const largestComfortable = 15;

export type QrPicture = { svg: string; version: number };

/** The QR of a text as SVG with its quiet zone: a quarter of it may be lost, less where that keeps it coarse. */
export function drawQr(text: string): QrPicture {
  const sturdy = QRCode.create(text, { errorCorrectionLevel: 'M' });
  const code =
    sturdy.version <= largestComfortable ? sturdy : QRCode.create(text, { errorCorrectionLevel: 'L' });
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
