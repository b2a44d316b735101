import type { Clock } from './clock.ts';
import type { Language } from './i18n.ts';
import { latinDigits } from './text/digits.ts';

/** A day of the India calendar, `YYYY-MM-DD`; such texts compare and sort as days do. */
export type Day = string;
export type DayRange = { from: Day; to: Day };

// India has had one zone, +05:30 and no summer time, since before anybody in service was born.
const indiaOffset = 330 * 60_000;
const dayLength = 86_400_000;

const clockTime = String.raw`(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?: ?([AaPp])\.?[Mm]\.?)?`;
const zone = String.raw`(Z|z|[+-]\d{2}:?\d{2})`;
const time = `(?:(?:[Tt]| +|, *)${clockTime} *${zone}?)?`;
const yearFirst = new RegExp(String.raw`^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})${time}$`);
const dayFirst = new RegExp(String.raw`^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})${time}$`);

/**
 * The India day that a text or an instant names; undefined where there is none (31-02-2026, years of two
 * digits, years outside 1900 to 2100). Day comes before month, as India writes: 03/04/2026 is 3 April.
 * A date-time with a zone is converted to India time, one without is taken as India time.
 */
export function parseDay(value: string | Date): Day | undefined {
  const instant = value instanceof Date ? value : parseInstant(value);
  if (!instant || Number.isNaN(instant.getTime())) return undefined;
  const day = indiaDay(instant);
  return isSupportedYear(Number(day.slice(0, 4))) && day.length === 10 ? day : undefined;
}

/** As `parseDay`, to the millisecond; a date alone is the first instant of that day in India. */
export function parseInstant(text: string): Date | undefined {
  const plain = latinDigits(text).trim();
  const ymd = yearFirst.exec(plain);
  if (ymd) return instantOf([ymd[1], ymd[3], ymd[4]], ymd.slice(5));
  const dmy = dayFirst.exec(plain);
  if (dmy) return instantOf([dmy[4], dmy[3], dmy[1]], dmy.slice(5));
  return undefined;
}

/**
 * The day of a serial number found in a spreadsheet cell. Never use it for text: 45000 in a CSV file is a
 * code or an amount. Serial 60 of the 1900 system is 29 February 1900, which never was.
 */
export function dayFromExcel(serial: number, epoch: 1900 | 1904 = 1900): Day | undefined {
  const whole = Math.floor(serial);
  if (!Number.isFinite(whole) || whole < 0 || whole > 100_000) return undefined;
  if (epoch === 1904) return supported(dayOf(Date.UTC(1904, 0, 1) + whole * dayLength));
  if (whole < 1 || whole === 60) return undefined;
  return supported(dayOf(Date.UTC(1899, 11, whole < 60 ? 31 : 30) + whole * dayLength));
}

export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && parseDay(text) === text;
}

export function indiaDay(date: Date): Day {
  return dayOf(date.getTime() + indiaOffset);
}

export function todayInIndia(clock: Clock): Day {
  return indiaDay(clock.now());
}

/** The instant at which a day begins in India; it ends where the next one begins. */
export function startOfDay(day: Day): Date {
  return new Date(utc(day) - indiaOffset);
}

export function addDays(day: Day, days: number): Day {
  return dayOf(utc(day) + days * dayLength);
}

/** Adds calendar months; 31 January plus one month is the last day of February. */
export function addMonths(day: Day, months: number): Day {
  const [year, month, date] = parts(day);
  const lastDate = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return dayOf(Date.UTC(year, month - 1 + months, Math.min(date, lastDate)));
}

