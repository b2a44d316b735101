import type { Ctx } from '../kernel/context.ts';
import { appraisalYear, type Day, todayInIndia } from '../kernel/dates.ts';
import { Refusal } from '../kernel/errors.ts';
import { type Language, pick } from '../kernel/i18n.ts';
import { formatNumber } from '../kernel/numbers.ts';
import type { Cell } from '../kernel/tabular/index.ts';
import type { Resolved } from './resolve-report.ts';
import { digestsAt } from './stores/digests.ts';
import {
  type GroupsAsked,
  groupsAmongSql,
  groupsSql,
  kindsSql,
  namesSql,
  sizesSql,
} from './stores/groups.ts';
import { evenRanges, isOnlyRoot, spreadOf } from './stores/portions.ts';
import { type Ask, isTimedOut, readAtOnce } from './stores/reader.ts';
import type { Digests, Dimension, Measure, Range } from './stores/subject.ts';

export type TableColumn = {
  id: string;
  heading: string;
  type: 'text' | 'number' | 'percent' | 'day';
  period?: Dimension['period'];
};

/** A report's rows as cells; per cents are 0 to 100. */
export type Table = {
  columns: TableColumn[];
  rows: Cell[][];
  /** Of figures: the whole, which the groups need not add up to. */
  total: Cell[] | null;
};

/** More groups than this nobody reads. */
const mostGroups = 100_000;
const patienceMs = 60_000;

/** Figures by one or two groups, all of them, with those of the whole, of one instant. */
export async function makeFigures(ctx: Ctx, report: Resolved, asked: FiguresAsked = {}): Promise<Table> {
  const { groups, measures } = report;
  const limits = { timeoutMs: patienceMs, signal: asked.signal };
  const ways = await waysOf(ctx, report, asked.source);
  const { lines, whole } = await inTime(
    readAtOnce(ctx.db, limits, async (ask) => {
      const digests = ways.isOfFacts ? undefined : await digestsAt(ask, wishOfDigests(ctx, report));
      return linesOf({
        ...ways,
        digests,
        report,
        ask,
        language: ctx.language,
        most: asked.most ?? mostGroups,
      });
    }),
  );
  const blank = groups.flatMap((group, at) => blanksOf(group, at === 0));
  return {
    columns: columnsOf(report, ctx.language),
    rows: ordered(lines, { groups, measure: measures[0] }).map((line) => [
      ...line.cells,
      ...measures.map((measure) => measure.of(line.parts)),
    ]),
    total: [...blank, ...measures.map((measure) => measure.of(whole))],
  };

  function blanksOf(group: Dimension, isFirst: boolean): Cell[] {
    const word = isFirst ? (ctx.language === 'hi' ? 'कुल' : 'Total') : null;
    return group.hasCode ? [null, word] : [word];
  }
}

export type FiguresAsked = {
  signal?: AbortSignal | undefined;
  /** Absent: whichever is quicker; figures are the same. */
  source?: 'digests' | 'facts' | undefined;
  /** Refused where there are more groups; 1,00,000 unless told. */
  most?: number | undefined;
};

type Reading = {
  report: Resolved;
  ask: Ask;
  language: Language;
  isWhole: boolean;
  parts?: Range[] | undefined;
  range?: Range | undefined;
  digests: Digests | undefined;
  most: number;
};

async function linesOf({ ask, language, most, ...reading }: Reading) {
  const { report, digests } = reading;
  const { groups, measures } = report;
  const sums = [...new Set(measures.flatMap((measure) => measure.parts))];
  const isManifold = groups.some((group) => group.isManifold) && !isCountedAtEach(report);
  const kinds = digests ? await kindsOf(ask, groups) : undefined;
  const asked = { ...report, ...reading, sums, ...(kinds ? { kinds } : {}) };
  const read = (more: Pick<GroupsAsked, 'groups' | 'withWhole'>) =>
    ask(groupsSql({ ...asked, ...more }, most + 1), hasLookups(report) && !digests ? 'loops' : undefined);
  await refuseEarly(ask, { ...asked, groups }, most);
  const found = await read({ groups, withWhole: isManifold });
  const rows = found.filter((row) => row.at(-1) !== true);
  if (rows.length > most) throw tooManyGroups(most);
  const labels = await labelsOf(ask, groups, { rows, language });
  const lines = rows.map((row) => lineOf(row, labels, sums));
  if (addsUp(report)) return { lines, whole: sumOfLines(lines) };
  const whole = isManifold ? found.find((row) => row.at(-1) === true) : (await read({ groups: [] }))[0];
  return { lines, whole: toParts(whole?.slice(isManifold ? groups.length : 0) ?? [], sums) };
}

async function kindsOf(ask: Ask, groups: readonly Dimension[]): Promise<Map<string, number[]>> {
  const kinds = new Map<string, number[]>();
  for (const group of groups) {
    const query = kindsSql(group);
    if (query)
      kinds.set(
        group.id,
        (await ask(query)).map(([kind]) => Number(kind)),
      );
  }
  return kinds;
}

