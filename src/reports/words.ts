import { type Day, formatDay } from '../kernel/dates.ts';
import { type Language, type MessageKey, pick, translator } from '../kernel/i18n.ts';
import { officeName } from '../organisations/index.ts';
import type { Called } from './call-filters.ts';
import { type Definition, longestName } from './definition.ts';
import type { Resolved } from './resolve-report.ts';
import { listDimensions } from './resolve-report.ts';
import { subjects } from './stores/subjects.ts';

const months: Record<Language, Intl.DateTimeFormat> = {
  hi: new Intl.DateTimeFormat('hi-IN-u-nu-latn', { month: 'long', year: 'numeric', timeZone: 'UTC' }),
  en: new Intl.DateTimeFormat('en-IN-u-nu-latn', { month: 'long', year: 'numeric', timeZone: 'UTC' }),
};

/** 2026-11 as it is read: नवंबर 2026 */
export function monthText(month: string, language: Language): string {
  return months[language].format(new Date(`${month}-01T00:00:00Z`));
}

export function subjectText(id: Definition['subject'], language: Language): string {
  return pick(subjects[id].name, language);
}

/** What a report shows, in a line: its columns, or its figures by its groups. */
export function shapeText(definition: Definition, language: Language): string {
  const subject = subjects[definition.subject];
  const t = translator(language);
  const named = (
    ids: readonly string[] | undefined,
    from: readonly { id: string; name: { hi: string; en: string } }[],
  ) =>
    (ids ?? [])
      .flatMap((id) => from.find((one) => one.id === id) ?? [])
      .map((one) => pick(one.name, language))
      .join(', ');
  if (definition.columns?.length)
    return t('reports.shapeList', {
      columns: named(definition.columns, [...subject.columns, ...listDimensions(subject)]),
    });
  return t('reports.shapeFigures', {
    groups: named(definition.groups, subject.dimensions),
    measures: named(definition.measures, subject.measures),
  });
}

/** What a report is called that nobody named: its subject, its office, its groups, and what it is narrowed to. */
export function reportName(report: Resolved, language: Language): string {
  const { subject, office, groups, isList, definition } = report;
  const words = {
    subject: pick(subject.name, language),
    office: officeName(office, language),
    groups: groups.map(({ name }) => pick(name, language)).join(', '),
  };
  const t = translator(language);
  const shape = isList ? t('reports.nameList', words) : t('reports.nameFigures', words);
  const name = [
    ...[shape, ...beginningTexts(report, language), ...filterTexts(report, language)],
    ...dayTexts(definition, language),
  ].join(' · ');
  return name.length <= longestName
    ? name
    : `${name
        .slice(0, longestName - 1)
        .trimEnd()
        .toWellFormed()}…`;
}

/** A report as it was asked for, in a line: what it shows, of when, and what its filters are called today. */
export function definitionText(
  definition: Definition,
  { language, called }: { language: Language; called: Called },
): string {
  const { subject, filters = {} } = definition;
  const said = Object.entries(filters).flatMap(([id, values]) => {
    const dimension = subjects[subject].dimensions.find((one) => one.id === id);
    if (!dimension) return [];
    const { name, words } = dimension;
    const names = values.map(
      (value) => called(subject, id, value) ?? (words?.[value] ? pick(words[value], language) : value),
    );
    return [`${pick(name, language)}: ${names.join(', ')}`];
  });
  return [shapeText(definition, language), ...dayTexts(definition, language), ...said].join(' · ');
}

/** What its rows are narrowed to: the order, the days, the filters. */
export function scopeText(report: Resolved, language: Language): string {
  return [
    ...beginningTexts(report, language),
    ...dayTexts(report, language),
    ...filterTexts(report, language),
  ].join(' · ');
}

/** What a kept report is narrowed to, whenever it is made: of which day only where a day was fixed. */
export function keptScopeText(report: Resolved, language: Language): string {
  const days = dayTexts(report.definition, language);
  return [
    ...beginningTexts(report, language),
    ...(days.length > 0 ? days : [translator(language)('reports.asOfMade')]),
    ...filterTexts(report, language),
  ].join(' · ');
}

/** The order, and the first day. */
function beginningTexts({ subject, definition, from }: Resolved, language: Language): string[] {
  const order = subject.id === 'orders' && definition.order ? [definition.order] : [];
  return from ? [...order, translator(language)('reports.since', { day: formatDay(from, language) })] : order;
}

/** Filters by the names of their values, however these were said. */
function filterTexts({ filters }: Resolved, language: Language): string[] {
  return filters.map(({ dimension, names }) => {
    const called = new Set(names.map((name) => pick(name, language)));
    return `${pick(dimension.name, language)}: ${[...called].join(', ')}`;
  });
}

function dayTexts({ asOf }: { asOf?: Day | undefined }, language: Language): string[] {
  return asOf ? [translator(language)('reports.asOf', { day: formatDay(asOf, language) })] : [];
}

export function key(name: string): MessageKey {
  return `reports.${name}` as MessageKey;
}
