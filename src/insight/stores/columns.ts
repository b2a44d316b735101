import { type RawBuilder, sql } from 'kysely';
import { countedColumns } from '../vector.ts';

/** `registered, onboarded, …` */
export const columnNames: RawBuilder<unknown> = sql.raw(countedColumns.join(', '));

/** The columns' sums, each as a bigint under its own name. */
export function sumsOf(prefix = ''): RawBuilder<unknown> {
  return sql.raw(countedColumns.map((name) => `sum(${prefix}${name})::bigint as ${name}`).join(', '));
}

/** The columns with the opposite sign. */
export const negatedColumns: RawBuilder<unknown> = sql.raw(
  countedColumns.map((name) => `-${name}`).join(', '),
);

/** True where at least one of the named sums is not zero: for `having`. */
export const anySum: RawBuilder<boolean> = sql.raw(
  countedColumns.map((name) => `sum(${name}) <> 0`).join(' or '),
);

/** `x bigint, y bigint`: the columns of a recordset. */
export const typedColumns: RawBuilder<unknown> = sql.raw(
  countedColumns.map((name) => `${name} bigint`).join(', '),
);

/**
 * A row of the vector in which only the named columns differ from 0; the values are SQL. As integers: PostgreSQL
 * sums those in a bigint, but bigints in a numeric, at twice the cost.
 */
export function vectorOf(
  values: Partial<Record<(typeof countedColumns)[number], string>>,
): RawBuilder<unknown> {
  return sql.raw(countedColumns.map((name) => `(${values[name] ?? '0'})::integer`).join(', '));
}

/** The columns as narrow as they may be: whole numbers sum quickest, and only minutes outgrow them. */
export const narrowColumns: RawBuilder<unknown> = sql.raw(
  countedColumns.map((name) => (name.endsWith('minutes') ? name : `${name}::integer as ${name}`)).join(', '),
);

/** Their sums, as narrow. */
export const narrowSums: RawBuilder<unknown> = sql.raw(
  countedColumns
    .map((name) => `sum(${name})::${name.endsWith('minutes') ? 'bigint' : 'integer'} as ${name}`)
    .join(', '),
);
