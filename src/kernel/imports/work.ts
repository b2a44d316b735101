import { sql } from 'kysely';
import type { Tx } from '../db.ts';
import type { ImportProblem, ImportState } from './store.ts';

export type ImportAct = 'check' | 'commit';

/** Work on an import that somebody asked for: what, how often it was begun, and what its job is told. */
export type AskedWork = { act: ImportAct; tries: number; payload: Record<string, unknown> };

/** The job of an import has this key: asked for again, it is not done twice. */
export const workKey = (importId: string) => `import:${importId}`;

const lockOf = (importId: unknown) => sql`hashtextextended(${importId}::text, 8102032)`;

/** Held while somebody works on an import, and let go by the database when he dies. */
export async function lockWork(tx: Tx, importId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(${lockOf(importId)})`.execute(tx);
}

/** Notes the work that is asked for; false where the import is under way, done, or has no rows any more. */
export async function markAsked(tx: Tx, importId: string, work: Omit<AskedWork, 'tries'>): Promise<boolean> {
  const asked = JSON.stringify({ ...work, tries: 1 });
  const done =
    await sql`update import set state = ${stateWhile(work.act)}, asked = ${asked}::jsonb, problem = null,
      changed_at = now()
    where import_id = ${importId} and has_staging and state in ('received', 'checked', 'failed')`.execute(tx);
  return (done.numAffectedRows ?? 0n) > 0n;
}

export function stateWhile(act: ImportAct): 'checking' | 'committing' {
  return act === 'check' ? 'checking' : 'committing';
}

export type StalledImport = { importId: string; state: ImportState; asked: AskedWork | null };

/**
 * Imports that are said to be under way while nobody works on them: their process was killed, or lost the
 * database. Nobody holds their lock, no job of theirs waits or has just been taken. A file on its way in is
 * given ten minutes beside what its reading holds.
 */
export async function stalledImports(tx: Tx): Promise<StalledImport[]> {
  const found = await sql<StalledImport>`
    with quiet as materialized (
      select import_id, state, asked from import
      where (state in ('checking', 'committing') and changed_at < now() - interval '30 seconds'
          or state in ('receiving', 'received') and changed_at < now() - interval '10 minutes')
        and not exists (select 1 from graphile_worker.jobs j where j.key = 'import:' || import_id
          and (j.locked_at is null and j.attempts < j.max_attempts or j.locked_at > now() - interval '30 seconds'))
        and not exists (select 1 from pg_locks l
          where l.relation = to_regclass('staging.import_' || replace(import_id::text, '-', ''))))
    select import_id as "importId", state, asked from quiet
    where pg_try_advisory_xact_lock(${lockOf(sql`import_id`)})`.execute(tx);
  return found.rows;
}

export async function markTakenUp(tx: Tx, importId: string): Promise<void> {
  await sql`update import set changed_at = now(), asked = asked || jsonb_build_object('tries', (asked ->> 'tries')::int + 1)
    where import_id = ${importId}`.execute(tx);
}

export async function markFailed(tx: Tx, importId: string, problem: ImportProblem): Promise<void> {
  await sql`update import set state = 'failed', problem = ${JSON.stringify(problem)}::jsonb, changed_at = now()
    where import_id = ${importId}`.execute(tx);
}
