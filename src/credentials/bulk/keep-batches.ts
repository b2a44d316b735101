import { audit } from '../../kernel/audit.ts';
import type { Ctx } from '../../kernel/context.ts';
import { todayInIndia } from '../../kernel/dates.ts';
import { type JobHandler, livingJobs } from '../../kernel/jobs.ts';
import type { Storage } from '../../kernel/storage.ts';
import { batchJobKey } from './ask-batch.ts';
import { endBatch, type Failure, forgetFile, openBatches } from './store.ts';

/**
 * Every few minutes: batches whose job nobody will begin again (its worker was killed at every try) are said to
 * have given up, and files whose days are over are removed.
 */
export function keepBatchesJob(storage: Storage): JobHandler {
  return async (ctx) => {
    const open = await openBatches(ctx.db.read);
    const living = await livingJobs(ctx.db.read, open.map(batchJobKey));
    for (const batchId of open)
      if (!living.has(batchJobKey(batchId))) await giveUp(ctx, batchId, 'interrupted');
    while (await removeOldFile(ctx, storage));
  };
}

export async function giveUp(ctx: Ctx, batchId: string, failure: Failure): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    if (!(await endBatch(tx, batchId, { state: 'failed', at: ctx.clock.now(), failure }))) return;
    await audit(tx, ctx, {
      action: 'certificate-batch.failed',
      subjectKind: 'certificate-batch',
      subjectId: batchId,
      detail: { failure },
    });
  });
}

/** Noted as gone first: a file that stays behind is better than a link to none. */
async function removeOldFile(ctx: Ctx, storage: Storage): Promise<boolean> {
  const gone = await ctx.db.transaction(async (tx) => {
    const found = await forgetFile(tx, todayInIndia(ctx.clock));
    if (found)
      await audit(tx, ctx, {
        action: 'certificate-batch.file-removed',
        subjectKind: 'certificate-batch',
        subjectId: found.batchId,
      });
    return found;
  });
  if (gone && !gone.isShared) await storage.remove(gone.key);
  return gone !== undefined;
}
