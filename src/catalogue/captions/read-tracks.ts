import { text } from 'node:stream/consumers';
import type { Ctx } from '../../kernel/context.ts';
import type { Storage } from '../../kernel/storage.ts';
import { type Cue, readCaptions } from '../web-vtt.ts';
import { insertTrack, type TrackCue, unreadTracks } from './track-store.ts';

const atOnce = 50;

/** Reads the captions files whose cues are not kept yet; repeated, it goes on with those that are left. */
export async function readTracks(ctx: Ctx, storage: Storage): Promise<number> {
  const files = await unreadTracks(ctx.db.read, atOnce);
  for (const file of files) {
    const source = await storage.open(file.storageKey).then(text, () => '');
    await ctx.db.transaction((tx) => insertTrack(tx, file.fileId, cuesOf(readCaptions(source).cues)));
  }
  return files.length;
}

/** Each cue with an id of its own: the file's, else its number. */
export function cuesOf(cues: readonly Cue[]): TrackCue[] {
  const taken = new Set<string>();
  // What was found taken once is not looked at again.
  let free = 1;
  return cues.map(({ id, startSeconds, endSeconds, text: said }, index) => {
    const isOwn = id && /^[\w-]{1,40}$/.test(id) && !taken.has(id);
    const wanted = isOwn ? id : freeId(taken, Math.max(free, index + 1));
    if (!isOwn) free = Number(wanted) + 1;
    taken.add(wanted);
    return { id: wanted, startSeconds, endSeconds, text: said };
  });
}

export function freeId(taken: ReadonlySet<string>, from: number): string {
  let number = from;
  while (taken.has(String(number))) number += 1;
  return String(number);
}
