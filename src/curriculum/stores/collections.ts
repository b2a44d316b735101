import { sql } from 'kysely';
import type { SavedCollection } from '../../catalogue/index.ts';
import type { Tx } from '../../kernel/db.ts';

export type CollectionState = { state: 'draft' | 'published'; courseIds: string[] };

/** As it stood before this change. */
export async function lastCollectionState(
  tx: Tx,
  collectionId: string,
): Promise<CollectionState | undefined> {
  const found = await sql<CollectionState>`select state, course_ids as "courseIds" from collection_history
    where collection_id = ${collectionId} order by recorded_at desc limit 1`.execute(tx);
  return found.rows[0];
}

export async function keepCollectionState(tx: Tx, saved: SavedCollection, now: Date): Promise<void> {
  await sql`insert into collection_history (collection_id, recorded_at, state, course_ids)
    values (${saved.collectionId}, ${now}, ${saved.state}, ${[...saved.courseIds]}::uuid[])
    on conflict (collection_id, recorded_at) do update set state = excluded.state,
      course_ids = excluded.course_ids`.execute(tx);
}

/** The office's path; of the whole installation's collections the first root's. */
export async function pathOfCollection(tx: Tx, officeId: string | null): Promise<string[]> {
  const found = await sql<{ path: string[] }>`select path from office
    where ${officeId === null ? sql`parent_id is null` : sql`office_id = ${officeId}`} order by code limit 1`.execute(
    tx,
  );
  return found.rows[0]?.path ?? [];
}
