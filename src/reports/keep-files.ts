import { audit } from '../kernel/audit.ts';
import { fileDays, keepBatches, removeMade } from '../kernel/batch-files.ts';
import type { Ctx } from '../kernel/context.ts';
import type { JobHandler } from '../kernel/jobs.ts';
import type { Storage } from '../kernel/storage.ts';
import { runJobKey } from './ask-run.ts';
import { dropParts, endedWithParts, endRun, forgetOld, openRuns, type RunFailure } from './stores/runs.ts';

const dayMs = 86_400_000;

/** Every few minutes: runs that nobody will begin again are given up; files and portions whose days are over go. */
export function keepFilesJob(storage: Storage): JobHandler {
  const keep = keepBatches(storage, {
    open: (ctx) => openRuns(ctx.db.read),
    jobKey: runJobKey,
    giveUp,
    forget: forgetOld,
    forgotten: { action: 'report_file.removed', subjectKind: 'report-file' },
  });
  return async (ctx, payload) => {
    await keep(ctx, payload);
    // A failed run may be begun again for some days, and goes on after its portions.
    const before = new Date(ctx.clock.now().getTime() - fileDays * dayMs);
    for (const runId of await endedWithParts(ctx.db.read, before)) await sweepParts(ctx, runId, storage);
  };
}

export async function giveUp(ctx: Ctx, runId: string, failure: RunFailure): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    if (!(await endRun(tx, runId, { state: 'failed', at: ctx.clock.now(), failure }))) return;
    await audit(tx, ctx, {
      action: 'report_file.failed',
      subjectKind: 'report-file',
      subjectId: runId,
      detail: { failure },
    });
  });
}

/** Removed before the names are gone for others to see: no file stays that no row names, and none is named that is gone. */
export async function sweepParts(ctx: Ctx, runId: string, storage: Storage): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    for (const key of await dropParts(tx, runId)) await removeMade(tx, storage, key);
  });
}
