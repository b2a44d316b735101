import { addDays, dayFromExcel, parseDay } from '../dates.ts';

/** How a cell's number is to be read, by its style. */
export type NumberKind = 'plain' | 'date';

export type CellContext = {
  sharedStrings: readonly string[];
  numberKinds: readonly NumberKind[];
  epoch: 1900 | 1904;
};

export type RawCell = { type: string | undefined; style: number; text: string };

/** What a cell says, as text: dates as YYYY-MM-DD, numbers with all their digits, an error as nothing. */
export function cellText(cell: RawCell, context: CellContext): string {
  switch (cell.type) {
    case 's':
      return context.sharedStrings[Number(cell.text)] ?? '';
    case 'str':
    case 'inlineStr':
      return unescapeText(cell.text);
    case 'b':
      return cell.text.trim() === '1' ? 'TRUE' : 'FALSE';
    case 'e':
      return '';
    case 'd':
      return parseDay(cell.text) ?? cell.text;
    default:
      return numberText(cell, context);
  }
}

function numberText({ text, style }: RawCell, { numberKinds, epoch }: CellContext): string {
  const written = text.trim();
  if (written === '') return '';
  const value = Number(written);
  if (Number.isNaN(value)) return written;
  if (numberKinds[style] === 'date') return dateText(value, epoch) ?? plainNumber(written);
  return plainNumber(written);
}

/**
 * A number as a person would write it: codes and mobile numbers kept as numbers come as 9.876543210E9, and
 * 4.1 as 4.0999999999999996, since the file holds the nearest binary number; Excel itself shows 15 digits.
 */
export function plainNumber(written: string): string {
  if (/^-?\d+$/.test(written)) return written;
  const value = Number(written);
  if (!Number.isFinite(value)) return '';
  const rounded = Number(value.toPrecision(15));
  const text = String(Object.is(rounded, -0) ? 0 : rounded);
  return text.includes('e') ? withoutExponent(text) : text;
}

function withoutExponent(text: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text) ?? [];
  const shift = Number(exponent);
  const digits = whole + fraction;
  if (shift < 0) return `${sign}0.${'0'.repeat(-shift - 1)}${digits}`;
  return sign + digits.padEnd(shift + 1, '0');
}

/** A day, with its time of day where the cell holds one (taken as India time by whoever parses it). */
function dateText(serial: number, epoch: 1900 | 1904): string | undefined {
  const seconds = Math.round((serial - Math.floor(serial)) * 86_400);
  const day = dayFromExcel(serial, epoch);
  if (day === undefined || seconds === 0) return day;
  if (seconds === 86_400) return addDays(day, 1);
  return `${day}T${new Date(seconds * 1000).toISOString().slice(11, 19)}`;
}

const builtInDates = new Set([14, 15, 16, 17, 22, ...range(27, 31), 36, ...range(50, 58)]);

/** Whether a number format shows days; a mere time of day or a duration (`[h]:mm`) stays a number. */
export function numberKind(formatId: number, formatCode: string | undefined): NumberKind {
  if (formatCode === undefined) return builtInDates.has(formatId) ? 'date' : 'plain';
  const shown = formatCode.replace(/"[^"]*"|\\.|[_*].|\[[^\]]*\]/g, '').split(';')[0] ?? '';
  return /[yd]|mmm/i.test(shown) ? 'date' : 'plain';
}

/** Workbooks write characters that XML cannot hold as _x000D_. */
export function unescapeText(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
