import { sql } from 'kysely';
import type { Reads, Tx } from '../../kernel/db.ts';
import type { FactsScope } from '../../kernel/facts.ts';
import { isDue } from './builds.ts';
import type { PersonSource } from './standing-sql.ts';

/** Only who holds this lock writes standings and counters of orders. */
const settlingLock = 810_260_60;

export async function waitForSettling(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${settlingLock})`.execute(tx);
}

const publishingLock = 810_260_61;

/**
 * Taken before an order is put in force or everybody is counted again, until that is done: whoever freezes statements
 * waits for it, and it waits for who freezes. Before the other lock, since a freeze may come to settle somebody.
 */
export async function waitToPublish(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${publishingLock})`.execute(tx);
  await waitForSettling(tx);
}

/** Until the end of the transaction no order comes into force that is not there now, and no recount ends. */
export async function holdOrders(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(${publishingLock})`.execute(tx);
}

/** Whether everybody is to be counted again, or is being: standings in use are not those of the facts till then. */
export async function isRecounting(db: Reads | Tx): Promise<boolean> {
  const found = await sql<{ is: boolean }>`select exists (select from mandate_recount)
    or exists (select from mandate_build where mandate_id is null and finished_at is null) as is`.execute(db);
  return found.rows[0]?.is ?? false;
}

/** The same, asked for after an instant: one that fails again and again is no reason to wait for ever. */
export async function isRecountingSince(db: Reads | Tx, since: Date): Promise<boolean> {
  const found = await sql<{ is: boolean }>`select exists (select from mandate_recount)
    or exists (select from mandate_build
      where mandate_id is null and finished_at is null and asked_at > ${since}) as is`.execute(db);
  return found.rows[0]?.is ?? false;
}

/** Written with every change of facts, published orders or none: an order may be published at that very moment. */
export async function writeTouched(tx: Tx, scope: FactsScope): Promise<void> {
  if ('table' in scope)
    await sql`insert into mandate_touched (person_id) select distinct person_id from ${sql.id(scope.table)}
      where person_id is not null`.execute(tx);
  else if (scope.ids.length > 0)
    await sql`insert into mandate_touched (person_id) select unnest(${scope.ids}::uuid[])`.execute(tx);
}

/** Takes some away and tells whose they are; whoever takes them sees everything that touched them. */
export async function takeTouched(tx: Tx, most: number): Promise<{ personIds: string[]; taken: number }> {
  const taken = await sql<{ personId: string }>`delete from mandate_touched
    where ctid in (select ctid from mandate_touched limit ${most}) returning person_id as "personId"`.execute(
    tx,
  );
  return { personIds: [...new Set(taken.rows.map((row) => row.personId))], taken: taken.rows.length };
}

/** Of these, whose facts changed. */
export async function takeTouchedOf(tx: Tx, personIds: string[]): Promise<string[]> {
  const taken = await sql<{ personId: string }>`delete from mandate_touched
    where person_id = any(${personIds}::uuid[]) returning person_id as "personId"`.execute(tx);
  return [...new Set(taken.rows.map((row) => row.personId))];
}

/** Some persons by id, as a source of standings. */
export function theseOf(personIds: string[]): PersonSource {
  return sql`select unnest(${personIds}::uuid[]) as person_id`;
}

export type Waiting = { touched: boolean; many: boolean; recounts: boolean; builds: boolean };

/** Whether anything waits: changed persons, so many that counting everybody is quicker, whole orders, sheets in the making. */
export async function whatWaits(db: Reads | Tx, many: number): Promise<Waiting> {
  const found = await sql<Waiting>`select exists (select from mandate_touched) as touched,
    exists (select from mandate_touched offset ${many}) as many,
    exists (select from mandate_recount) as recounts,
    exists (select from mandate_build where ${isDue}) as builds`.execute(db);
  return found.rows[0] ?? { touched: false, many: false, recounts: false, builds: false };
}

export async function takeAllTouched(tx: Tx): Promise<void> {
  await sql`delete from mandate_touched`.execute(tx);
}

/** Asks for a recount of persons and sums, as a move of offices does. */
export async function askRecount(tx: Tx): Promise<void> {
  await sql`insert into mandate_recount (reason) values ('office.path')`.execute(tx);
}

/** Takes away what asked for a recount; `moved` where the tree of offices is another, and with it every sum. */
export async function takeRecounts(tx: Tx): Promise<{ moved: boolean }> {
  const taken = await sql<{ reason: string }>`delete from mandate_recount returning reason`.execute(tx);
  return { moved: taken.rows.some((row) => row.reason === 'office.path') };
}

/**
 * Rows written in the same transaction have no statistics yet; lakhs of them looped over within loops take
 * minutes where hashing takes seconds.
 */
export async function planForMany(tx: Tx): Promise<void> {
  await sql`select set_config('work_mem', '256MB', true), set_config('enable_nestloop', 'off', true),
    set_config('jit', 'off', true)`.execute(tx);
}

/** The other way round: some are looked up among lakhs, by their keys. */
export async function planForSome(tx: Tx): Promise<void> {
  await sql`select set_config('enable_nestloop', 'on', true)`.execute(tx);
}
