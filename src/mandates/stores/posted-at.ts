import { type RawBuilder, sql } from 'kysely';
import type { Reads, Tx } from '../../kernel/db.ts';

/** So many are looked up one by one sooner than a whole order is read. */
const fewPosted = 10_000;

/**
 * Narrows `standing` to whoever is or was posted at or below an office, where few are: nobody else is bound there,
 * and they are found by the office. True of all where many are.
 */
export async function postedAt(
  db: Reads | Tx,
  officeId: string,
  few = fewPosted,
): Promise<RawBuilder<unknown>> {
  const posted = sql`select person_id from posting where voided_at is null
    and office_id in (select office_id from office where path @> array[${officeId}::uuid])`;
  const found = await sql<{ many: boolean }>`select exists (
    select from (${posted}) posted offset ${few}) as many`.execute(db);
  return found.rows[0]?.many ? sql`true` : sql`standing.person_id = any(array(${posted}))`;
}
