import type { RowFaultCode } from './faults.ts';

const quote = '"';

/** The cells of one record that contains quotes, or why it is none. Spaces around a quoted cell are allowed. */
export function splitQuoted(text: string, delimiter: string): string[] | RowFaultCode {
  const cells: string[] = [];
  let at = 0;
  for (;;) {
    const start = skipSpaces(text, at);
    if (text[start] === quote) {
      const close = closingQuote(text, start);
      if (close < 0) return 'unclosed_quote';
      const inner = text.slice(start + 1, close);
      cells.push(inner.includes(quote) ? inner.replaceAll('""', quote) : inner);
      at = skipSpaces(text, close + 1);
      if (at < text.length && text[at] !== delimiter) return 'stray_quote';
    } else {
      const next = text.indexOf(delimiter, at);
      const end = next < 0 ? text.length : next;
      const cell = text.slice(at, end);
      if (cell.includes(quote)) return 'stray_quote';
      cells.push(cell);
      at = end;
    }
    if (at >= text.length) return cells;
    at += 1;
  }
}

function closingQuote(text: string, open: number): number {
  let at = text.indexOf(quote, open + 1);
  while (at >= 0 && text[at + 1] === quote) at = text.indexOf(quote, at + 2);
  return at;
}

function skipSpaces(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ') at += 1;
  return at;
}

/** The delimiter of a file, by what its first line contains outside quotes; a comma unless others prevail. */
export function detectDelimiter(firstLine: string): string {
  const declared = /^sep=(.)$/i.exec(firstLine)?.[1];
  if (declared) return declared;
  const outside = firstLine.replace(/"[^"]*"/g, '');
  const counts = [',', ';', '\t'].map((mark) => ({ mark, count: outside.split(mark).length }));
  return counts.reduce((best, other) => (other.count > best.count ? other : best)).mark;
}
