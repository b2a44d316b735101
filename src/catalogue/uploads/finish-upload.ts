import type { Ctx } from '../../kernel/context.ts';
import { Refusal } from '../../kernel/errors.ts';
import type { Storage } from '../../kernel/storage.ts';
import { fileDetails } from '../read-file.ts';
import { type SavedFile, saveFile } from '../save-file.ts';
import { discardUpload } from './discard-uploads.ts';
import { uploadProgress } from './own-upload.ts';
import { partialPath, readPartial, removePartial } from './partial-files.ts';
import { claimFinishing, noteFile, releaseFinishing } from './upload-store.ts';

const patienceMs = 10 * 60_000;

/**
 * Makes a file of what has come whole: examined and kept exactly like one that came at once. Asked again (the
 * answer was lost), it tells the same file. What is refused for its content is gone: sending on mends nothing.
 */
export async function finishUpload(ctx: Ctx, storage: Storage, uploadId: string): Promise<SavedFile> {
  const upload = await uploadProgress(ctx, uploadId);
  if (upload.fileId) return savedBefore(ctx, upload.fileId);
  if (upload.offset < upload.bytes) throw unfinished(upload.offset);
  await claim(ctx, uploadId);
  const path = partialPath(ctx.config, uploadId);
  try {
    const saved = await saveFile(ctx, storage, {
      source: readPartial(path),
      name: upload.name,
      alongside: (tx, fileId) => noteFile(tx, uploadId, fileId),
    });
    await removePartial(path);
    return saved;
  } catch (error) {
    if (error instanceof Refusal) await discardUpload(ctx, uploadId);
    else await ctx.db.transaction((tx) => releaseFinishing(tx, uploadId));
    throw error;
  }
}

async function savedBefore(ctx: Ctx, id: string): Promise<SavedFile> {
  const { fileId, contentType, bytes, name, durationSeconds, pageCount } = await fileDetails(ctx, id);
  return { fileId, contentType, bytes, name, durationSeconds, pageCount };
}

async function claim(ctx: Ctx, uploadId: string): Promise<void> {
  const now = ctx.clock.now();
  const times = { now, staleBefore: new Date(now.getTime() - patienceMs) };
  if (await ctx.db.transaction((tx) => claimFinishing(tx, uploadId, times))) return;
  throw new Refusal(
    'conflict',
    { hi: 'फ़ाइल की जाँच चल रही है।', en: 'The file is being examined.' },
    { reason: 'finishing' },
  );
}

function unfinished(offset: number): Refusal {
  return new Refusal(
    'conflict',
    { hi: 'फ़ाइल अभी पूरी नहीं पहुँची है।', en: 'The file has not come whole yet.' },
    { reason: 'unfinished', details: { offset } },
  );
}
