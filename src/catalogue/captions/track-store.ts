import { sql } from 'kysely';
import type { Reads, Tx } from '../../kernel/db.ts';

/** A caption of a track; `id` stays its own when times and text are mended. */
export type TrackCue = { id: string; startSeconds: number; endSeconds: number; text: string };

export async function insertTrack(tx: Tx, fileId: string, cues: TrackCue[]): Promise<void> {
  await sql`insert into caption_track (file_id, cues) values (${fileId}, ${JSON.stringify(cues)}::jsonb)
    on conflict (file_id) do nothing`.execute(tx);
}

/** By file; one that was not read yet is absent. */
export async function tracksOf(read: Reads | Tx, fileIds: string[]): Promise<Map<string, TrackCue[]>> {
  if (fileIds.length === 0) return new Map();
  const found = await sql<{ fileId: string; cues: TrackCue[] }>`select file_id as "fileId", cues
    from caption_track where file_id = any(${fileIds}::uuid[])`.execute(read);
  return new Map(found.rows.map((row) => [row.fileId, row.cues]));
}

export type UnreadTrack = { fileId: string; storageKey: string };

/** Captions kept before their cues were. */
export async function unreadTracks(read: Reads | Tx, most: number): Promise<UnreadTrack[]> {
  const found = await sql<UnreadTrack>`select file_id as "fileId", storage_key as "storageKey" from file f
    where content_type = 'text/vtt' and not exists (select 1 from caption_track t where t.file_id = f.file_id)
    order by file_id limit ${most}`.execute(read);
  return found.rows;
}
