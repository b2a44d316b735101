import type { Ctx } from '../kernel/context.ts';
import type { Tx } from '../kernel/db.ts';
import {
  markFailed,
  markTakenUp,
  type StalledImport,
  stalledImports,
  workKey,
} from '../kernel/imports/index.ts';
import { addJob } from '../kernel/jobs.ts';

// An import that brings its worker down each time is not begun for ever.
const mostTries = 3;

/**
 * Takes up again what was left lying when its process was killed. A commit is one transaction: what the dead
 * worker had done of it is gone, so it can only be begun anew.
 */
export async function resumeImports(ctx: Ctx): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    for (const stalled of await stalledImports(tx)) await takeUp(tx, stalled);
  });
}

async function takeUp(tx: Tx, { importId, state, asked }: StalledImport): Promise<void> {
  if (state === 'receiving') return markFailed(tx, importId, cutOff);
  if (state === 'received' || !asked || asked.tries >= mostTries)
    return markFailed(tx, importId, interrupted);
  await markTakenUp(tx, importId);
  await addJob(tx, `imports:${asked.act}`, asked.payload, { maxAttempts: 1, key: workKey(importId) });
}

const cutOff = {
  code: 'cut_off',
  hi: 'फ़ाइल पूरी नहीं पहुँची। इसे फिर से भेजें।',
  en: 'The file did not arrive whole. Send it again.',
};
const interrupted = {
  code: 'interrupted',
  hi: 'काम बीच में रुक गया; कुछ भी लागू नहीं हुआ। फिर से प्रयास करें।',
  en: 'The work was interrupted; nothing was changed. Try again.',
};
