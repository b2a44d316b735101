import { sql } from 'kysely';
import { sightSql } from '../../insight/index.ts';
import { addDays, appraisalYear, type Day, startOfMonth, weekOf } from '../../kernel/dates.ts';
import { type Bilingual, type Language, pick } from '../../kernel/i18n.ts';
import { inRange } from './range.ts';
import { csvValue } from './reader.ts';
import type {
  ColumnType,
  Digests,
  Dimension,
  Join,
  ListColumn,
  Need,
  Range,
  RowsWish,
  Sql,
  Subject,
} from './subject.ts';

export type Filters = readonly { dimension: Dimension; values: readonly string[] }[];

export type Asked = Pick<RowsWish, 'office' | 'asOf' | 'from' | 'sheetId' | 'sight'> & {
  subject: Subject;
  filters: Filters;
};

export type GroupsAsked = Asked & {
  groups: readonly Dimension[];
  /** Names of the subject's sums. */
  sums: readonly string[];
  parts?: readonly Range[];
  /** Of few people: those posted at or below the office. */
  range?: Range;
  isWhole?: boolean;
  digests?: Digests | undefined;
  /** One more row of no keys: the sums of all, where rows stand under several keys of what they are told apart by. */
  withWhole?: boolean;
};

/**
 * Sums by keys first (rows are not joined with names), then what a key stands for, then its names. Each row:
 * `k1, code1, hi1, en1, k2, …, s1, s2, …, is_whole`.
 */
export function groupsSql(asked: GroupsAsked, most: number): Sql {
  const { groups, sums } = asked;
  const keys = groups.map((_, at) => sql.ref(`k${at + 1}`));
  const sumNames = sums.map((_, at) => sql.ref(`s${at + 1}`));
  const keyed = groups.map((group) => keyOf(asked, group));
  const standing = keyed.map((group, at) =>
    group.stands
      ? sql`left join (${group.stands}) st${sql.raw(`${at + 1}`)} on ${sql.ref(`st${at + 1}.raw`)} = ${sql.ref(`i.k${at + 1}`)}`
      : sql``,
  );
  const outer = keyed.map((group, at) => {
    const raw = sql.ref(`i.k${at + 1}`);
    return group.stands ? sql.ref(`st${at + 1}.key`) : (group.of?.(raw) ?? raw);
  });
  const summed = sums.map(
    (_, at) => sql`coalesce(sum(${sql.ref(`i.s${at + 1}`)}), 0)::bigint as ${sql.ref(`s${at + 1}`)}`,
  );
  const grouped = sql`select ${commas([...outer.map((key, at) => sql`${key} as ${sql.ref(`k${at + 1}`)}`), ...summed])}
    from i ${spaced(standing)} ${keys.length > 0 ? sql`group by ${commas(outer)}` : sql``}`;
  const shown = groups.map((group, at) => nameColumns(group, at + 1));
  const names = groups.map((group, at) =>
    group.names
      ? sql`left join (${group.names}) ${sql.ref(`n${at + 1}`)} on ${sql.ref(`n${at + 1}.id`)} = ${sql.ref(`g.k${at + 1}`)}::text`
      : sql``,
  );
  const whole = asked.withWhole
    ? sql`union all select ${commas([...groups.map(() => sql`null, null, null, null`), ...summed])}, true from i`
    : sql``;
  return sql`with i as ${asked.withWhole ? sql`materialized` : sql`not materialized`} (${innerSql(asked)})
    (select ${commas([...shown, ...sumNames.map((name) => sql`g.${name}`)])}, false
    from (${grouped}) g ${spaced(names)} limit ${sql.lit(most)}) ${whole}`;
}

/**
 * How many groups there are among some of the rows: one row, of one number. Undefined where that is not as many as
 * there would be at least among all, since several keys of rows are one of the groups.
 */
