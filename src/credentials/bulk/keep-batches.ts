import { audit } from '../../kernel/audit.ts';
import { type BatchKeeper, type Failure, keepBatches } from '../../kernel/batch-files.ts';
import type { Ctx } from '../../kernel/context.ts';
import type { JobHandler } from '../../kernel/jobs.ts';
import type { Storage } from '../../kernel/storage.ts';
import { batchJobKey } from './ask-batch.ts';
import { endBatch, forgetFile, openBatches } from './store.ts';

export function keepBatchesJob(storage: Storage): JobHandler {
  return keepBatches(storage, keeper);
}

const keeper: BatchKeeper = {
  open: (ctx) => openBatches(ctx.db.read),
  jobKey: batchJobKey,
  giveUp,
  forget: forgetFile,
  forgotten: { action: 'certificate-batch.file-removed', subjectKind: 'certificate-batch' },
};

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
