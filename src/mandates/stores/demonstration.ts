import { sql } from 'kysely';
import type { Reads } from '../../kernel/db.ts';

export type DemonstrationPerson = { personId: string; nameHi: string | null; nameEn: string | null };

/** Invented permanent staff of an office, behind those whom visitors sign in as. */
export async function staffForDemonstration(
  read: Reads,
  { office, count }: { office: string; count: number },
): Promise<DemonstrationPerson[]> {
  const found = await sql<DemonstrationPerson>`select p.person_id as "personId", p.name_hi as "nameHi",
      p.name_en as "nameEn"
    from person p join posting using (person_id) join office on office.office_id = posting.office_id
    where office.code = ${office} and p.employee_code > 'SW30000' and posting.engagement = 'permanent'
      and posting.kind = 'regular' and posting.voided_at is null and posting.ends_on is null
    order by p.employee_code limit ${count}`.execute(read);
  return found.rows;
}

export async function personWithCode(read: Reads, code: string): Promise<DemonstrationPerson | undefined> {
  const found = await sql<DemonstrationPerson>`select person_id as "personId", name_hi as "nameHi",
      name_en as "nameEn"
    from person where employee_code = ${code}`.execute(read);
  return found.rows[0];
}

/** Whether somebody asked for something already: a first start that was killed goes on behind it. */
export async function hasRequests(read: Reads): Promise<boolean> {
  const found = await sql`select from extension_request limit 1`.execute(read);
  return found.rows.length > 0;
}
