import { sql } from 'kysely';
import type { Reads } from '../../kernel/db.ts';

export type DemonstrationPerson = { personId: string; nameHi: string | null; nameEn: string | null };

/** Invented people of the department, behind those whom visitors sign in as. */
export async function peopleForDemonstration(read: Reads, count: number): Promise<DemonstrationPerson[]> {
  const found = await sql<DemonstrationPerson>`select p.person_id as "personId", p.name_hi as "nameHi",
      p.name_en as "nameEn"
    from person p join person_code c using (person_id)
    where c.code like 'SW%' and c.code > 'SW1100'
    order by c.code limit ${count}`.execute(read);
  return found.rows;
}

export async function hasPapers(read: Reads, blueprintCode: string): Promise<boolean> {
  const found = await sql`select 1 from paper join blueprint b using (blueprint_id)
    where b.code = ${blueprintCode} limit 1`.execute(read);
  return found.rows.length > 0;
}
