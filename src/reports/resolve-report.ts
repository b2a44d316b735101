import { sightOf } from '../insight/index.ts';
import type { Ctx } from '../kernel/context.ts';
import { type Day, todayInIndia } from '../kernel/dates.ts';
import { type FieldError, invalid, type Refusal } from '../kernel/errors.ts';
import type { Bilingual } from '../kernel/i18n.ts';
import { settleChanged } from '../mandates/index.ts';
import { type OfficeRow, requireOffice, rolesSeeingFigures } from '../organisations/index.ts';
import type { Definition } from './definition.ts';
import { mayReadNames, namesRefused } from './policy.ts';
import type { Asked, Filters } from './stores/asked.ts';
import type { Chosen } from './stores/lists.ts';
import { sheetOfOrder } from './stores/orders.ts';
import { nothingNear, type Understood, understand } from './stores/said.ts';
import type { Dimension, Measure, Subject } from './stores/subject.ts';
import { subjects } from './stores/subjects.ts';

type NamedFilters = readonly (Filters[number] & { names: readonly Bilingual[] })[];

/** A report that this actor may have, with everything it names found. */
export type Resolved = Omit<Asked, 'filters'> & {
  /** The filters with what their values are called. */
  filters: NamedFilters;
  definition: Definition;
  office: OfficeRow;
  /** Of figures. */
  groups: readonly Dimension[];
  measures: readonly Measure[];
  /** Of a list. */
  chosen: readonly Chosen[];
  isList: boolean;
};

/** A list about persons is for those who read names there; figures are for those who read them exactly. */
export async function resolveReport(ctx: Ctx, definition: Definition): Promise<Resolved> {
  const office = await requireReadable(ctx, definition);
  const subject = subjects[definition.subject];
  const isList = isListed(definition);
  const filters = await filtersOf(ctx, { subject, office }, definition);
  const shape = isList ? listOf(subject, definition) : figuresOf(subject, definition);
  const { from } = definition;
  if (from && !subject.hasPeriod) throw fault('from', notThere);
  const asOf = dayOf(ctx, definition.asOf);
  if (from && from > asOf) throw fault('from', fromLater);
  const sheetId = subject.id === 'orders' ? await sheetOf(ctx, definition.order) : null;
  const sight = isOfPersons(definition) ? sightOf(ctx) : null;
  return { definition, subject, office, asOf, from: from ?? null, sheetId, sight, filters, isList, ...shape };
}

/** The office of a report whose rows this actor may have, whatever else has become of what it names. */
export async function requireReadable(ctx: Ctx, definition: Definition): Promise<OfficeRow> {
  const office = await requireOffice(ctx, definition.office, rolesSeeingFigures);
  if (isOfPersons(definition) && !mayReadNames(ctx, office)) throw namesRefused();
  return office;
}

/** A list with a row for each person or what he did; figures and lists of courses are of nobody. */
export function isOfPersons(definition: Definition): boolean {
  return isListed(definition) && subjects[definition.subject].isAboutPersons;
}

function isListed({ columns }: Definition): boolean {
  return (columns?.length ?? 0) > 0;
}

/** Nothing is known of a later day, so one gives today's. */
function dayOf(ctx: Ctx, asked: Day | undefined): Day {
  const today = todayInIndia(ctx.clock);
  return asked && asked < today ? asked : today;
}

function listOf(subject: Subject, definition: Definition) {
  if (definition.groups?.length || definition.measures?.length) throw fault('columns', eitherOr);
  const ids = definition.columns ?? [];
  const again = ids.find((id, at) => ids.indexOf(id) !== at);
  if (again) throw fault('columns', columnTwice(again));
  const chosen = ids.map((id): Chosen => {
    const column = subject.columns.find((one) => one.id === id);
    if (column) return { column };
    const dimension = listDimensions(subject).find((one) => one.id === id);
    if (!dimension) throw fault('columns', unknown(id));
    return { dimension };
  });
  return { chosen, groups: [], measures: [] };
}

/** Dimensions that a list can show as a column: a period is told by its day. */
export function listDimensions(subject: Subject): Dimension[] {
  return subject.dimensions.filter((one) => !one.period);
}

/** Dimensions that figures can be told apart by. */
export function groupDimensions(subject: Subject): Dimension[] {
  return subject.dimensions.filter((one) => !one.isListOnly);
}

/** The ids of these. */
export function groupsOfReports(subject: keyof typeof subjects): string[] {
  return groupDimensions(subjects[subject]).map(({ id }) => id);
}

function figuresOf(subject: Subject, definition: Definition) {
  const groups = (definition.groups ?? []).map((id) => {
    const dimension = groupDimensions(subject).find((one) => one.id === id);
    if (!dimension) throw fault('groups', unknown(id));
    return dimension;
  });
  if (groups.length === 0) throw fault(definition.columns ? 'columns' : 'groups', nothingChosen);
  if (groups.length === 2 && groups[0] === groups[1]) throw fault('groups', twice);
  const measures = (definition.measures ?? []).map((id) => {
    const measure = subject.measures.find((one) => one.id === id);
    if (!measure) throw fault('measures', unknown(id));
    return measure;
  });
  if (measures.length === 0) throw fault('measures', noMeasure);
  return { groups, measures, chosen: [] };
}