export function groupsAmongSql(asked: GroupsAsked, rows: number): Sql | undefined {
  const { groups } = asked;
  if (!asked.digests || groups.some((group) => group.stands)) return undefined;
  const keys = groups.map((group) => keyOf(asked, group));
  const named = commas(keys.map(({ key }, at) => sql`${key} as ${sql.ref(`k${at + 1}`)}`));
  const made = commas(keys.map(({ of }, at) => of?.(sql.ref(`k${at + 1}`)) ?? sql.ref(`k${at + 1}`)));
  const { wish, filters } = wishOfGroups({ ...asked, sums: [] });
  return sql`select count(*) from (select distinct ${made} from (
    select distinct ${commas(groups.map((_, at) => sql.ref(`k${at + 1}`)))} from (
      select ${named} from (${asked.subject.rows(wish)}) r where ${filtersSql(filters)} limit ${sql.lit(rows)}) first
    ) raw) made`;
}

function nameColumns(group: Dimension, at: number): Sql {
  const key = sql`${sql.ref(`g.k${at}`)}::text`;
  if (!group.names) return sql`${key}, null, null, null`;
  const of = (name: string) => sql.ref(`n${at}.${name}`);
  return sql`${key}, ${of('code')}, ${of('hi')}, ${of('en')}`;
}

/** What a subject is asked for so that its rows can be summed. */
function wishOfGroups(asked: GroupsAsked): { wish: RowsWish; filters: Filters } {
  const { subject, groups, sums, parts, digests } = asked;
  const filters = asked.filters.map(({ dimension, values }) => ({
    dimension: digests && dimension.ofDigests?.filter ? { ...dimension, ...dimension.ofDigests } : dimension,
    values,
  }));
  const wish = {
    ...wishOf(asked),
    needs: needsOf(subject, { dimensions: groups, filters: asked.filters, sums }),
    countedAt: groups.flatMap((group) => group.place ?? []),
    told: [],
    isWhole: asked.isWhole ?? false,
    isSummed: true,
    digests,
    ...(parts ? { parts } : {}),
    ...(asked.range ? { range: asked.range } : {}),
  };
  return { wish, filters };
}

/** Rows summed by their own keys; over many people range by range, so that workers share them and each sorts little. */
function innerSql(asked: GroupsAsked): Sql {
  const { subject, groups, sums, parts } = asked;
  const { wish, filters } = wishOfGroups(asked);
  const by = groups.length > 0 ? sql`group by ${commas(groups.map((_, at) => sql.lit(at + 1)))}` : sql``;
  const one = (source: Sql, isOfRepeats: boolean) =>
    sql`select ${columnsSql(asked, isOfRepeats)} from (${source}) r where ${filtersSql(filters)} ${by}`;
  const isSplit = !asked.digests && subject.isSplit && parts !== undefined && parts.length > 0;
  const rows = isSplit
    ? parts.map((range) => one(subject.rows({ ...wish, range }), false))
    : [one(subject.rows(wish), false)];
  const hasRepeats = !asked.digests && sums.some((name) => subject.sums[name]?.isOfRepeats);
  const repeats = hasRepeats && subject.repeats ? [one(subject.repeats(wish), true)] : [];
  return sql.join([...rows, ...repeats], sql` union all `);
}

/** Keys, and the sums over these rows; those over the others are none here. */
function columnsSql(asked: GroupsAsked, isOfRepeats: boolean): Sql {
  const { subject, groups, sums } = asked;
  const sumOf = (name: string) => {
    const sum = subject.sums[name];
    if (asked.digests && sum) return sql`(${sum.ofDigests ?? sum.sql})::bigint`;
    return sum && (sum.isOfRepeats ?? false) === isOfRepeats ? sql`(${sum.sql})::bigint` : sql`0::bigint`;
  };
  return commas([
    ...groups.map((group, at) => sql`${keyOf(asked, group).key} as ${sql.ref(`k${at + 1}`)}`),
    ...sums.map((name, at) => sql`${sumOf(name)} as ${sql.ref(`s${at + 1}`)}`),
  ]);
}

function keyOf(asked: GroupsAsked, group: Dimension): Pick<Dimension, 'key' | 'of' | 'stands'> {
  if (!asked.digests) return group;
  const isBesideMany = asked.groups.some((other) => other !== group && manyKeys.has(other.id));
  if (group.period && group.of && isBesideMany) return { key: periodSql(group, asked.asOf) };
  return group.ofDigests ?? group;
}

