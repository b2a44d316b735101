import { sql } from 'kysely';
import { plannedForMany } from '../../insight/index.ts';
import type { Day } from '../../kernel/dates.ts';
import type { Db, Reads, Tx } from '../../kernel/db.ts';
import type { FactsScope } from '../../kernel/facts.ts';
import {
  keptPostsSql,
  learningDigestColumns,
  learningDigestSql,
  personDigestColumns,
  personDigestSql,
} from './digest-sql.ts';
import { inRange } from './range.ts';
import type { Digests, Range, Sql } from './subject.ts';

/** Only who holds this lock writes digests: what he reads of the facts is then newer than what others have kept. */
const digestLock = 810_260_70;
const firstKey = '00000000-0000-0000-0000-000000000000';

/** Written with every change of facts. */
export async function writeTouched(tx: Tx, scope: FactsScope): Promise<void> {
  if ('table' in scope)
    await sql`insert into digest_touched (person_id) select distinct person_id from ${sql.id(scope.table)}
      where person_id is not null`.execute(tx);
  else if (scope.ids.length > 0)
    await sql`insert into digest_touched (person_id) select unnest(${scope.ids}::uuid[])`.execute(tx);
}

/** Facts were written past `changeFacts`: everybody is taken up again. Others wait to take up until the transaction ends. */
export async function forgetDigests(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${digestLock})`.execute(tx);
  await sql`delete from digest_state`.execute(tx);
}

/** What was done: so many persons taken up, or none since somebody else is at it. */
export type Taken = { persons: number; isBusy: boolean };

/** Takes up some: of everybody where that is not done yet, of those who were touched, or whose time is over. */
export async function takeSome(db: Db, today: Day, most: { atOnce: number; built: number }): Promise<Taken> {
  return db.longTransaction(async (tx) => {
    const locked = await sql<{
      mine: boolean;
    }>`select pg_try_advisory_xact_lock(${digestLock}) as mine`.execute(tx);
    if (!locked.rows[0]?.mine) return { persons: 0, isBusy: true };
    const built = await buildNext(tx, today, most.built);
    if (built !== undefined) return { persons: built, isBusy: false };
    const touched = await takeTouched(tx, most.atOnce);
    const ids = touched.length > 0 ? touched : await outdated(tx, today, most.atOnce);
    if (ids.length > 0) await replace(tx, { afterId: null, untilId: null, ids }, today);
    return { persons: ids.length, isBusy: false };
  });
}

/** Whether anything waits to be taken up; asked without a lock, and cheap. */
export async function isAnythingOpen(reads: Reads, today: Day): Promise<boolean> {
  const found = await sql<{ open: boolean }>`select exists (select from digest_touched)
      or not exists (select from digest_state where is_whole)
      or exists (select from person_digest where valid_until < ${today}::date) as open`.execute(reads);
  return found.rows[0]?.open ?? false;
}

/** The next of everybody, in the order of their keys; undefined where all are taken up. */
async function buildNext(tx: Tx, today: Day, most: number): Promise<number | undefined> {
  const state = await sql<{ builtTo: string; isWhole: boolean }>`
    select built_to as "builtTo", is_whole as "isWhole" from digest_state`.execute(tx);
  const { builtTo, isWhole } = state.rows[0] ?? { builtTo: firstKey, isWhole: false };
  if (isWhole) return undefined;
  const next = await sql<{ id: string }>`select person_id as id from person where person_id > ${builtTo}::uuid
    order by person_id offset ${most - 1} limit 1`.execute(tx);
  const untilId = next.rows[0]?.id ?? null;
  await plannedForMany(tx, () => replace(tx, { afterId: builtTo, untilId }, today));
  await sql`insert into digest_state (built_to, is_whole) values (${untilId ?? builtTo}, ${untilId === null})
    on conflict (is_only) do update set built_to = excluded.built_to, is_whole = excluded.is_whole`.execute(
    tx,
  );
  return most;
}

async function takeTouched(tx: Tx, most: number): Promise<string[]> {
  const taken = await sql<{ id: string }>`delete from digest_touched where digest_touched_id in (
      select digest_touched_id from digest_touched order by digest_touched_id limit ${most})
    returning person_id as id`.execute(tx);
  return [...new Set(taken.rows.map((row) => row.id))];
}

/** Those whose figures change by the day alone: a posting begins or ends. */
async function outdated(tx: Tx, today: Day, most: number): Promise<string[]> {
  const found = await sql<{ id: string }>`select person_id as id from person_digest
    where valid_until < ${today}::date limit ${most}`.execute(tx);
  return found.rows.map((row) => row.id);
}

async function replace(tx: Tx, range: Range, today: Day): Promise<void> {
  await sql`delete from learning_digest where ${inRange('learning_digest', range)}`.execute(tx);
  await sql`delete from person_digest where ${inRange('person_digest', range)}`.execute(tx);
  await sql`insert into person_digest (${personDigestColumns}) ${personDigestSql(range, today)}`.execute(tx);
  await sql`insert into learning_digest (${learningDigestColumns}) ${learningDigestSql(range, keptPostsSql(range))}`.execute(
    tx,
  );
}

/** So many whose digest does not say it are read from their facts beside the others; with more, everybody's are read. */
export const mostTouched = 5000;
const most = { touched: mostTouched, outdated: 20_000 };

/**
 * What a report may take from digests at the instant of `ask`; undefined where it must read the facts. Of past days
 * digests of completions say all, those of people only where nothing has happened to them since.
 */
export async function digestsAt(
  ask: (query: Sql) => Promise<unknown[][]>,
  { asOf, today, isOfPeople }: { asOf: Day; today: Day; isOfPeople: boolean },
): Promise<Digests | undefined> {
  const [whole] = await ask(sql`select 1 from digest_state where is_whole`);
  if (!whole) return undefined;
  const touched = (
    await ask(sql`select distinct person_id from digest_touched limit ${sql.lit(most.touched + 1)}`)
  ).map(String);
  if (touched.length > most.touched) return undefined;
  const [later] = await ask(laterSql(asOf, touched));
  const known = { touched, hasLater: later !== undefined };
  if (!isOfPeople) return { ...known, outdated: [] };
  const since = asOf < today ? sql`or valid_from > ${asOf}::date` : sql``;
  const outdated = await ask(sql`select person_id from person_digest
    where (valid_until < ${asOf}::date and valid_until < 'infinity') ${since} limit ${sql.lit(most.outdated + 1)}`);
  return outdated.length > most.outdated ? undefined : { ...known, outdated: outdated.map(String) };
}

function laterSql(asOf: Day, touched: readonly string[]): Sql {
  return sql`select 1 where exists (select from learning_digest where days[cardinality(days)] > ${asOf}::date)
    or exists (select from completion where person_id = any(${touched}::uuid[]) and completed_day > ${asOf}::date)`;
}

/** Of how many people a digest is not what the facts say now, of one instant; whoever waits to be taken up is left out. */
export async function differing(
  tx: Tx,
  ranges: readonly Range[],
  today: Day,
): Promise<{ learning: number; persons: number }> {
  const sums = { learning: 0, persons: 0 };
  for (const range of ranges)
    await plannedForMany(tx, async () => {
      sums.learning += await differingIn(tx, {
        kept: sql`select ${learningDigestColumns} from learning_digest kept where ${inRange('kept', range)}`,
        anew: learningDigestSql(range, keptPostsSql(range)),
        same: sql`kept.person_id = anew.person_id and kept.part = anew.part`,
      });
      sums.persons += await differingIn(tx, {
        kept: sql`select ${personDigestColumns} from person_digest kept
          where ${inRange('kept', range)} and valid_until >= ${today}::date`,
        anew: sql`select anew.* from (${personDigestSql(range, today)}) anew where not exists (
          select from person_digest late where late.person_id = anew.person_id and late.valid_until < ${today}::date
            and ${inRange('late', range)})`,
        same: sql`kept.person_id = anew.person_id`,
      });
    });
  return sums;
}

async function differingIn(
  tx: Tx,
  { kept, anew, same }: { kept: Sql; anew: Sql; same: Sql },
): Promise<number> {
  const found = await sql<{ people: number }>`select count(distinct person_id) as people from (
      select coalesce(kept.person_id, anew.person_id) as person_id
      from (${kept}) kept full join (${anew}) anew on ${same}
      where (kept.*) is distinct from (anew.*)
    ) either where person_id not in (select person_id from digest_touched)
      and exists (select from digest_state where is_whole)`.execute(tx);
  return found.rows[0]?.people ?? 0;
}
