import { sql } from 'kysely';
import type { Dimension, ListColumn, Need, RowsWish, Sql, Subject } from './subject.ts';

export type Filters = readonly { dimension: Dimension; values: readonly string[] }[];

export type Asked = Pick<RowsWish, 'office' | 'asOf' | 'from' | 'sheetId' | 'sight'> & {
  subject: Subject;
  filters: Filters;
};

export function wishOf({ office, asOf, from, sheetId, filters }: Asked) {
  const areas = filters.flatMap(({ dimension: { area: kind }, values: codes }) =>
    kind ? [{ kind, codes }] : [],
  );
  return { office, asOf, from, sheetId, areas };
}

/** Areas narrow the offices themselves, so that whoever is posted at several is found at the right one. */
export function filtersSql(filters: Filters): Sql {
  return every(filters.flatMap(({ dimension, values }) => dimension.filter?.(values) ?? []));
}

export function every(conditions: readonly Sql[]): Sql {
  return conditions.length > 0 ? sql.join(conditions, sql` and `) : sql`true`;
}

type Used = {
  dimensions: readonly Dimension[];
  filters: Filters;
  columns?: readonly ListColumn[];
  sums: readonly string[];
};

export function needsOf(subject: Subject, { dimensions, filters, columns = [], sums }: Used): Set<Need> {
  return new Set([
    ...dimensions.flatMap((one) => one.needs ?? []),
    ...filters.flatMap(({ dimension }) => dimension.needs ?? []),
    ...columns.flatMap((one) => one.needs ?? []),
    ...sums.flatMap((name) => subject.sums[name]?.needs ?? []),
  ]);
}

export function commas(parts: readonly Sql[]): Sql {
  return sql.join(parts, sql`, `);
}

export function spaced(parts: readonly Sql[]): Sql {
  return sql.join(parts, sql` `);
}
