import { sql } from 'kysely';
import type { Reads, Tx } from '../../kernel/db.ts';

type Item = { personId: string; courseId: string };

/** False where it stood there already. */
export async function putItem(tx: Tx, item: Item, now: Date): Promise<void> {
  await sql`insert into shelf_item (person_id, course_id, kept_at) values (${item.personId}, ${item.courseId}, ${now})
    on conflict do nothing`.execute(tx);
}

export async function takeItem(tx: Tx, item: Item): Promise<void> {
  await sql`delete from shelf_item where person_id = ${item.personId} and course_id = ${item.courseId}`.execute(
    tx,
  );
}

export async function moveItems(tx: Tx, pair: { survivorId: string; mergedId: string }): Promise<void> {
  await sql`insert into shelf_item (person_id, course_id, kept_at)
    select ${pair.survivorId}::uuid, course_id, kept_at from shelf_item where person_id = ${pair.mergedId}
    on conflict do nothing`.execute(tx);
  await sql`delete from shelf_item where person_id = ${pair.mergedId}`.execute(tx);
}

export async function countItems(db: Reads, personId: string): Promise<number> {
  const found = await sql<{ n: number }>`select count(*)::int as n from shelf_item
    where person_id = ${personId}`.execute(db);
  return found.rows[0]?.n ?? 0;
}
