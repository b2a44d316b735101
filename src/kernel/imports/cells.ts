import { dayFromExcel, parseDay, parseInstant } from '../dates.ts';
import type { TableFormat } from '../tabular/index.ts';
import { latinDigits } from '../text/digits.ts';
import { foldText } from '../text/fold.ts';
import type { ReadEnv } from './kind.ts';

/** What a cell holds: a value, nothing, or something that it cannot hold. */
export type Parsed = { value: string | null; fault?: 'impossible_date' | 'future_date' };

const none: Parsed = { value: null };
const impossible: Parsed = { value: null, fault: 'impossible_date' };
const future: Parsed = { value: null, fault: 'future_date' };

// A roster of two million rows has a few thousand different dates.
const seenDays = new Map<string, string | undefined>();

export function dayCell(cell: string, format: TableFormat): Parsed {
  if (cell === '' || cell === '-') return none;
  const value = knownDay(cell, format);
  return value ? { value } : impossible;
}

/** A day that has come already; the import's own day is the last. */
export function pastDayCell(cell: string, env: ReadEnv): Parsed {
  const parsed = dayCell(cell, env.format);
  return parsed.value !== null && parsed.value > env.today ? future : parsed;
}

function knownDay(cell: string, format: TableFormat): string | undefined {
  const key = format === 'xlsx' ? `x${cell}` : cell;
  if (seenDays.has(key)) return seenDays.get(key);
  if (seenDays.size > 100_000) seenDays.clear();
  const day = parseDay(cell) ?? serialDay(cell, format);
  seenDays.set(key, day);
  return day;
}

/**
 * A bare serial number is a date whose cell was not formatted as one, also where the sheet was saved as CSV: there
 * only a day from 1950 to 2100, since other numbers may stand in such a file.
 */
function serialDay(cell: string, format: TableFormat): string | undefined {
  const day = /^\d{5}(?:\.\d+)?$/.test(cell) ? dayFromExcel(Number(cell)) : undefined;
  if (format === 'xlsx' || !day) return day;
  return day >= '1950-01-01' && day <= '2100-12-31' ? day : undefined;
}

/** The exact instant where a cell gives a time of day, else null. */
export function instantCell(cell: string): string | null {
  if (!/\d:\d/.test(cell)) return null;
  return parseInstant(cell)?.toISOString() ?? null;
}

/**
 * The ten digits of an Indian mobile; undefined where there are others. Spaces, hyphens, +91 and a leading
 * 0 are left out, of several numbers the first is taken.
 */
export function mobileCell(cell: string): string | null | undefined {
  if (cell === '') return null;
  if (/^[6-9]\d{9}$/.test(cell)) return cell;
  const first = latinDigits(cell).split(/[,/;|]/)[0] ?? '';
  const plain = /^\d(?:\.\d+)?e\+?\d+$/i.test(first.trim())
    ? String(Number(first))
    : first.replace(/\.0+$/, '');
  const digits = plain.replace(/\D/g, '').replace(/^(?:0091|91(?=\d{10}$)|0+)/, '');
  return /^[6-9]\d{9}$/.test(digits) ? digits : undefined;
}

export function emailCell(cell: string): string | null | undefined {
  if (cell === '' || cell === '-') return null;
  const email = cell.toLowerCase();
  return email.length <= 254 && /^[^\s@,;]+@[^\s@,;]+\.[^\s@,;.]+$/.test(email) ? email : undefined;
}

export function integerCell(cell: string): number | null | undefined {
  if (cell === '' || cell === '-') return null;
  const plain = latinDigits(cell).replaceAll(',', '').replace(/\.0+$/, '');
  return /^\d{1,9}$/.test(plain) ? Number(plain) : undefined;
}

/** A closed list of words with their other names: folded, so that case and spelling make no difference. */
export function wordList<Word extends string>(
  words: Readonly<Record<Word, readonly string[]>>,
): (cell: string) => Word | undefined {
  const known = new Map<string, Word>();
  for (const [word, others] of Object.entries(words) as [Word, readonly string[]][]) {
    for (const name of [word, ...others]) known.set(wordKey(name), word);
  }
  const seen = new Map<string, Word | undefined>();
  return (cell) => {
    if (!seen.has(cell) && seen.size < 10_000) seen.set(cell, known.get(wordKey(cell)));
    return seen.get(cell) ?? known.get(wordKey(cell));
  };
}

function wordKey(word: string): string {
  return foldText(word).replaceAll(' ', '');
}
