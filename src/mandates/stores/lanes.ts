import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../kernel/db.ts';
import { liveSql, type PersonRange } from './live.ts';
import type { OrderRow } from './orders.ts';
import { statuses, stored } from './standings.ts';
import { atNodesSql, ownStepsSql } from './steps-sql.ts';

/** Two count a large sheet: each sums half of its people, and then writes the figures of half of its nodes. */
export type Lane = 0 | 1;
const lanes: readonly Lane[] = [0, 1];

// Not without a log: after the database's own fall one would be there and empty, and taken for done.
const stepsOf = (sheetId: string, lane: Lane) => `sheet_steps_${sheetId.replaceAll('-', '')}_${lane}`;

const written = 'written';

/**
 * For one at a time, until the end of the transaction; false where the sheet is counted or given up. Whoever waits
 * holds nothing that the other needs.
 */
export async function takeLane(tx: Tx, sheetId: string, lane: Lane): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${stepsOf(sheetId, lane)}, 0))`.execute(tx);
  const found = await sql<{ waits: boolean }>`select exists (select from mandate_build_sheet
    where sheet_id = ${sheetId} and counted_at is null) as waits`.execute(tx);
  return found.rows[0]?.waits ?? false;
}

/** What the people of a range add where they serve, kept for those who write figures; nothing where it is kept. */
export async function keepSteps(
  tx: Tx,
  order: OrderRow,
  { lane, range }: { lane: Lane; range: PersonRange },
): Promise<void> {
  const table = stepsOf(order.sheetId, lane);
  if (await isTrue(tx, sql`to_regclass(${table}) is not null`)) return;
  const standings = sql`select 1 as sign, ${stored} from mandate_sheet_standing
    where sheet_id = ${order.sheetId} and ${liveSql({ range }).within('mandate_sheet_standing')}`;
  await hashing(tx, () =>
    sql`create table ${sql.table(table)} as ${ownStepsSql(order, standings)}`.execute(tx),
  );
}

/** The figures of the lane's nodes, from the steps of all; nothing where they are written. */
export async function writeFigures(tx: Tx, { sheetId }: OrderRow, lane: Lane): Promise<void> {
  const isMine = (node: string) =>
    sql`(uuid_hash(${sql.ref(node)}) & 65535) % ${lanes.length}::integer = ${lane}::integer`;
  // Said of the lane's own steps, since a lane may have no node at all.
  const own = stepsOf(sheetId, lane);
  if (await isTrue(tx, sql`obj_description(to_regclass(${own}), 'pg_class') = ${written}`)) return;
  const kept = lanes.map((one) => sql`select * from ${sql.table(stepsOf(sheetId, one))}`);
  const steps = sql.join(kept, sql` union all `);
  await hashing(tx, () =>
    sql`create temporary table sheet_step on commit drop as
      with step as materialized (${steps}) ${atNodesSql(isMine('node'))}`.execute(tx),
  );
  await sql`insert into mandate_sheet_counter (sheet_id, office_id, day, ${statuses})
    select ${sheetId}, sheet_step.* from sheet_step order by office_id, day`.execute(tx);
  await sql`comment on table ${sql.table(own)} is ${sql.lit(written)}`.execute(tx);
}

/**
 * Also what a killed attempt has left. Nothing is dropped before both lanes are taken: who writes the figures of the one
 * reads the steps of the other, and would wait for who waits for him.
 */
export async function dropSteps(tx: Tx, sheetId: string): Promise<void> {
  for (const lane of lanes) await takeLane(tx, sheetId, lane);
  for (const lane of lanes) {
    await sql`drop table if exists ${sql.table(stepsOf(sheetId, lane))}`.execute(tx);
  }
}

async function isTrue(tx: Tx, condition: RawBuilder<unknown>): Promise<boolean> {
  const found = await sql<{ is: boolean }>`select ${condition} as is`.execute(tx);
  return found.rows[0]?.is ?? false;
}

/** The planner expects thousands of rows where there are lakhs, and would sort them all to sum them. */
export async function hashing(tx: Tx, work: () => Promise<unknown>): Promise<void> {
  await sql`select set_config('enable_sort', 'off', true)`.execute(tx);
  await work();
  await sql`select set_config('enable_sort', 'on', true)`.execute(tx);
}
