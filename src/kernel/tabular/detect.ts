export type TableFormat = 'csv' | 'xlsx';

/**
 * What a file is, by its first bytes; name and content type decide only between what the bytes leave open.
 * Undefined for what is no table (PDF, images, old Excel files, web pages saved as .xls).
 */
export function detectFormat(first: Uint8Array, filename = '', contentType = ''): TableFormat | undefined {
  const bytes = Buffer.from(first.buffer, first.byteOffset, first.byteLength);
  const start = bytes.toString('latin1', 0, 512);
  if (start.startsWith('PK\x03\x04')) return isOtherPackage(start) ? undefined : 'xlsx';
  if (start === '') return claimed(filename, contentType);
  if (start.startsWith('\xff\xfe') || start.startsWith('\xfe\xff')) return 'csv';
  if (start.startsWith('%PDF') || /^\s*(?:\xef\xbb\xbf)?<(?:!doctype|html|\?xml|table)/i.test(start))
    return undefined;
  return hasBinary(bytes) ? undefined : 'csv';
}

function claimed(filename: string, contentType: string): TableFormat | undefined {
  if (/\.xlsx$/i.test(filename) || contentType.includes('spreadsheetml')) return 'xlsx';
  if (/\.(?:csv|tsv|txt)$/i.test(filename) || contentType.startsWith('text/csv')) return 'csv';
  return undefined;
}

/** OpenDocument files, also zips, begin with an entry that names their type. */
function isOtherPackage(start: string): boolean {
  return start.slice(30, 38) === 'mimetype';
}

/** Control characters that no text has; a NUL alone may be one bad row, which is reported as such. */
function hasBinary(bytes: Buffer): boolean {
  const controls = bytes.filter(
    (byte) => byte < 0x09 || (byte > 0x0d && byte < 0x20 && byte !== 0x1a),
  ).length;
  return controls > 2 && controls * 50 > bytes.length;
}
