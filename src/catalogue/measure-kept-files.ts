import type { Ctx } from '../kernel/context.ts';
import { addJob } from '../kernel/jobs.ts';
import type { Storage } from '../kernel/storage.ts';
import { examine } from './examine.ts';
import { markExamined, unexaminedFiles } from './stores/kept-files.ts';

const atOnce = 50;

/**
 * Measures recordings and PDFs that were kept before Daksh measured them. Versions that are published stay as they are;
 * a draft follows at its publication. Repeated, it goes on with those that are left.
 */
export async function measureKeptFiles(ctx: Ctx, storage: Storage): Promise<number> {
  const files = await unexaminedFiles(ctx, atOnce);
  for (const file of files) {
    const seen = await examine(ctx, storage, file).catch(() => undefined);
    const { durationSeconds = null, pageCount = null, pagesFault = null } = seen ?? {};
    await ctx.db.transaction(async (tx) => {
      await markExamined(tx, { ...file, durationSeconds, pageCount, pagesFault }, ctx.clock.now());
      if (pageCount) await addJob(tx, 'catalogue:draw-pages', { fileId: file.fileId }, { maxAttempts: 3 });
    });
  }
  return files.length;
}
