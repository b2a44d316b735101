import type { Language } from './i18n.ts';

const grouped: Record<Language, Intl.NumberFormat> = {
  hi: new Intl.NumberFormat('hi-IN-u-nu-latn', { maximumFractionDigits: 2 }),
  en: new Intl.NumberFormat('en-IN-u-nu-latn', { maximumFractionDigits: 2 }),
};

const oneDecimal = new Intl.NumberFormat('en-IN-u-nu-latn', {
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});

/** Lakhs and crores with Latin digits, as offices write in both languages: 18,80,412 */
export function formatNumber(value: number | bigint, language: Language): string {
  // A page has dozens of small counts, in which there is nothing to group.
  if (typeof value === 'number' && value >= 0 && value < 1000 && Number.isInteger(value)) return `${value}`;
  return grouped[language].format(value);
}

/** A share computed from counts: 70.7%, and – where there is nobody to count. Some are never shown as none, nor as all. */
export function formatPercent(part: number, whole: number): string {
  if (whole === 0) return '–';
  const share = (part / whole) * 100;
  if (part > 0 && share < 0.05) return '<0.1%';
  return part < whole && share >= 99.95 ? '>99.9%' : `${oneDecimal.format(share)}%`;
}

/** Marks as a learner reads them: 56.7%, 60%. Rounded down, so that nobody sees a pass mark that he did not reach. */
export function formatMarks(part: number, whole: number): string {
  const percent = whole === 0 ? 0 : Math.floor((1000 * part) / whole + 1e-9) / 10;
  return `${Math.max(0, percent)}%`;
}

/** Minutes as whole hours, rounded half up; rounding happens here only, never before a sum. */
export function formatHours(minutes: number, language: Language = 'en'): string {
  return formatNumber(wholeHours(minutes), language);
}

export function wholeHours(minutes: number): number {
  return Math.floor(minutes / 60 + 0.5);
}

/** 640 B, 85 kB, 0.8 MB, 12.5 MB, 1.2 GB: what a learner weighs against a data pack, so in units of 1000. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 99_500) return `${Math.round(bytes / 1000)} kB`;
  if (bytes < 999_950_000) return `${oneDecimal.format(bytes / 1_000_000)} MB`;
  return `${oneDecimal.format(bytes / 1_000_000_000)} GB`;
}
