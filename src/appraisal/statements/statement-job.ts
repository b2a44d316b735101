import { audit } from '../../kernel/audit.ts';
import type { JobHandler } from '../../kernel/jobs.ts';
import { describeError } from '../../kernel/log.ts';
import { placeAll } from '../feed/read-feed.ts';
import { endJob, lockedJob, noteFault } from '../stores/jobs.ts';
import { runStatements } from './run-job.ts';

/** The worker's part. What goes wrong stands on the desk; after the last attempt the work has failed. */
export const statementJob: JobHandler = async (ctx, payload, attempt) => {
  const jobId = String(payload['jobId']);
  try {
    await runStatements(ctx, jobId);
    await placeAll(ctx, { untilMs: Number.POSITIVE_INFINITY });
  } catch (error) {
    const { code, error: name } = describeError(error);
    const failure = String(code ?? name);
    await ctx.db.transaction(async (tx) => {
      const job = await lockedJob(tx, jobId);
      if (job?.state !== 'waiting' && job?.state !== 'running') return;
      await noteFault(tx, { jobId, failure });
      if (!attempt?.isLast) return;
      await endJob(tx, { jobId, state: 'failed', at: ctx.clock.now() });
      const { officeId, made, done } = job;
      await audit(tx, ctx, {
        ...{ action: 'statement.job_failed', subjectKind: 'statement-job', subjectId: jobId, officeId },
        detail: { failure, made, done },
      });
    });
    throw error;
  }
};
