import type { Ctx } from '../kernel/context.ts';
import type { Storage } from '../kernel/storage.ts';
import { examine } from './save-file.ts';
import { markExamined, unexaminedFiles } from './stores/kept-files.ts';

const atOnce = 50;

/**
 * Measures recordings that were kept before Daksh measured them. Versions that are published stay as they are;
 * a draft follows at its publication. Repeated, it goes on with those that are left.
 */
export async function measureKeptFiles(ctx: Ctx, storage: Storage): Promise<number> {
  const files = await unexaminedFiles(ctx, atOnce);
  for (const file of files) {
    const seen = await examine(storage, file).catch(() => undefined);
    await ctx.db.transaction((tx) =>
      markExamined(tx, { ...file, durationSeconds: seen?.durationSeconds ?? null }, ctx.clock.now()),
    );
  }
  return files.length;
}
