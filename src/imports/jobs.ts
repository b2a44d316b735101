import type { Ctx } from '../kernel/context.ts';
import { Refusal } from '../kernel/errors.ts';
import {
  checkImport,
  commitImport,
  dropStaging,
  type ImportAct,
  type ImportResult,
  importById,
  markAsked,
  setImport,
  staleStagings,
  stateWhile,
  workKey,
} from '../kernel/imports/index.ts';
import type { Jobs } from '../kernel/jobs.ts';
import { addJob, lasting } from '../kernel/jobs.ts';
import { type Asked, asAsked } from '../people/index.ts';
import { resumeImports } from './resume-imports.ts';

// A smaller file is done while the page is awaited; a longer one goes to the worker, and the page shows how far.
const longFileRows = 20_000;

type Work = { importId: string; act: ImportAct; rows: number };

/** Looks at or commits a received file, at once or by the worker; one that is under way already goes on. */
export async function workOn(ctx: Ctx, { importId, act, rows }: Work): Promise<void> {
  if (rows <= longFileRows) {
    await run(act)(ctx, importId);
    return;
  }
  const payload = { importId, actor: ctx.actor, requestId: ctx.requestId, ip: ctx.ip };
  await ctx.db.transaction(async (tx) => {
    if (await markAsked(tx, importId, { act, payload }))
      await addJob(tx, `imports:${act}`, payload, { maxAttempts: 1, key: workKey(importId) });
  });
}

export function importJobs(): Jobs {
  return {
    'imports:check': lasting((ctx, payload) => work(ctx, payload, 'check')),
    'imports:commit': lasting((ctx, payload) => work(ctx, payload, 'commit')),
    'imports:resume': resumeImports,
    'imports:sweep': async (ctx) => {
      for (const importId of await staleStagings(ctx.db)) await dropStaging(ctx.db, importId);
    },
  };
}

type Payload = Asked & { importId: string };

/** As whoever asked for it, whose rights were looked at then and are again now. */
async function work(jobCtx: Ctx, payload: Record<string, unknown>, act: ImportAct): Promise<void> {
  const { importId, ...asked } = payload as Payload;
  // What was put away meanwhile, or done by another worker, is no longer asked for.
  if ((await importById(jobCtx.db.read, importId))?.state !== stateWhile(act)) return;
  try {
    await run(act)(await asAsked(jobCtx, asked), importId);
  } catch (error) {
    const isRefusal = error instanceof Refusal;
    const problem = isRefusal ? { code: error.reason, ...error.text } : failed;
    await setImport(jobCtx.db, importId, { state: 'failed', problem });
    if (!isRefusal) throw error;
  }
}

function run(act: ImportAct): (ctx: Ctx, importId: string) => Promise<ImportResult> {
  return act === 'check' ? checkImport : commitImport;
}

const failed = {
  code: 'internal',
  hi: 'सर्वर में त्रुटि हुई; कुछ भी लागू नहीं हुआ। फिर से प्रयास करें।',
  en: 'Something went wrong on the server; nothing was changed. Try again.',
};
