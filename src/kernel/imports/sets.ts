import { randomInt } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../db.ts';
import type { Bilingual } from '../i18n.ts';
import { newId } from '../ids.ts';
import { faultWords } from './faults.ts';
import type { ImportCounts, ImportKind, ImportRun, SampleRow } from './kind.ts';

/** The staged rows, and the rows refused so far by the comparison, as SQL. */
export function rowsOf(run: ImportRun): RawBuilder<unknown> {
  return sql.raw(run.rowTable);
}

/** Refuses rows: `found` selects `(line, fault)`. Returns how many were new. */
export async function refuseRows(tx: Tx, run: ImportRun, found: RawBuilder<unknown>): Promise<number> {
  const added = await sql`insert into ${sql.raw(run.faultTable)} (line, fault) ${found}`.execute(tx);
  return Number(added.numAffectedRows ?? 0);
}

/** SQL for "the comparison has refused this line"; `line` is an SQL expression. */
export function isRefused(run: ImportRun, line: string): RawBuilder<boolean> {
  return sql<boolean>`exists (select 1 from ${sql.raw(run.faultTable)} f where f.line = ${sql.raw(line)})`;
}

/** Begins a comparison anew: nothing is refused yet. */
export async function forgetRefusals(tx: Tx, run: ImportRun): Promise<void> {
  await sql`delete from ${sql.raw(run.faultTable)}`.execute(tx);
}

/** For `ImportRun.id`: two million random numbers from the system would take longer than the rows. */
export function idSeries(): ImportRun['id'] {
  const series = new Map<string, { prefix: string; start: number }>();
  return (name, count) => {
    const { prefix, start } = series.get(name) ?? { prefix: newId().slice(0, 24), start: randomInt(2 ** 47) };
    series.set(name, { prefix, start });
    return sql.raw<string>(`('${prefix}' || lpad(to_hex(${start} + ${count}), 12, '0'))::uuid`);
  };
}

/** How many rows were refused, by the reading or by the comparison. */
export async function countRefused(tx: Tx, run: ImportRun): Promise<{ rows: number; rejected: number }> {
  const found = await sql<{ count: number }>`select count(distinct line) as count
    from ${sql.raw(run.faultTable)}`.execute(tx);
  return { rows: run.rows, rejected: run.unreadable + (found.rows[0]?.count ?? 0) };
}

/**
 * For a temporary table of rows by `code`: of several for one code the first counts, and one that gives
 * another value in a column of `given` is refused; a repetition is not.
 */
export function contradictions(
  run: ImportRun,
  rows: { table: string; given: readonly string[] },
): RawBuilder<unknown> {
  const differs = rows.given.map(
    (name) => `(r.${name} is not null and r.${name} is distinct from f.${name})`,
  );
  const table = sql.raw(rows.table);
  return sql`select r.line, 'contradicts' from ${table} r
    join (select distinct on (code) * from ${table} order by code, line) f on f.code = r.code and f.line < r.line
    where (${sql.raw(differs.join(' or '))}) and not ${isRefused(run, 'r.line')}`;
}

/** The counts of a comparison whose temporary table says of each row that is taken what its `outcome` is. */
export async function countOutcomes(tx: Tx, run: ImportRun, table: string): Promise<ImportCounts> {
  const { rows, rejected } = await countRefused(tx, run);
  const found = await sql<{ added: number; changed: number }>`select
    count(*) filter (where outcome = 'added') as added, count(*) filter (where outcome = 'changed') as changed
    from ${sql.raw(table)}`.execute(tx);
  const { added = 0, changed = 0 } = found.rows[0] ?? {};
  return { rows, added, changed, unchanged: rows - rejected - added - changed, ended: 0, rejected };
}

export const sampleSize = 50;

/** The first refused rows with their reasons, for the page. `title` and `detail` are SQL over row `s`. */
export async function refusedSample(
  tx: Tx,
  run: ImportRun,
  kind: Pick<ImportKind, 'faults'> & { title: string; detail: string },
): Promise<SampleRow[]> {
  const found = await sql<{ line: number; fault: string; title: string; detail: string }>`
    with refused as (
      select line, string_agg(fault, '|') as fault from (
        select line, fault from ${rowsOf(run)} where fault is not null
        union all select line, fault from ${sql.raw(run.faultTable)}) f
      group by line order by line limit ${sampleSize})
    select r.line, r.fault, coalesce(${sql.raw(kind.title)}, '') as title, coalesce(${sql.raw(kind.detail)}, '') as detail
    from refused r join ${rowsOf(run)} s using (line) order by r.line`.execute(tx);
  return found.rows.map(({ line, fault, title, detail }) => ({
    line,
    title,
    detail,
    reason: reasonOf(fault, kind.faults),
  }));
}

function reasonOf(fault: string, words: ImportKind['faults']): Bilingual {
  return faultWords(fault, words);
}

/** Keeps what rows were before and are after, for the undo: `found` selects thing_id, person_id, what, before, after. */
export async function journal(
  tx: Tx,
  run: Pick<ImportRun, 'importId'>,
  entry: { thing: string; found: RawBuilder<unknown> },
): Promise<void> {
  await sql`insert into import_change (import_id, thing, thing_id, person_id, what, before, after)
    select ${run.importId}::uuid, ${entry.thing}, j.* from (${entry.found}) j (thing_id, person_id, what, before, after)`.execute(
    tx,
  );
}

/** Later imports, still in force, that changed one of these things: they stand in the way of an undo. */
export async function laterImports(
  tx: Tx,
  run: Pick<ImportRun, 'importId'>,
  things: RawBuilder<unknown>,
): Promise<{ kind: string; name: string; count: number }[]> {
  const found = await sql<{ name: string; count: number }>`
    select later.import_id::text as name, count(distinct c.thing_id) as count
    from import_change c join import later on later.import_id = c.import_id,
      (select committed_at from import where import_id = ${run.importId}) this
    where c.thing_id in (${things}) and c.import_id <> ${run.importId}
      and later.state = 'committed' and later.committed_at > this.committed_at
    group by later.import_id, later.committed_at order by later.committed_at`.execute(tx);
  return found.rows.map((row) => ({ kind: 'import', ...row }));
}