/** Days from the first to the second: 1 between neighbours, negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((utc(to) - utc(from)) / dayLength);
}

export function startOfMonth(day: Day): Day {
  return `${day.slice(0, 8)}01`;
}

export function endOfMonth(day: Day): Day {
  const [year, month] = parts(day);
  return dayOf(Date.UTC(year, month, 0));
}

/** The reporting year of an appraisal, 1 April to 31 March, named as orders name it: 2026-27. */
export function appraisalYear(day: Day): DayRange & { name: string } {
  const [year, month] = parts(day);
  const first = month >= 4 ? year : year - 1;
  const name = `${first}-${String((first + 1) % 100).padStart(2, '0')}`;
  return { from: `${first}-04-01`, to: `${first + 1}-03-31`, name };
}

/** Monday to Sunday. */
export function weekOf(day: Day): DayRange {
  const sinceMonday = (new Date(utc(day)).getUTCDay() + 6) % 7;
  const from = addDays(day, -sinceMonday);
  return { from, to: addDays(from, 6) };
}

const longDay: Record<Language, Intl.DateTimeFormat> = {
  hi: new Intl.DateTimeFormat('hi-IN-u-nu-latn', { dateStyle: 'long', timeZone: 'UTC' }),
  en: new Intl.DateTimeFormat('en-IN-u-nu-latn', { dateStyle: 'long', timeZone: 'UTC' }),
};

/** 22 नवंबर 2026, 22 November 2026 */
export function formatDay(day: Day, language: Language): string {
  return longDay[language].format(utc(day));
}

/** An instant as India's clocks show it, in 24 hours: 22 नवंबर 2026, 16:05 */
export function formatDayTime(instant: Date, language: Language): string {
  return `${formatDay(indiaDay(instant), language)}, ${formatTime(instant)}`;
}

/** The hour and minute of an instant in India: 16:05 */
export function formatTime(instant: Date): string {
  return new Date(instant.getTime() + indiaOffset).toISOString().slice(11, 16);
}

type Text = string | undefined;

function instantOf(date: Text[], clock: Text[]): Date | undefined {
  const [year = 0, month = 0, day = 0] = date.map(Number);
  if (!isSupportedYear(year)) return undefined;
  const midnight = Date.UTC(year, month - 1, day);
  const found = new Date(midnight);
  if (found.getUTCMonth() !== month - 1 || found.getUTCDate() !== day) return undefined;
  const sinceMidnight = millisecondsOf(clock);
  const offset = offsetOf(clock[5]);
  if (sinceMidnight === undefined || offset === undefined) return undefined;
  return new Date(midnight + sinceMidnight - offset);
}

function millisecondsOf([hours, minutes, seconds = '0', fraction = '0', half]: Text[]): number | undefined {
  if (hours === undefined) return 0;
  const hour = half === undefined ? Number(hours) : hourOfHalf(Number(hours), half);
  if (hour > 23 || Number(minutes) > 59 || Number(seconds) > 59) return undefined;
  const thousandths = Number(fraction.padEnd(3, '0').slice(0, 3));
  return ((hour * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + thousandths;
}

/** 12 AM is midnight, 12 PM is noon; an hour that a 12-hour clock does not show becomes an impossible one. */
function hourOfHalf(hour: number, half: string): number {
  if (hour < 1 || hour > 12) return 24;
  return (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
}

function offsetOf(text: Text): number | undefined {
  if (text === undefined) return indiaOffset;
  if (text === 'Z' || text === 'z') return 0;
  const minutes = Number(text.slice(1, 3)) * 60 + Number(text.slice(-2));
  if (minutes > 14 * 60 || Number(text.slice(-2)) > 59) return undefined;
  return (text.startsWith('-') ? -minutes : minutes) * 60_000;
}

function isSupportedYear(year: number): boolean {
  return year >= 1900 && year <= 2100;
}

function supported(day: Day): Day | undefined {
  return isSupportedYear(Number(day.slice(0, 4))) ? day : undefined;
}

function dayOf(milliseconds: number): Day {
  return new Date(milliseconds).toISOString().slice(0, 10);
}

function parts(day: Day): [number, number, number] {
  return [Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8, 10))];
}

function utc(day: Day): number {
  const [year, month, date] = parts(day);
  return Date.UTC(year, month - 1, date);
}
