import { sql } from 'kysely';
import type { Reads, Tx } from '../../../kernel/db.ts';

// As in the session's statement: a grant holds between its dates and while its charge is open or, without
// one, while its holder serves.
const holds = (today: string) => sql<boolean>`g.ended_at is null and g.starts_on <= ${today}::date
  and (g.ends_on is null or g.ends_on >= ${today}::date)
  and exists (select 1 from posting c
    where c.person_id = g.person_id and (g.posting_id is null or c.posting_id = g.posting_id) and c.voided_at is null
      and c.starts_on <= ${today}::date and (c.ends_on is null or c.ends_on >= ${today}::date))`;

export type DeskWish = { path: readonly string[]; today: string; exceptPersonId?: string };

/** The nearest office up the path whose nodal officer is somebody else than the one who asks. */
export async function nearestNodalOffice(db: Reads | Tx, wish: DeskWish): Promise<string | null> {
  const found = await sql<{ officeId: string }>`select g.office_id as "officeId" from role_grant g
      join person p on p.person_id = g.person_id and p.merged_into is null
    where g.role = 'nodal' and g.office_id = any(${wish.path}::uuid[])
      and g.person_id is distinct from ${wish.exceptPersonId ?? null}::uuid and ${holds(wish.today)}
    order by array_position(${wish.path}::uuid[], g.office_id) desc limit 1`.execute(db);
  return found.rows[0]?.officeId ?? null;
}

/** The nodal officers of an office itself, today. */
export async function nodalOfficersOf(
  db: Reads | Tx,
  { officeId, today }: { officeId: string; today: string },
): Promise<string[]> {
  const found = await sql<{ personId: string }>`select distinct g.person_id as "personId" from role_grant g
      join person p on p.person_id = g.person_id and p.merged_into is null
    where g.role = 'nodal' and g.office_id = ${officeId} and ${holds(today)}`.execute(db);
  return found.rows.map((row) => row.personId);
}

/** How many nodal officers each office has itself, today. */
export async function nodalOfficersAt(
  db: Reads,
  { officeIds, today }: { officeIds: readonly string[]; today: string },
): Promise<Map<string, number>> {
  const found = await sql<{ officeId: string; count: number }>`
    select g.office_id as "officeId", count(distinct g.person_id) as count from role_grant g
      join person p on p.person_id = g.person_id and p.merged_into is null
    where g.role = 'nodal' and g.office_id = any(${officeIds}::uuid[]) and ${holds(today)} group by g.office_id`.execute(
    db,
  );
  return new Map(found.rows.map((row) => [row.officeId, row.count]));
}

export type HomeOffice = { officeId: string; path: string[] };

/** The office of the primary posting that stands today, else of the last one. */
export async function homeOffice(
  db: Reads | Tx,
  { personId, today }: { personId: string; today: string },
): Promise<HomeOffice | undefined> {
  const found = await sql<HomeOffice>`select o.office_id as "officeId", o.path
    from posting po join office o on o.office_id = po.office_id
    where po.person_id = ${personId} and po.voided_at is null
    order by (po.starts_on <= ${today}::date and (po.ends_on is null or po.ends_on >= ${today}::date)) desc,
      po.is_primary desc, coalesce(po.ends_on, 'infinity') desc, po.starts_on desc limit 1`.execute(db);
  return found.rows[0];
}