/** So many that days beside them would be as many sums as rows. */
const manyKeys: ReadonlySet<string> = new Set(['office', 'course', 'tag', 'provider']);
const lookedUpDays = 3000;

/** The period of each row's day: looked up in a list, which takes a third of what computing it does. */
function periodSql({ period, of }: Dimension, asOf: Day): Sql {
  const first = addDays(asOf, 1 - lookedUpDays);
  const list = Array.from({ length: lookedUpDays }, (_, at) => firstOf(period, addDays(first, at)));
  return sql`coalesce((${list}::date[])[r.day - ${first}::date + 1], ${of?.(sql`r.day`) ?? sql`r.day`})`;
}

function firstOf(period: Dimension['period'], day: Day): Day {
  if (period === 'year') return appraisalYear(day).from;
  if (period === 'month') return startOfMonth(day);
  return period === 'week' ? weekOf(day).from : day;
}

export type ShownColumn = { id: string; heading: string; type: ColumnType; sql: Sql; isOfSight: boolean };
export type Chosen = { column: ListColumn } | { dimension: Dimension };

/** One row each, in columns; of a range of people, or of all. Rows come in the order of the list's key. */
export function listSql(
  asked: Asked,
  chosen: readonly Chosen[],
  more: { language: Language; range?: Range },
): Sql {
  const { subject } = asked;
  const columns = chosen
    .map((one) => ('column' in one ? one.column : undefined))
    .filter((one) => one !== undefined);
  const dimensions = chosen.flatMap((one) => ('dimension' in one ? [one.dimension] : []));
  const needs = needsOf(subject, { dimensions, filters: asked.filters, columns, sums: [] });
  const told = dimensions.flatMap((one) => one.place ?? []);
  const wish: RowsWish = {
    ...wishOf(asked),
    sight: asked.sight,
    needs,
    countedAt: [],
    told,
    ...(more.range ? { range: more.range } : {}),
  };
  const isOfSight = asked.sight && columns.some((one) => one.isOfSight);
  const joins = new Set<Join>([
    ...(isOfSight ? (['sight'] as const) : []),
    ...columns.flatMap((one) => one.joins ?? []),
    ...dimensions.flatMap((one) => one.column?.joins ?? []),
    ...(subject.isAboutPersons && isWhole(more.range) ? (['person', 'office'] as const) : []),
  ]);
  const names = dimensions.flatMap((one) => (one.names && !one.column ? [nameJoin(one)] : []));
  const shown = shownColumns(chosen, more.language).map(
    (one, at) =>
      sql`${asked.sight && one.isOfSight ? sql`case when sight.is_within then ${one.sql} end` : one.sql} as ${sql.ref(`c${at + 1}`)}`,
  );
  return sql`select ${commas(shown)} from (${subject.rows(wish)}) r
    ${spaced([...joins].map((join) => joinSql(join, wish)))} ${spaced(names)}
    where ${filtersSql(asked.filters)} ${joins.has('person') ? sql`and ${inRange('p', more.range)}` : sql``}
    order by ${orderSql(subject, more.range)}`;
}

/** A list in one portion is in the order of offices and names; a long one is in the order of its key. */
function orderSql(subject: Subject, range: Range | undefined): Sql {
  if (subject.listKey === 'course_id') return sql`r.course_id`;
  if (!isWhole(range)) return sql`r.person_id`;
  return sql`o.code, coalesce(p.name_hi, p.name_en) collate "hi-x-icu", r.person_id`;
}

function isWhole(range: Range | undefined): boolean {
  return !range?.afterId && !range?.untilId;
}

export function shownColumns(chosen: readonly Chosen[], language: Language): ShownColumn[] {
  return chosen.map((one) => {
    if ('column' in one) {
      const { id, name, type, sql: value, isOfSight = false } = one.column;
      return { id, heading: pick(name, language), type, sql: value, isOfSight };
    }
    const { id, name, period } = one.dimension;
    const type = period ? 'day' : 'text';
    return {
      id,
      heading: pick(name, language),
      type,
      sql: valueSql(one.dimension, language),
      isOfSight: false,
    };
  });
}

