import { text } from 'node:stream/consumers';
import type { Ctx } from '../kernel/context.ts';
import { notFound } from '../kernel/errors.ts';
import type { Storage } from '../kernel/storage.ts';
import { fileDetails } from './read-file.ts';
import { fileById } from './stores/files.ts';
import { transcriptOf } from './web-vtt.ts';

/** What the captions of a lesson say, for its transcript; for whoever may see the file. */
export async function transcriptFromCaptions(ctx: Ctx, storage: Storage, fileId: string): Promise<string> {
  await fileDetails(ctx, fileId);
  const file = await fileById(ctx, fileId);
  if (file?.contentType !== 'text/vtt') throw notFound();
  return transcriptOf(await text(await storage.open(file.storageKey)));
}