/** Groups that are too many are found in a part of the digests, before all are summed in vain. */
async function refuseEarly(ask: Ask, asked: GroupsAsked, most: number): Promise<void> {
  if (!asked.digests || asked.groups.length < 2) return;
  const [rows = 0, atMost = Number.POSITIVE_INFINITY] = ((await ask(sizesSql(asked)))[0] ?? []).map(Number);
  if (atMost <= most) return;
  const isOfEach = asked.groups.some(({ needs }) =>
    needs?.some((need) => need === 'day' || need === 'course'),
  );
  const wanted = isOfEach ? someRows.ofEach : someRows.ofMany;
  const share = Math.min(1, wanted / Math.max(1, rows));
  const [found] = await ask(groupsAmongSql(asked, share * 100));
  if (Number(found?.[0]) > most) throw tooManyGroups(most);
}

/** A row of a completion each takes as long as several of many, which are not opened. */
const someRows = { ofEach: 300_000, ofMany: 700_000 };

/** An earlier completion is looked up for each, which is a loop. */
function hasLookups({ subject }: Resolved): boolean {
  return subject.id === 'completions' || subject.id === 'courses';
}

type Ways = { isWhole: boolean; isOfFacts: boolean; parts?: Range[]; range?: Range };

/** Many people's facts are summed range by range; few people's are looked up by their keys, where rows are theirs. */
async function waysOf(
  ctx: Ctx,
  { subject, office }: Resolved,
  source: FiguresAsked['source'],
): Promise<Ways> {
  const isWhole = await isOnlyRoot(ctx.db.read, office);
  const isOfFacts = source === 'facts' || !['people', 'completions', 'courses'].includes(subject.id);
  if (!subject.isAboutPersons || source === 'digests') return { isWhole, isOfFacts };
  if ((await spreadOf(ctx.db.read, office)) === 'most')
    return { isWhole, isOfFacts, parts: (await evenRanges(ctx.db.read)) ?? [] };
  if (subject.id === 'completions') return { isWhole, isOfFacts };
  return {
    isWhole,
    isOfFacts: true,
    range: { afterId: null, untilId: null, postedBelow: office.officeId },
  };
}

/** Of completions those alone that are told apart by today's postings ask where people stand. */
function wishOfDigests(ctx: Ctx, { subject, asOf, groups, filters }: Resolved) {
  const used = [...groups, ...filters.map(({ dimension }) => dimension)];
  const isOfPeople = subject.id === 'people' || used.some(({ needs }) => needs?.includes('posting'));
  return { asOf, today: todayInIndia(ctx.clock), isOfPeople };
}

type Line = { keys: (string | null)[]; cells: Cell[]; parts: Record<string, number> };
type Named = { key: string | null; code: string | null; hi: string | null; en: string | null };

/** What stands for each key, group by group: worked out once for each, though it may come in thousands of rows. */
async function labelsOf(
  ask: Ask,
  groups: readonly Dimension[],
  { rows, language }: Shown,
): Promise<Labels[]> {
  const labels: Labels[] = [];
  for (const [at, group] of groups.entries()) {
    const keys = new Set(rows.map((row) => keyAt(row, at)));
    const query = namesSql(
      group,
      [...keys].filter((key) => key !== null),
    );
    const found = query ? ((await ask(query)) as [string, ...(string | null)[]][]) : [];
    const names = new Map(found.map(([id, code = null, hi = null, en = null]) => [id, { code, hi, en }]));
    const nameOf = (key: string | null) => (key === null ? undefined : names.get(key)) ?? noName;
    labels.push(new Map([...keys].map((key) => [key, cellsOf(group, { key, ...nameOf(key) }, language)])));
  }
  return labels;
}

type Shown = { rows: unknown[][]; language: Language };
type Labels = Map<string | null, Cell[]>;
const noName = { code: null, hi: null, en: null };

function keyAt(row: unknown[], at: number): string | null {
  return (row[at] as string | null) ?? null;
}

function lineOf(row: unknown[], labels: readonly Labels[], sums: readonly string[]): Line {
  const keys = labels.map((_, at) => keyAt(row, at));
  const cells = labels.flatMap((label, at) => label.get(keys[at] ?? null) ?? []);
  return { keys, cells, parts: toParts(row.slice(labels.length), sums) };
}

function toParts(values: unknown[], sums: readonly string[]): Record<string, number> {
  const parts: Record<string, number> = {};
  for (const [at, name] of sums.entries()) parts[name] = Number(values[at] ?? 0);
  return parts;
}

function cellsOf(group: Dimension, named: Named, language: Language): Cell[] {
  const label = labelOf(group, named, language);
  return group.hasCode ? [named.code, label] : [label];
}