/** Values may be said by code or by any of their names; one that says nothing here is told with what is like it. */
async function filtersOf(
  ctx: Ctx,
  { subject, office }: Pick<Resolved, 'subject' | 'office'>,
  { filters = {} }: Definition,
): Promise<NamedFilters> {
  const asked = Object.entries(filters).filter(([, values]) => values.length > 0);
  const faults: FieldError[] = [];
  const found: NamedFilters[number][] = [];
  for (const [id, words] of asked) {
    const dimension = subject.dimensions.find((one) => one.id === id);
    if (!dimension || !isFilter(dimension)) throw fault('filters', unknown(id));
    if (words.some((word) => word.includes('\0'))) throw fault(`filters.${id}`, unreadable);
    const said = await valuesOf(ctx, { dimension, office }, words);
    for (const { word, near } of said.filter(({ things }) => things.length === 0))
      faults.push(unknownWord(dimension, word, near));
    const things = new Map(said.flatMap((one) => one.things).map(({ value, name }) => [value, name]));
    found.push({ dimension, values: [...things.keys()], names: [...things.values()] });
  }
  if (faults.length > 0) throw invalid(faults);
  return found;
}

async function valuesOf(
  ctx: Ctx,
  { dimension: { said, saidHere, words }, office }: { dimension: Dimension; office: OfficeRow },
  asked: readonly string[],
): Promise<Understood[]> {
  if (said) return understand(ctx.db.read, { said, saidHere: saidHere?.(office) }, asked);
  return asked.map((word) => {
    const name = words ? (Object.hasOwn(words, word) ? words[word] : undefined) : { hi: word, en: word };
    return { word, things: name ? [{ value: word, name }] : [], near: nothingNear };
  });
}

/** A word of a filter that says nothing, and what may have been meant by it: `text` tells both, `plain` the former. */
export type UnknownWord = FieldError & {
  dimension: string;
  word: string;
  plain: Bilingual;
  near: Understood['near'];
};

export function isUnknownWord(fault: FieldError): fault is UnknownWord {
  return 'near' in fault;
}

function unknownWord({ id, name }: Dimension, word: string, near: Understood['near']): UnknownWord {
  const hi = near.hi.map((one) => `"${one.name}"`).join(', ');
  const en = near.en.map((one) => `“${one.name}”`).join(', ');
  const plain = {
    hi: `${name.hi}: "${word}" यहाँ नहीं है।`,
    en: `${name.en}: there is no “${word}” here.`,
  };
  const text = {
    hi: `${plain.hi}${hi ? ` मिलते-जुलते: ${hi}।` : ''}`,
    en: `${plain.en}${en ? ` Similar: ${en}.` : ''}`,
  };
  return { path: `filters.${id}`, code: 'unknown', dimension: id, word, plain, text, near };
}

/** Areas narrow the offices; everything else is a condition of its own. */
export function isFilter(dimension: Dimension): boolean {
  return dimension.filter !== undefined || dimension.area !== undefined;
}

async function sheetOf(ctx: Ctx, number: string | undefined): Promise<string> {
  if (!number) throw fault('order', orderNeeded);
  if (number.includes('\0')) throw fault('order', unreadable);
  const sheetId = await sheetOfOrder(ctx.db.read, number);
  if (!sheetId) throw fault('order', unknown(number));
  await settleChanged(ctx.db);
  return sheetId;
}

function fault(path: string, text: Bilingual): Refusal {
  return invalid([{ path, code: 'invalid', text }]);
}

function unknown(what: string): Bilingual {
  return { hi: `"${what}" यहाँ नहीं है।`, en: `There is no “${what}” here.` };
}

function columnTwice(id: string): Bilingual {
  return { hi: `स्तंभ "${id}" दो बार चुना है।`, en: `The column “${id}” is chosen twice.` };
}

/** The database keeps no such sign in a text. */
const unreadable = {
  hi: 'इसमें ऐसा चिह्न है जो पढ़ा नहीं जा सकता।',
  en: 'There is a sign in it that cannot be read.',
};
const nothingChosen = {
  hi: 'सूची के स्तंभ चुनें, या आँकड़ों के लिए एक-दो समूह।',
  en: 'Choose columns for a list, or one or two groups for figures.',
};
const noMeasure = { hi: 'कम से कम एक आँकड़ा चुनें।', en: 'Choose at least one figure.' };
const twice = { hi: 'दो अलग-अलग समूह चुनें।', en: 'Choose two different groups.' };
const eitherOr = {
  hi: 'या तो सूची के स्तंभ चुनें, या समूह और आँकड़े; दोनों साथ नहीं।',
  en: 'Choose either columns of a list, or groups and figures; not both.',
};
const notThere = { hi: 'इस विषय में आरंभ-तिथि नहीं होती।', en: 'This subject has no first day.' };
const fromLater = {
  hi: 'आरंभ-तिथि "की स्थिति" वाली तिथि के बाद है।',
  en: 'The first day is after the “as of” day.',
};
const orderNeeded = { hi: 'आदेश संख्या लिखें।', en: 'Write the number of the order.' };
