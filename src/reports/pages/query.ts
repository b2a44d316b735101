import { z } from 'zod';
import { type Day, formatDay, parseDay } from '../../kernel/dates.ts';
import type { FieldError } from '../../kernel/errors.ts';
import { type Definition, definitionSchema } from '../definition.ts';
import { listDimensions } from '../resolve-report.ts';
import { subjects } from '../stores/subjects.ts';

export const home = '/office/reports';

/** The builder's address holds all that was chosen: it can be kept, sent, gone back to. */
export const builderQuery = z.record(
  z.string().max(60),
  z.union([z.string().max(2000), z.array(z.string().max(200)).max(60)]),
);
export type BuilderQuery = z.output<typeof builderQuery>;

export const definitionInForm = z
  .string()
  .max(20_000)
  .transform((text, check) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      check.addIssue({ code: 'custom', message: 'not JSON' });
      return z.NEVER;
    }
  })
  .pipe(definitionSchema);

/** What a form's fields say, before anything is looked at; a subject that is none is people. */
export function definitionOf(query: BuilderQuery, office: string): Definition {
  const subject = definitionSchema.shape.subject.safeParse(one(query['subject'])).data ?? 'people';
  const isList = one(query['shape']) === 'list';
  const filters = Object.entries(query).flatMap(([name, value]) => {
    const values = name.startsWith('f_') ? many(value) : [];
    return values.length > 0 ? [[name.slice(2), values] as const] : [];
  });
  const text = (name: string) => one(query[name])?.trim() || undefined;
  const day = (name: string) => parseDay(text(name) ?? '');
  const shape = isList
    ? { columns: inOrder(subject, many(query['c'])) }
    : { groups: [text('g1'), text('g2')].filter((id) => id !== undefined), measures: many(query['m']) };
  return {
    subject,
    office: text('office') ?? office,
    ...(day('asOf') ? { asOf: day('asOf') } : {}),
    ...(day('from') ? { from: day('from') } : {}),
    ...(text('order') ? { order: text('order') } : {}),
    ...shape,
    ...(filters.length > 0 ? { filters: Object.fromEntries(filters) } : {}),
  };
}

/** Days as they were typed; one that is none is told by `faultsOf`, and stands in the form again. */
export function daysTyped(query: BuilderQuery): { asOf?: string | undefined; from?: string | undefined } {
  return { asOf: one(query['asOf'])?.trim() || undefined, from: one(query['from'])?.trim() || undefined };
}

export function faultsOf(query: BuilderQuery): FieldError[] {
  return faultsOfDays(daysTyped(query));
}

/** By field: what is no day. */
export function faultsOfDays(typed: Record<string, string | undefined>): FieldError[] {
  return Object.entries(typed).flatMap(([path, text]): FieldError[] => {
    if (!text || parseDay(text)) return [];
    const words = {
      hi: `"${text.slice(0, 40)}" कोई तिथि नहीं है; इस तरह लिखें: 2026-03-31`,
      en: `“${text.slice(0, 40)}” is not a date; write it like 2026-03-31.`,
    };
    return [{ path, code: 'not_a_day', text: words }];
  });
}

/** What the record of files is asked for: days as they are written here, however they were typed, and what is wrong with them. */
export function takenAsked(query: BuilderQuery) {
  const text = (name: string) => one(query[name])?.trim() || undefined;
  const day = (name: string) => parseDay(text(name) ?? '') ?? text(name);
  const days = { from: day('from'), until: day('until') };
  const asked = { office: text('office'), by: text('by'), ...days };
  const after = z.uuid().safeParse(text('after')).data;
  const wrong = faultsOfDays(days);
  return { asked, after, faults: wrong.length > 0 ? wrong : faultsOfOrder(days) };
}

/** At the last day, where it lies before the first. */
function faultsOfOrder({ from, until }: { from?: Day | undefined; until?: Day | undefined }): FieldError[] {
  if (!from || !until || until >= from) return [];
  const text = {
    hi: `${formatDay(until, 'hi')}, पहली तिथि ${formatDay(from, 'hi')} से पहले है।`,
    en: `${formatDay(until, 'en')} lies before the first day, ${formatDay(from, 'en')}.`,
  };
  return [{ path: 'until', code: 'before_first_day', text }];
}

/** Columns as the form has them, the person's first. */
function inOrder(subject: Definition['subject'], chosen: readonly string[]): string[] {
  const all = columnChoices(subject).map(({ id }) => id);
  return [...all.filter((id) => chosen.includes(id)), ...chosen.filter((id) => !all.includes(id))];
}

/** The columns of a list: who, where and what as, then what was done. */
export function columnChoices(subject: Definition['subject']) {
  const { columns } = subjects[subject];
  const isPersons = ({ isPersonal }: { isPersonal?: true }) => isPersonal === true;
  const shown = listDimensions(subjects[subject]);
  return [
    ...columns.filter(isPersons),
    ...columns.filter(({ id }) => id === 'officeCode'),
    ...shown.map((one) => ({ id: one.id, name: one.name })),
    ...columns.filter((one) => !isPersons(one) && one.id !== 'officeCode'),
  ];
}

/** A definition as the builder's address. */
export function builderHref(
  definition: Definition,
  more: Record<string, string> = {},
  path = `${home}/new`,
): string {
  const { subject, office, asOf, from, order, columns, groups, measures, filters } = definition;
  const query = new URLSearchParams({ subject, office });
  const add = (name: string, value: string | undefined) => value && query.append(name, value);
  add('asOf', asOf);
  add('from', from);
  add('order', order);
  add('shape', columns?.length ? 'list' : 'figures');
  for (const id of columns ?? []) add('c', id);
  add('g1', groups?.[0]);
  add('g2', groups?.[1]);
  for (const id of measures ?? []) add('m', id);
  for (const [id, values] of Object.entries(filters ?? {})) for (const value of values) add(`f_${id}`, value);
  for (const [name, value] of Object.entries(more)) add(name, value);
  return `${path}?${query}`;
}

export function one(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

/** Boxes send one value each; a text holds several between semicolons. */
export function many(value: string | string[] | undefined): string[] {
  const texts = value === undefined ? [] : Array.isArray(value) ? value : [value];
  return texts
    .flatMap((text) => text.split(';'))
    .map((text) => text.trim())
    .filter((text) => text !== '');
}