function labelOf(group: Dimension, { key, hi, en }: Named, language: Language): string {
  if (key === null) return group.none ? pick(group.none, language) : '–';
  const words = group.words?.[key];
  if (words) return pick(words, language);
  if (group.period) return periodText(group.period, key);
  return pick({ hi, en }, language) || key;
}

/** As programs read it: 2026-27, 2026-11, and the first day of a week. */
function periodText(period: NonNullable<Dimension['period']>, day: Day): string {
  if (period === 'year') return appraisalYear(day).name;
  return period === 'month' ? day.slice(0, 7) : day;
}

/** Where a row stands under one key of each group, the whole is the sum of the groups. */
export function addsUp({ groups, subject }: Pick<Resolved, 'groups' | 'subject'>): boolean {
  return !isCountedAtEach({ groups, subject }) && !groups.some((group) => group.isManifold);
}

function isCountedAtEach({ groups, subject }: Pick<Resolved, 'groups' | 'subject'>): boolean {
  return subject.id !== 'completions' && groups.some((group) => group.place);
}

function sumOfLines(lines: readonly Line[]): Record<string, number> {
  const whole: Record<string, number> = {};
  for (const { parts } of lines)
    for (const name of Object.keys(parts)) whole[name] = (whole[name] ?? 0) + (parts[name] ?? 0);
  return whole;
}

type Order = { groups: readonly Dimension[]; measure: Measure | undefined };

/** Periods as they came, classes in their order; other groups by the first figure, the largest first; the second within the first. */
function ordered(lines: readonly Line[], { groups, measure }: Order): Line[] {
  const figure = (parts: Record<string, number>) => measure?.of(parts) ?? 0;
  const inOrder = <T>(at: number, ranked: readonly Ranked<T>[]) =>
    ranked.toSorted((a, b) => compare(groups[at], a, b)).map(({ of }) => of);
  const families = [...Map.groupBy(lines, (line) => line.keys[0] ?? null)];
  return inOrder(
    0,
    families.map(([key, of]) => ({ key, of, figure: figure(sumOfLines(of)) })),
  ).flatMap((family) =>
    inOrder(
      1,
      family.map((of) => ({ key: of.keys[1] ?? null, of, figure: figure(of.parts) })),
    ),
  );
}

type Ranked<T> = { key: string | null; figure: number; of: T };

/** Keys are compared as they are written: a hundred thousand are put in order while somebody waits. */
function compare(group: Dimension | undefined, a: Ranked<unknown>, b: Ranked<unknown>): number {
  if (group?.isOrdered) return placeIn(group, a.key) - placeIn(group, b.key) || byKey(a, b);
  return (group?.period ? 0 : b.figure - a.figure) || byKey(a, b);
}

function byKey(a: Ranked<unknown>, b: Ranked<unknown>): number {
  const [one, other] = [a.key ?? '', b.key ?? ''];
  return one < other ? -1 : Number(one > other);
}

/** Where a key stands among its words; what is not entered comes last. */
function placeIn({ words = {} }: Dimension, key: string | null): number {
  const keys = Object.keys(words);
  return key !== null && key in words ? keys.indexOf(key) : keys.length;
}

function columnsOf({ groups, measures }: Resolved, language: Language): TableColumn[] {
  const keys = groups.flatMap((group): TableColumn[] => {
    const heading = pick(group.name, language);
    const type = group.period === 'day' || group.period === 'week' ? 'day' : 'text';
    const named: TableColumn = {
      id: group.id,
      heading,
      type,
      ...(group.period ? { period: group.period } : {}),
    };
    const code = `${heading} (${language === 'hi' ? 'कोड' : 'code'})`;
    return group.hasCode ? [{ id: `${group.id}Code`, heading: code, type: 'text' }, named] : [named];
  });
  const figures = measures.map(
    (measure): TableColumn => ({
      id: measure.id,
      heading: pick(measure.name, language),
      type: measure.kind === 'percent' ? 'percent' : 'number',
    }),
  );
  return [...keys, ...figures];
}

/** A statement that takes too long is a matter of what was asked, and is said so. */
export async function inTime<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (isTimedOut(error)) throw tooLong();
    throw error;
  }
}

function tooLong(): Refusal {
  return new Refusal(
    'unavailable',
    {
      hi: 'यह रिपोर्ट समय-सीमा में नहीं बन सकी। छोटा कार्यालय या छोटी अवधि चुनें, या थोड़ी देर बाद फिर करें।',
      en: 'This report could not be made in time. Choose a smaller office or a shorter period, or try again later.',
    },
    { reason: 'report_too_long' },
  );
}

function tooManyGroups(most: number): Refusal {
  return new Refusal(
    'too_large',
    {
      hi: `इतने समूह (${formatNumber(most, 'hi')} से अधिक) एक रिपोर्ट में नहीं आते। मोटा समूह या छोटा कार्यालय चुनें।`,
      en: `So many groups (more than ${formatNumber(most, 'en')}) do not go into one report. Choose coarser groups or a smaller office.`,
    },
    { reason: 'too_many_groups' },
  );
}
