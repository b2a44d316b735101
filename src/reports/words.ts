import { formatDay } from '../kernel/dates.ts';
import { type Language, type MessageKey, pick, translator } from '../kernel/i18n.ts';
import type { Definition } from './definition.ts';
import type { Resolved } from './resolve-report.ts';
import { listDimensions } from './resolve-report.ts';
import type { Dimension } from './stores/subject.ts';
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

/** A report as it was asked for, in a line: what it shows, of when, and its filters as they were said. */
export function definitionText(definition: Definition, language: Language): string {
  const { subject, asOf, filters = {} } = definition;
  const said = Object.entries(filters).flatMap(([id, values]) => {
    const dimension = subjects[subject].dimensions.find((one) => one.id === id);
    return dimension ? [filterText(dimension, values, language)] : [];
  });
  const day = asOf ? [translator(language)('reports.asOf', { day: formatDay(asOf, language) })] : [];
  return [shapeText(definition, language), ...day, ...said].join(' · ');
}

/** What its rows are narrowed to: the order, the days, the filters. */
export function scopeText(
  { subject, definition, asOf, from, filters }: Resolved,
  language: Language,
): string {
  const t = translator(language);
  const order = subject.id === 'orders' && definition.order ? [definition.order] : [];
  const since = from ? [t('reports.since', { day: formatDay(from, language) })] : [];
  const day = t('reports.asOf', { day: formatDay(asOf, language) });
  return [...order, ...since, day, ...filterTexts({ filters, definition }, language)].join(' · ');
}

/** As they were said: a district by its name, where its name was given. */
function filterTexts(
  { filters, definition }: Pick<Resolved, 'filters' | 'definition'>,
  language: Language,
): string[] {
  return filters.map(({ dimension, values }) =>
    filterText(dimension, definition.filters?.[dimension.id] ?? values, language),
  );
}

/** समूह: क, ख */
function filterText({ name, words }: Dimension, values: readonly string[], language: Language): string {
  const said = values.map((value) => (words?.[value] ? pick(words[value], language) : value));
  return `${pick(name, language)}: ${said.join(', ')}`;
}

export function key(name: string): MessageKey {
  return `reports.${name}` as MessageKey;
}
