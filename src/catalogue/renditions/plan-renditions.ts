import { audit } from '../../kernel/audit.ts';
import { type Ctx, requireRole } from '../../kernel/context.ts';
import type { Tx } from '../../kernel/db.ts';
import { notFound, Refusal } from '../../kernel/errors.ts';
import { addJob } from '../../kernel/jobs.ts';
import { authorRoles } from '../policy.ts';
import { fileDetails } from '../read-file.ts';
import { ffmpegPath, kindsFor } from './kinds.ts';
import {
  failedToWaiting,
  insertWaiting,
  markPlanned,
  stalledFiles,
  unplannedFiles,
} from './rendition-store.ts';

export type Recording = {
  fileId: string;
  contentType: string;
  bytes: number;
  durationSeconds: number | null;
};

/** Where no ffmpeg is, nothing waits for it: the recording is played as it is, until one is there. */
export async function planRenditions(tx: Tx, file: Recording, now: Date): Promise<boolean> {
  if (!ffmpegPath()) return false;
  const kinds = kindsFor(file);
  await markPlanned(tx, [file.fileId], now);
  if (kinds.length === 0) return false;
  await insertWaiting(tx, file.fileId, { kinds, now });
  await queue(tx, file.fileId);
  return true;
}

const atOnce = 100;
/** A copy on which nothing was noted for so long is not being made: its process was killed, or ffmpeg was gone. */
const stalledMs = 4 * 3_600_000;

/**
 * Sees to recordings that were kept before this machine had ffmpeg, and to those whose copies lie unfinished.
 * Repeated until it answers 0.
 */
export async function planMissingRenditions(ctx: Ctx): Promise<number> {
  if (!ffmpegPath()) return 0;
  const now = ctx.clock.now();
  return ctx.db.transaction(async (tx) => {
    const files = await unplannedFiles(tx, atOnce);
    for (const file of files) await planRenditions(tx, file, now);
    const stalled = await stalledFiles(tx, {
      before: new Date(now.getTime() - stalledMs),
      now,
      limit: atOnce,
    });
    for (const fileId of stalled) await queue(tx, fileId);
    return files.length + stalled.length;
  });
}

/** Tries again what failed, for an author of the file's office. */
export async function retryRenditions(ctx: Ctx, fileId: string): Promise<void> {
  requireRole(ctx, [...authorRoles, 'operator']);
  if (ctx.actor.kind !== 'person' || !ctx.actor.grants.some((grant) => grant.role === 'operator'))
    await fileDetails(ctx, fileId);
  if (!ffmpegPath()) throw noFfmpeg();
  await ctx.db.transaction(async (tx) => {
    if (!(await failedToWaiting(tx, fileId, ctx.clock.now()))) throw notFound();
    await queue(tx, fileId);
    await audit(tx, ctx, { action: 'file.renditions_retried', subjectKind: 'file', subjectId: fileId });
  });
}

/** One job a file: asked for twice, it is done once. */
async function queue(tx: Tx, fileId: string): Promise<void> {
  await addJob(tx, 'catalogue:make-renditions', { fileId }, { maxAttempts: 3, key: `renditions:${fileId}` });
}

function noFfmpeg(): Refusal {
  return new Refusal(
    'conflict',
    {
      hi: 'सर्वर पर ffmpeg नहीं है, इसलिए हल्का रूप अभी नहीं बन सकता। मूल फ़ाइल चलती है।',
      en: 'The server has no ffmpeg, so no lighter copy can be made now. The original plays.',
    },
    { reason: 'no_ffmpeg' },
  );
}
