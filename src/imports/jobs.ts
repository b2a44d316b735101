import type { Actor, Ctx } from '../kernel/context.ts';
import { Refusal } from '../kernel/errors.ts';
import {
  checkImport,
  commitImport,
  dropStaging,
  type ImportResult,
  setImport,
  staleStagings,
} from '../kernel/imports/index.ts';
import type { Jobs } from '../kernel/jobs.ts';
import { addJob } from '../kernel/jobs.ts';

// A smaller file is done while the page is awaited; a longer one goes to the worker, and the page shows how far.
const longFileRows = 20_000;

type Work = { importId: string; act: 'check' | 'commit'; rows: number };

/** Looks at or commits a received file, at once or by the worker. */
export async function workOn(ctx: Ctx, { importId, act, rows }: Work): Promise<void> {
  if (rows <= longFileRows) {
    await (act === 'check' ? checkImport : commitImport)(ctx, importId);
    return;
  }
  await setImport(ctx.db, importId, { state: act === 'check' ? 'checking' : 'committing' });
  const payload = { importId, actor: ctx.actor, requestId: ctx.requestId, ip: ctx.ip };
  await ctx.db.transaction((tx) => addJob(tx, `imports:${act}`, payload, { maxAttempts: 1 }));
}

export function importJobs(): Jobs {
  return {
    'imports:check': (ctx, payload) => work(ctx, payload, checkImport),
    'imports:commit': (ctx, payload) => work(ctx, payload, commitImport),
    'imports:sweep': async (ctx) => {
      for (const importId of await staleStagings(ctx.db)) await dropStaging(ctx.db, importId);
    },
  };
}

type Payload = { importId: string; actor: Actor; requestId: string; ip: string | null };

/** As whoever asked for it, whose rights were looked at then and are again now. */
async function work(
  jobCtx: Ctx,
  payload: Record<string, unknown>,
  act: (ctx: Ctx, importId: string) => Promise<ImportResult>,
): Promise<void> {
  const { importId, actor, requestId, ip } = payload as Payload;
  try {
    await act({ ...jobCtx, actor, requestId, ip }, importId);
  } catch (error) {
    const isRefusal = error instanceof Refusal;
    const problem = isRefusal ? { code: error.reason, ...error.text } : failed;
    await setImport(jobCtx.db, importId, { state: 'failed', problem });
    if (!isRefusal) throw error;
  }
}

const failed = {
  code: 'internal',
  hi: 'सर्वर में त्रुटि हुई; कुछ भी लागू नहीं हुआ। फिर से प्रयास करें।',
  en: 'Something went wrong on the server; nothing was changed. Try again.',
};
