import type { Ctx } from '../kernel/context.ts';
import type { Storage } from '../kernel/storage.ts';
import { kindOfType } from './file-kinds.ts';
import { measureRecording } from './measure-recording.ts';
import { countPages, type PageCount } from './pdf-pages/count-pages.ts';

export type Examined = PageCount & {
  contentType: string;
  durationSeconds: number | null;
  /** False of a recording in which nothing that sounds or moves was found. */
  isReadable: boolean;
};

/** Measures a recording, counts a PDF's pages. A film without a picture, as some phones record sound, is a sound. */
export async function examine(
  ctx: Pick<Ctx, 'config'>,
  storage: Storage,
  file: { storageKey: string; contentType: string; bytes: number },
): Promise<Examined> {
  const { contentType } = file;
  const kind = kindOfType(contentType);
  const found = { contentType, durationSeconds: null, pageCount: null, pagesFault: null, isReadable: true };
  if (kind === 'pdf')
    return { ...found, ...(await countPages(await storage.open(file.storageKey), ctx.config)) };
  if (kind !== 'audio' && kind !== 'video') return found;
  const { seconds, hasPicture, isReadable } = await measureRecording(
    await storage.open(file.storageKey),
    file,
  );
  const isSound = kind === 'video' && !hasPicture;
  return {
    ...found,
    contentType: isSound ? contentType.replace('video/', 'audio/') : contentType,
    durationSeconds: seconds,
    isReadable,
  };
}
