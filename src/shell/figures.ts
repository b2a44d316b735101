import { formatDay, indiaDay, isDay } from '../kernel/dates.ts';
import type { Language } from '../kernel/i18n.ts';
import { formatNumber, formatPercent } from '../kernel/numbers.ts';

// Latin digits in both languages: government registers, Excel files and phone keyboards use them.
const compact = {
  hi: new Intl.NumberFormat('hi-IN-u-nu-latn', { notation: 'compact', maximumFractionDigits: 1 }),
  en: new Intl.NumberFormat('en-IN-u-nu-latn', { notation: 'compact', maximumFractionDigits: 1 }),
};

/** Grouped in lakhs, with a true minus sign: 18,80,412. */
export function figure(value: number, language: Language): string {
  return formatNumber(value, language).replace('-', '−');
}

/** `value` is in per cent already: 40%, 70.7%. */
export function percentFigure(value: number, language: Language): string {
  return `${figure(Math.round(value * 10) / 10, language)}%`;
}

/** With one decimal always, so that a column lines up: 40.0%. */
export function percentColumnFigure(value: number): string {
  return formatPercent(value, 100);
}

/** Short enough for an axis: 3.5 लाख. */
export function axisFigure(value: number, language: Language): string {
  return value < 10_000 ? figure(value, language) : compact[language].format(value);
}

/** A Date, or a day as `YYYY-MM-DD`; any other text stands as it is. */
export function dayFigure(day: Date | string, language: Language): string {
  if (day instanceof Date) return formatDay(indiaDay(day), language);
  return isDay(day) ? formatDay(day, language) : day;
}

/** Of what waits nobody needs to know more than that it is very much, and counting it all may cost more than the page. */
export const mostWaiting = 1000;

export function waitingFigure(value: number, language: Language): string {
  return value < mostWaiting ? figure(value, language) : `${figure(mostWaiting - 1, language)}+`;
}
