import { type RawBuilder, sql } from 'kysely';
import type { Reads, Tx } from '../../kernel/db.ts';

export type Designation = { designationId: string; name: string; nameEn: string | null };
export type DesignationFilter = { q?: string; show: 'all' | 'withoutEnglish'; after?: string };
export const designationsPerPage = 100;

const columns = sql`designation_id as "designationId", name, name_en as "nameEn"`;

function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`;
}

/** By name, one more than a page holds; `after` is the last name of the page before. */
export async function designationsIn(db: Reads, filter: DesignationFilter): Promise<Designation[]> {
  const parts: RawBuilder<boolean>[] = [sql<boolean>`true`];
  if (filter.q) {
    const like = containing(filter.q);
    parts.push(sql<boolean>`(name ilike ${like} or name_en ilike ${like})`);
  }
  if (filter.show === 'withoutEnglish') parts.push(sql<boolean>`name_en is null`);
  if (filter.after) parts.push(sql<boolean>`name > ${filter.after}`);
  const found = await sql<Designation>`select ${columns} from designation where ${sql.join(parts, sql` and `)}
    order by name limit ${designationsPerPage + 1}`.execute(db);
  return found.rows;
}

export async function designationById(db: Reads | Tx, id: string): Promise<Designation | undefined> {
  const found =
    await sql<Designation>`select ${columns} from designation where designation_id = ${id}`.execute(db);
  return found.rows[0];
}

/** Writes both names; false where another designation has this name in some spelling. */
export async function renameDesignation(
  tx: Tx,
  { designationId, name, nameEn, key }: Designation & { key: string },
): Promise<boolean> {
  const done = await sql`update designation set name = ${name}, name_en = ${nameEn}, name_key = ${key}
    where designation_id = ${designationId} and not exists (select 1 from designation other
      where other.name_key = ${key} and other.designation_id <> ${designationId})`.execute(tx);
  return Number(done.numAffectedRows ?? 0) > 0;
}

/** Whether one of these offices is a root. */
export async function holdsRoot(db: Reads, officeIds: readonly string[]): Promise<boolean> {
  const ids = officeIds.filter((id) => id !== '*');
  const found = await sql`select 1 from office where parent_id is null and office_id = any(${ids}::uuid[])
    limit 1`.execute(db);
  return found.rows.length > 0;
}
