import { sql } from 'kysely';
import { sightSql } from '../../insight/index.ts';
import { type Language, pick } from '../../kernel/i18n.ts';
import { type Asked, commas, filtersSql, needsOf, spaced, wishOf } from './asked.ts';
import { inRange } from './range.ts';
import { csvValue } from './reader.ts';
import { wordsSql } from './said.ts';
import type { ColumnType, Dimension, Join, ListColumn, Range, RowsWish, Sql, Subject } from './subject.ts';

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
  if (column) return column.sql(language);
  if (words) return wordsSql(key, words, language);
  if (!names) return key;
  const [first, second] = language === 'hi' ? ['hi', 'en'] : ['en', 'hi'];
  return sql`coalesce(${sql.ref(`of_${id}.${first}`)}, ${sql.ref(`of_${id}.${second}`)})`;
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
