import { type RawBuilder, sql } from 'kysely';
import { inlined } from '../../kernel/inlined.ts';
import { moveRows, type Seat } from '../../kernel/one-instant.ts';

/**
 * Two transactions fill tables: one plans people in tables of its own and makes their rows, the other keeps them.
 * `frozen` tables were empty: their rows come in as old as a vacuum would make them.
 */
export type Filling = { writer: Seat; maker: Seat; frozen: readonly string[] };

/** Adds what the maker finds, in this order; `columns` are as the query gives them, of the very same types. */
export async function fill(
  { writer, maker, frozen }: Filling,
  into: { table: string; columns: string },
  rows: RawBuilder<unknown>,
): Promise<void> {
  const { table, columns } = into;
  const target = { seat: writer, table: `${table} (${columns})`, isFrozen: frozen.includes(table) };
  await moveRows(maker, inlined(maker.tx, rows), target);
}

/**
 * The maker's tables are unlogged ones of a schema that no one else will ever see: temporary ones would keep a second
 * process from making a part of the rows. A person's rows stay near those of his neighbours, not in one order.
 */
export async function setUpMaker({ tx }: Seat): Promise<void> {
  await sql`create schema making`.execute(tx);
  for (const setting of [
    'search_path = making, public',
    'parallel_setup_cost = 0',
    'parallel_tuple_cost = 0',
    'min_parallel_table_scan_size = 0',
    'max_parallel_workers_per_gather = 1',
  ])
    await sql`set local ${sql.raw(setting)}`.execute(tx);
}

/** Gives the maker tables of the writer's transaction, which are not to be seen from elsewhere. */
export async function handOver({ writer, maker }: Omit<Filling, 'frozen'>, tables: string[]): Promise<void> {
  for (const table of tables) {
    const found = await sql<{ columns: string }>`
      select string_agg(format('%I %s', attname, format_type(atttypid, atttypmod)), ', ' order by attnum) as columns
      from pg_attribute where attrelid = ${table}::regclass and attnum > 0 and not attisdropped`.execute(
      writer.tx,
    );
    const columns = sql.raw(found.rows[0]?.columns ?? '');
    await sql`create unlogged table ${sql.id(table)} (${columns})`.execute(maker.tx);
    await moveRows(writer, `select * from ${table}`, { seat: maker, table });
    await sql`analyze ${sql.id(table)}`.execute(maker.tx);
  }
}
