import { sql } from 'kysely';
import type { Db, Reads } from '../../kernel/db.ts';

export type DepartmentOffice = { officeId: string; code: string; nameHi: string; nameEn: string | null };

/** The departments right below an office. */
export async function departmentsBelow(reads: Reads, officeId: string): Promise<DepartmentOffice[]> {
  const found = await sql<DepartmentOffice>`
    select office_id as "officeId", code, name_hi as "nameHi", name_en as "nameEn" from office
    where parent_id = ${officeId} and kind = 'department' order by code`.execute(reads);
  return found.rows;
}

/** The India day of the last roster import that touched each office or one below it, by the office's id. */
export async function rosterDays(reads: Reads, officeIds: readonly string[]): Promise<Map<string, string>> {
  const found = await sql<{ officeId: string; day: string }>`
    select reach.office_id as "officeId",
      max((import.committed_at at time zone 'Asia/Kolkata')::date) as day
    from review_roster_reach reach join import using (import_id)
    where reach.office_id = any(${officeIds}::uuid[]) and import.state = 'committed' and import.undone_at is null
    group by reach.office_id`.execute(reads);
  return new Map(found.rows.map((row) => [row.officeId, row.day]));
}

/** Deeper offices are on no board. */
const deepest = 3;

/** Notes of each roster import that was not read yet which upper offices it touched; returns how many were read. */
export async function readRosterReach(db: Db): Promise<number> {
  const found = await sql<{ importId: string }>`select import_id as "importId" from import
    where kind = 'roster' and state = 'committed' and not exists (
      select from review_roster_read done where done.import_id = import.import_id)`.execute(db.read);
  for (const { importId } of found.rows)
    await db.longTransaction(async (tx) => {
      const mine = await sql`insert into review_roster_read (import_id) values (${importId})
        on conflict do nothing returning import_id`.execute(tx);
      if (mine.rows.length === 0) return;
      await sql`insert into review_roster_reach (import_id, office_id)
        select distinct ${importId}::uuid, node from (
          select distinct office_id from posting where import_id = ${importId}
          union select office_id from import where import_id = ${importId} and office_id is not null
        ) touched join office using (office_id) cross join lateral unnest(path[1:${deepest}]) as node
        on conflict do nothing`.execute(tx);
    });
  return found.rows.length;
}