function valueSql(dimension: Dimension, language: Language): Sql {
  const { id, key, column, words, names } = dimension;
  if (column) return column.sql;
  if (words) return wordsSql(key, words, language);
  if (!names) return key;
  const [first, second] = language === 'hi' ? ['hi', 'en'] : ['en', 'hi'];
  return sql`coalesce(${sql.ref(`of_${id}.${first}`)}, ${sql.ref(`of_${id}.${second}`)})`;
}

function wordsSql(key: Sql, words: Readonly<Record<string, Bilingual>>, language: Language): Sql {
  const cases = Object.entries(words).map(
    ([value, text]) => sql`when ${sql.lit(value)} then ${sql.lit(pick(text, language))}`,
  );
  return sql`case (${key})::text ${spaced(cases)} else (${key})::text end`;
}

function nameJoin({ id, key, names }: Dimension): Sql {
  return sql`left join (${names}) ${sql.ref(`of_${id}`)} on ${sql.ref(`of_${id}.id`)} = (${key})::text`;
}

function joinSql(join: Join, { sight, range }: RowsWish): Sql {
  switch (join) {
    case 'person':
      return sql`join person p on p.person_id = r.person_id`;
    case 'office':
      return sql`join office o on o.office_id = r.office_id`;
    case 'course':
      return sql`left join course co on co.course_id = r.course_id`;
    case 'sight':
      return sight
        ? sql`left join (${sightSql(sight, inRange('held', range))}) sight on sight.person_id = r.person_id`
        : sql``;
  }
}

function wishOf({ office, asOf, from, sheetId, filters }: Asked) {
  const districts = filters.find(({ dimension }) => dimension.id === 'district')?.values;
  return { office, asOf, from, sheetId, districts };
}

/** Districts narrow the offices themselves, so that whoever is posted at several is found at the right one. */
function filtersSql(filters: Filters): Sql {
  const conditions = filters.flatMap(({ dimension, values }) => dimension.filter?.(values) ?? []);
  return conditions.length > 0 ? sql.join(conditions, sql` and `) : sql`true`;
}

type Used = {
  dimensions: readonly Dimension[];
  filters: Filters;
  columns?: readonly ListColumn[];
  sums: readonly string[];
};

function needsOf(subject: Subject, { dimensions, filters, columns = [], sums }: Used): Set<Need> {
  return new Set([
    ...dimensions.flatMap((one) => one.needs ?? []),
    ...filters.flatMap(({ dimension }) => dimension.needs ?? []),
    ...columns.flatMap((one) => one.needs ?? []),
    ...sums.flatMap((name) => subject.sums[name]?.needs ?? []),
  ]);
}

function commas(parts: readonly Sql[]): Sql {
  return sql.join(parts, sql`, `);
}

function spaced(parts: readonly Sql[]): Sql {
  return sql.join(parts, sql` `);
}

/** The same list as lines of a CSV file: text is guarded against formulas. */
export function csvLines(
  asked: Asked,
  chosen: readonly Chosen[],
  more: { language: Language; range?: Range },
): Sql {
  const list = listSql(asked, chosen, more);
  const columns = shownColumns(chosen, more.language).map((column, at) =>
    csvValue(sql.ref(`l.c${at + 1}`), column.type),
  );
  return sql`select ${commas(columns)} from (${list}) l`;
}

/** The same list as JSON arrays, with every cell as it is. */
export function jsonLines(
  asked: Asked,
  chosen: readonly Chosen[],
  more: { language: Language; range?: Range },
): Sql {
  const cells = chosen.map((_, at) => sql.ref(`l.c${at + 1}`));
  return sql`select json_build_array(${commas(cells)})::text from (${listSql(asked, chosen, more)}) l`;
}

export function firstRows(list: Sql, most: number): Sql {
  return sql`select * from (${list}) l limit ${sql.lit(most)}`;
}
