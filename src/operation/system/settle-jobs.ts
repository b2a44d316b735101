import { sql } from 'kysely';
import { type AuditEntry, audit } from '../../kernel/audit.ts';
import { type Ctx, requireRole } from '../../kernel/context.ts';
import type { Tx } from '../../kernel/db.ts';
import { notFound } from '../../kernel/errors.ts';

/** Jobs of a task that gave up begin again, with all their tries. Returns how many. */
export function retryJobs(ctx: Ctx, task: string): Promise<number> {
  requireRole(ctx, ['operator']);
  return ctx.db.transaction(async (tx) => {
    const ids = await failedJobs(tx, task);
    await sql`select graphile_worker.reschedule_jobs(${ids}::bigint[], run_at => now(), attempts => 0)`.execute(
      tx,
    );
    await audit(tx, ctx, { action: 'jobs.retried', ...aboutJobs(task, ids) });
    return ids.length;
  });
}

/** Jobs of a task that gave up leave the queue; what they were to do is not done. Returns how many. */
export function dropJobs(ctx: Ctx, task: string): Promise<number> {
  requireRole(ctx, ['operator']);
  return ctx.db.transaction(async (tx) => {
    const ids = await failedJobs(tx, task);
    await sql`select graphile_worker.complete_jobs(${ids}::bigint[])`.execute(tx);
    await audit(tx, ctx, { action: 'jobs.dropped', ...aboutJobs(task, ids) });
    return ids.length;
  });
}

/** Whoever settles them at the same time leaves nothing to the second. */
async function failedJobs(tx: Tx, task: string): Promise<number[]> {
  const found = await sql<{ id: number }>`select job.id from graphile_worker._private_jobs job
    join graphile_worker._private_tasks task on task.id = job.task_id
    where task.identifier = ${task} and job.attempts >= job.max_attempts and job.locked_at is null
    order by job.id for update of job skip locked`.execute(tx);
  if (found.rows.length === 0) throw notFound();
  return found.rows.map(({ id }) => id);
}

function aboutJobs(task: string, ids: number[]): Omit<AuditEntry, 'action'> {
  return { subjectKind: 'task', subjectId: task, detail: { count: ids.length } };
}
