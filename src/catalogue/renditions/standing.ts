import { type Ctx, requireRole } from '../../kernel/context.ts';
import { ffmpegPath } from './kinds.ts';
import { type FailedCopy, failedCopies, type Standing, standingOf } from './standing-store.ts';

export type RecordingsStanding = Standing & { hasFfmpeg: boolean; failed: FailedCopy[] };

/** How far the lighter copies of recordings and the pages of PDFs are, and what failed; for operators. */
export async function recordingsStanding(ctx: Ctx): Promise<RecordingsStanding> {
  requireRole(ctx, ['operator']);
  const [standing, failed] = await Promise.all([standingOf(ctx), failedCopies(ctx)]);
  return { ...standing, failed, hasFfmpeg: ffmpegPath() !== undefined };
}
