import { sql } from 'kysely';
import type { Db } from '../../kernel/db.ts';

/** The status indexes of certificates in this range that count no longer. */
export async function withdrawnBetween(
  db: Pick<Db, 'read'>,
  range: { from: number; below: number },
): Promise<number[]> {
  const found = await sql<{ statusIndex: number }>`select status_index as "statusIndex" from certificate
    where status_index >= ${range.from} and status_index < ${range.below}
      and (revoked_at is not null or replaced_by_no is not null)`.execute(db.read);
  return found.rows.map((row) => row.statusIndex);
}

/** The highest status index given so far; below zero where none was. */
export async function lastStatusIndex(db: Pick<Db, 'read'>): Promise<number> {
  const found = await sql<{
    last: number;
  }>`select case when is_called then last_value else last_value - 1 end as last
    from certificate_status_seq`.execute(db.read);
  return found.rows[0]?.last ?? -1;
}
