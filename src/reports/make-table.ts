import type { Ctx } from '../kernel/context.ts';
import { appraisalYear, type Day, todayInIndia } from '../kernel/dates.ts';
import { Refusal } from '../kernel/errors.ts';
import { type Language, pick } from '../kernel/i18n.ts';
import { formatNumber } from '../kernel/numbers.ts';
import type { Cell } from '../kernel/tabular/index.ts';
import type { Resolved } from './resolve-report.ts';
import { digestsAt } from './stores/digests.ts';
import { type GroupsAsked, groupsAmongSql, groupsSql, kindsSql, sizesSql } from './stores/groups.ts';
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
  const lines = rows.map((row) => lineOf(row, { report, sums, language }));
  if (addsUp(report)) return { lines, whole: sumOfLines(lines) };
  const whole = isManifold ? found.find((row) => row.at(-1) === true) : (await read({ groups: [] }))[0];
  return { lines, whole: toParts(whole?.slice(isManifold ? groups.length * 4 : 0) ?? [], sums) };
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
  const [rows = 0, ...keys] = ((await ask(sizesSql(asked)))[0] ?? []).map(Number);
  if (keys.reduce((product, many) => product * many, 1) <= most) return;
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
type Naming = { report: Resolved; sums: readonly string[]; language: Language };

function lineOf(row: unknown[], { report, sums, language }: Naming): Line {
  const { groups } = report;
  const keys: (string | null)[] = [];
  const cells = groups.flatMap((group, at) => {
    const [key, code, hi, en] = row.slice(at * 4, at * 4 + 4) as (string | null)[];
    keys.push(key ?? null);
    const label = labelOf(group, { key: key ?? null, hi: hi ?? null, en: en ?? null }, language);
    return group.hasCode ? [code ?? null, label] : [label];
  });
  return { keys, cells, parts: toParts(row.slice(groups.length * 4), sums) };
}

function toParts(values: unknown[], sums: readonly string[]): Record<string, number> {
  return Object.fromEntries(sums.map((name, at) => [name, Number(values[at] ?? 0)]));
}

type Key = { key: string | null; hi: string | null; en: string | null };

function labelOf(group: Dimension, { key, hi, en }: Key, language: Language): string {
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
    for (const [name, value] of Object.entries(parts)) whole[name] = (whole[name] ?? 0) + value;
  return whole;
}

type Order = { groups: readonly Dimension[]; measure: Measure | undefined };

/** Periods as they came, classes in their order; other groups by the first figure, the largest first; the second within the first. */
function ordered(lines: readonly Line[], { groups, measure }: Order): Line[] {
  const figure = (parts: Record<string, number>) => measure?.of(parts) ?? 0;
  const families = Map.groupBy(lines, (line) => line.keys[0] ?? null);
  const compare = (at: number, a: [string | null, number], b: [string | null, number]) => {
    const group = groups[at];
    const byKey = (a[0] ?? '').localeCompare(b[0] ?? '');
    if (group?.period) return byKey;
    const first = group?.isOrdered ? placeIn(group, a[0]) - placeIn(group, b[0]) : b[1] - a[1];
    return first || byKey;
  };
  const heads = [...families].map(([key, family]) => ({ key, family, sum: figure(sumOfLines(family)) }));
  return heads
    .toSorted((a, b) => compare(0, [a.key, a.sum], [b.key, b.sum]))
    .flatMap(({ family }) =>
      family.toSorted((a, b) =>
        compare(1, [a.keys[1] ?? null, figure(a.parts)], [b.keys[1] ?? null, figure(b.parts)]),
      ),
    );
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
