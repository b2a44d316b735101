import { formatDay, parseDay } from '../../kernel/dates.ts';
import { type Bilingual, type Language, type MessageKey, pick, translator } from '../../kernel/i18n.ts';
import { formatHours, formatNumber, formatPercent } from '../../kernel/numbers.ts';
import type { PersonFilter } from '../list-persons.ts';
import type { NamedOffice } from '../office-summary.ts';
import { hasFigures } from '../table-sums.ts';
import type { TrainingReport } from '../training-report.ts';

const oneDecimal = new Intl.NumberFormat('en-IN-u-nu-latn', {
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});

/** Figures as text, alike on the page and in the PDF; a masked one says so. */
export function figureWords(language: Language, maskedWord: string) {
  const number = (value: number | null) => (value === null ? maskedWord : formatNumber(value, language));
  return {
    number,
    hours: (minutes: number | null) => (minutes === null ? maskedWord : formatHours(minutes, language)),
    share: (part: number | null, whole: number | null) =>
      part === null || whole === null ? maskedWord : formatPercent(part, whole),
    ratio: (part: number | null, whole: number | null) =>
      part === null || !whole ? '–' : oneDecimal.format(part / whole),
    change: (points: number | null) =>
      points === null
        ? null
        : points > 0
          ? `+${oneDecimal.format(points)}`
          : oneDecimal.format(points).replace('-', '−'),
  };
}

/** Why the offices below add up to more or less than the office; nothing where they do. */
export function sumsWords({ sums, summary, view }: TrainingReport, language: Language): string[] {
  if (!sums || (!hasFigures(sums.itself) && !hasFigures(sums.again))) return [];
  const t = translator(language);
  const number = (value: number | null) => formatNumber(value ?? 0, language);
  if (view === 'activity') return [t('insight.sumsActivity', { itself: number(sums.itself.completions) })];
  const below = (summary.registered ?? 0) - (sums.itself.registered ?? 0) + (sums.again.registered ?? 0);
  const all = {
    ...{ below, itself: sums.itself.registered ?? 0, again: sums.again.registered ?? 0 },
    total: summary.registered ?? 0,
  };
  return [`${officeSumsText(all, language)} ${t('insight.sumsFiles')}`];
}

/** How the registered of the offices below and of the office itself add up to the office. */
export function officeSumsText(
  sums: { below: number; itself: number; again: number; total: number },
  language: Language,
): string {
  const number = (value: number) => formatNumber(value, language);
  return translator(language)('insight.sums', {
    ...{ below: number(sums.below), itself: number(sums.itself) },
    ...{ again: number(sums.again), total: number(sums.total) },
  });
}

export function officeName(office: NamedOffice, language: Language): string {
  return pick({ hi: office.nameHi, en: office.nameEn } as Bilingual, language);
}

const monthNames: Record<Language, Record<'short' | 'long', Intl.DateTimeFormat>> = {
  hi: monthFormats('hi-IN-u-nu-latn'),
  en: monthFormats('en-IN-u-nu-latn'),
};

function monthFormats(locale: string): Record<'short' | 'long', Intl.DateTimeFormat> {
  return {
    short: new Intl.DateTimeFormat(locale, { month: 'short', timeZone: 'UTC' }),
    long: new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }),
  };
}

export function monthName(day: string, language: Language, length: 'short' | 'long'): string {
  return monthNames[language][length].format(new Date(`${day}T00:00:00Z`)).replace(/[.॰]$/, '');
}

/** A month on the axis of a plot: short there, long beside it, its year told once. */
export function monthPoint(day: string, language: Language) {
  return {
    label: monthName(day, language, 'short'),
    longLabel: monthName(day, language, 'long'),
    year: day.slice(0, 4),
  };
}

/** What the months show; the last is said to be cut off where it is. */
export function trendLead({ trend, asOf }: TrainingReport, language: Language): string {
  const t = translator(language);
  if (!trend.at(-1)?.isUnfinished) return t('insight.trendLead');
  return `${t('insight.trendLead')}; ${t('insight.trendUnfinished', { day: asOfText(asOf, language) })}`;
}

export function asOfText(day: string, language: Language): string {
  return formatDay(day, language);
}

export const filterKeys: Record<PersonFilter, MessageKey> = {
  registered: 'insight.filterRegistered',
  none: 'insight.filterNone',
  oneOrTwo: 'insight.filterOneOrTwo',
  threeOrMore: 'insight.filterThreeOrMore',
  fewerThanThree: 'insight.filterFewerThanThree',
  atLeastOne: 'insight.filterAtLeastOne',
  begun: 'insight.filterBegun',
  notBegun: 'insight.filterNotBegun',
  signedIn: 'insight.filterSignedIn',
  notSignedIn: 'insight.filterNotSignedIn',
  notOnRoster: 'insight.filterNotOnRoster',
};

type DaysShown = { asked: string | undefined; asOf: string; isExact: boolean; today: string };

/**
 * What is said where another day is shown than the one asked for, however it was typed: a day to come, or one whose
 * figures are not given outside one's own offices.
 */
export function dayRemarks({ asked, asOf, isExact, today }: DaysShown, language: Language): string[] {
  const day = parseDay(asked ?? '');
  if (!day || day === asOf) return [];
  const t = translator(language);
  if (day > today) return [t('insight.asOfClipped')];
  return isExact ? [] : [t('insight.asOfSettled')];
}

/** Addresses of the dashboard: the whole state of a page stands in it. */
export function trainingHref(code: string, query: Record<string, string | undefined> = {}): string {
  return withQuery(`/office/offices/${encodeURIComponent(code)}/training`, query);
}

export function personsHref(code: string, query: Record<string, string | undefined> = {}): string {
  return withQuery(`/office/offices/${encodeURIComponent(code)}/training/people`, query);
}

export function withQuery(path: string, query: Record<string, string | undefined>): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given).toString()}`;
}
