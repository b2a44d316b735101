import { sql } from 'kysely';
import type { Reads, Tx } from '../../kernel/db.ts';
import { afterFilling } from '../../kernel/one-instant.ts';
import { columnNames, sumsOf } from './columns.ts';
import { addToCounters, foldLock, plannedForMany } from './deltas.ts';
import { keepNodeDays } from './node-days.ts';
import { fallsTo, type SeatNumber } from './residuals.ts';
import { type KeyRange, seeingOnly } from './seeing-only.ts';
import type { PersonSource } from './timeline.ts';

/** First in its transaction. */
export async function recount(tx: Tx): Promise<void> {
  await holdCounters(tx);
  await countAnew(tx);
}

/** First in its transaction; nothing where somebody has counted everything while the lock was waited for. */
export async function recountWhereWanted(tx: Tx): Promise<void> {
  await holdCounters(tx);
  if (await isRecountWanted(tx)) await countAnew(tx);
}

/** The lock on the table keeps folding away and is had before the instant is fixed. */
async function holdCounters(tx: Tx): Promise<void> {
  await sql`set transaction isolation level repeatable read`.execute(tx);
  await sql.raw(afterFilling).execute(tx);
  await sql`lock table office_counter in exclusive mode`.execute(tx);
}

async function countAnew(tx: Tx): Promise<void> {
  await sql`delete from counter_delta`.execute(tx);
  await sql`delete from office_counter`.execute(tx);
  await addPersons(tx, sql`select person_id from person`);
  await noteCounted(tx);
}

/** In the transaction that writes them: should nobody count these persons, the next start counts everything. */
export async function noteUncounted(tx: Tx): Promise<void> {
  await sql`insert into installation_fact (name, value) values (${wanted}, '{}') on conflict (name) do nothing`.execute(
    tx,
  );
}

/** Nothing is left to be counted: neither everything nor what portions had in common. */
async function noteCounted(tx: Tx): Promise<void> {
  await dropCommon(tx);
  await sql`delete from installation_fact where name = ${wanted}`.execute(tx);
}

/**
 * Adds persons whom no counter has seen; without deltas, which would have to be written, read and deleted. Several
 * may do so at once, of other keys; whoever folds waits, what is read meanwhile is right. False where somebody has
 * counted everything since.
 */
export async function countNew(tx: Tx, range: KeyRange): Promise<boolean> {
  if (!(await holdFolding(tx))) return false;
  await seeingOnly(tx, range, () =>
    plannedForMany(tx, () => keepNodeDays(tx, sql`select person_id from person`)),
  );
  const rows = sql`select office_id, day, ${columnNames} from node_day left join office using (office_id)
    where coalesce(cardinality(office.path), 0)`;
  await plannedForMany(tx, async () => {
    await addToCounters(tx, sql`${rows} > ${sharedLevels}::integer`);
    await sql`insert into ${sql.table(common)} ${rows} <= ${sharedLevels}::integer`.execute(tx);
  });
  await sql`drop table node_day`.execute(tx);
  return true;
}

/** Whoever folds waits until the transaction ends. False where somebody has counted everything since. */
async function holdFolding(tx: Tx): Promise<boolean> {
  await sql`select pg_advisory_xact_lock_shared(${foldLock})`.execute(tx);
  await sql`lock table office_counter in row exclusive mode`.execute(tx);
  return isRecountWanted(tx);
}

/**
 * What several portions have in common (areas, classes, the upper offices), kept aside until all are counted: as
 * many versions of the same counters as there are portions would be left behind otherwise.
 */
const common = 'counting_in_common';
const sharedLevels = 3;

export async function beginCounting(tx: Tx): Promise<void> {
  await dropCommon(tx);
  await sql`create unlogged table ${sql.table(common)} as
    select office_id, day, ${columnNames} from office_counter with no data`.execute(tx);
}

async function dropCommon(tx: Tx): Promise<void> {
  await sql`drop table if exists ${sql.table(common)}`.execute(tx);
}

/** Adds what portions had in common, of the nodes that fall to a seat; several may do so at once. As `countNew` else. */
export async function addCommon(tx: Tx, seat: SeatNumber): Promise<void> {
  if (!(await holdFolding(tx))) return;
  await plannedForMany(tx, () =>
    addToCounters(
      tx,
      sql`select office_id, day, ${sumsOf()} from ${sql.table(common)}
        where ${sql.raw(fallsTo('office_id', seat))} group by 1, 2`,
    ),
  );
}

/** The last step: until it, a start counts everything again. Whoever does so just then is waited for. */
export async function endCounting(tx: Tx): Promise<void> {
  await holdFolding(tx);
  await noteCounted(tx);
}

async function addPersons(tx: Tx, source: PersonSource): Promise<void> {
  await plannedForMany(tx, async () => {
    await keepNodeDays(tx, source);
    await addToCounters(tx, sql`select office_id, day, ${columnNames} from node_day`);
  });
  await sql`drop table node_day`.execute(tx);
}

const wanted = 'counters_wanted';

/** Whether a migration changed what is counted, so that everything is to be counted again. */
export async function isRecountWanted(db: Reads | Tx): Promise<boolean> {
  const found = await sql`select 1 from installation_fact where name = ${wanted}`.execute(db);
  return found.rows.length > 0;
}
