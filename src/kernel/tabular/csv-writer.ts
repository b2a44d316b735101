import { Readable } from 'node:stream';

/** What a cell of a written table may hold; dates are given as text, `YYYY-MM-DD` where a machine reads them. */
export type Cell = string | number | bigint | boolean | null | undefined;
export type CellRows = Iterable<readonly Cell[][]> | AsyncIterable<readonly Cell[][]>;

/** One line of CSV with its CR LF, quoted by RFC 4180 and guarded as `guardCell` does. */
export function toCsvLine(values: readonly Cell[]): string {
  return `${values.map(csvCell).join(',')}\r\n`;
}

/**
 * A whole CSV file, from chunks of rows that are asked for only as fast as the reader takes the text. With
 * `bom`, Excel opens it as UTF-8.
 */
export function csvStream(
  headings: readonly string[],
  rows: CellRows,
  options: { bom?: boolean } = {},
): Readable {
  return Readable.from(csvText(headings, rows, options), { objectMode: false, highWaterMark: 65_536 });
}

async function* csvText(
  headings: readonly string[],
  rows: CellRows,
  { bom = false }: { bom?: boolean },
): AsyncGenerator<string> {
  yield (bom ? '\ufeff' : '') + toCsvLine(headings);
  for await (const chunk of rows) {
    if (chunk.length > 0) yield chunk.map(toCsvLine).join('');
  }
}

/**
 * Text that a spreadsheet would run as a formula gets an apostrophe in front; numbers such as -5 and
 * +919876543210 stay as they are. Our reader takes the apostrophe off again (`trimCell`).
 */
export function guardCell(text: string): string {
  if (!/^[=+\-@\t\r]/.test(text)) return text;
  return /^[+-]?\d+(?:\.\d+)?$/.test(text) ? text : `'${text}`;
}

function csvCell(value: Cell): string {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'string') return String(value);
  const text = guardCell(value);
  return needsQuotes.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

// Semicolon and tab too, since programs guess; outer spaces, since readers trim.
const needsQuotes = /[",;\t\r\n]|^\s|\s$/;
