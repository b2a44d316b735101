import { sql } from 'kysely';
import type { Reads } from '../../kernel/db.ts';

/** How many are posted at each office of which there is no row: postings hold no key of another table. */
export async function postingsNowhere(
  db: Reads,
  most: number,
): Promise<{ officeId: string; count: number }[]> {
  const found = await sql<{
    officeId: string;
    count: number;
  }>`select office_id as "officeId", count(*) as count
    from posting where voided_at is null
      and not exists (select from office where office.office_id = posting.office_id)
    group by office_id order by office_id limit ${most}`.execute(db);
  return found.rows;
}
