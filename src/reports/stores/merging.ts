import { sql } from 'kysely';
import type { Reads, Tx } from '../../kernel/db.ts';

/** How many saved reports and files a person has. */
export async function countKept(reads: Reads, personId: string): Promise<number> {
  const found = await sql<{
    count: number;
  }>`select (select count(*) from report where owner_id = ${personId} and removed_at is null)
    + (select count(*) from report_run where created_by = ${personId}) as count`.execute(reads);
  return Number(found.rows[0]?.count ?? 0);
}

type Pair = { mergedId: string; survivorId: string };

/** Returns how many went over. */
export async function moveKept(tx: Tx, { mergedId, survivorId }: Pair): Promise<number> {
  const reports = await sql`update report set owner_id = ${survivorId} where owner_id = ${mergedId}`.execute(
    tx,
  );
  const runs =
    await sql`update report_run set created_by = ${survivorId} where created_by = ${mergedId}`.execute(tx);
  return Number((reports.numAffectedRows ?? 0n) + (runs.numAffectedRows ?? 0n));
}

/** Reports that a person has, the eldest first. */
export async function keptNames(tx: Tx, personId: string): Promise<{ reportId: string; name: string }[]> {
  const found = await sql<{ reportId: string; name: string }>`select report_id as "reportId", name from report
    where owner_id = ${personId} and removed_at is null order by created_at, report_id`.execute(tx);
  return found.rows;
}
