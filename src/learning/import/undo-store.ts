import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../kernel/db.ts';
import type { Dependent, ImportRun } from '../../kernel/imports/index.ts';

export function touchedCompletions(run: ImportRun): RawBuilder<unknown> {
  return sql`select completion_id from completion where import_id = ${run.importId}
    union all select thing_id from import_change where import_id = ${run.importId}`;
}

export async function handMatches(tx: Tx, run: ImportRun): Promise<Dependent[]> {
  const found =
    await sql<Dependent>`select 'match' as kind, coalesce(p.employee_code, u.line::text) as name, 1 as count
    from import_unmatched u left join person p using (person_id)
    where u.import_id = ${run.importId} and u.state = 'matched' order by u.line limit 100`.execute(tx);
  return found.rows;
}

export async function gatherReturning(tx: Tx, run: ImportRun): Promise<void> {
  await sql`create temp table ru_touched on commit drop as
    select person_id from completion where import_id = ${run.importId} and voided_at is null
    union select person_id from import_change where import_id = ${run.importId} and person_id is not null`.execute(
    tx,
  );
  await sql`alter table ru_touched add primary key (person_id)`.execute(tx);
  await sql`analyze ru_touched`.execute(tx);
}

export async function restoreCompletions(tx: Tx, run: ImportRun): Promise<void> {
  await sql`update completion set voided_at = now(), void_reason = 'import undone'
    where import_id = ${run.importId} and voided_at is null`.execute(tx);
  // Unless the same day has been recorded anew since.
  await sql`update completion c set voided_at = null, void_reason = null from import_change j
    where j.import_id = ${run.importId} and j.thing = 'completion' and c.person_id = j.person_id
      and c.completion_id = j.thing_id and not exists (select 1 from completion same
        where same.person_id = c.person_id and same.course_id = c.course_id
          and same.completed_day = c.completed_day and same.voided_at is null)`.execute(tx);
}

export async function withdrawWaiting(tx: Tx, run: ImportRun): Promise<void> {
  await sql`update import_unmatched set state = 'withdrawn', decided_at = now()
    where import_id = ${run.importId} and state = 'open'`.execute(tx);
}

/** Rows that this file had settled wait again, where the file that they came with still holds. */
export async function reopenSettled(tx: Tx, run: ImportRun): Promise<void> {
  await sql`update import_unmatched u set state = 'open', decided_at = null, person_id = null
    from import_change j, import own
    where j.import_id = ${run.importId} and j.thing = 'unmatched' and u.import_unmatched_id = j.thing_id
      and u.state = 'withdrawn' and own.import_id = u.import_id and own.state = 'committed'
      and not exists (select 1 from import_unmatched same where same.given_key = u.given_key and same.state = 'open')`.execute(
    tx,
  );
}
