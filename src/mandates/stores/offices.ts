import { sql } from 'kysely';
import type { Reads } from '../../kernel/db.ts';
import type { OfficeRow } from '../../organisations/index.ts';

const columns = sql`office_id as "officeId", code, name_hi as "nameHi", name_en as "nameEn", parent_id as "parentId",
  kind, area_code as "areaCode", strength, valid_from as "validFrom", valid_until as "validUntil", path`;

export async function childrenOf(db: Reads, parentId: string): Promise<OfficeRow[]> {
  const found =
    await sql<OfficeRow>`select ${columns} from office where parent_id = ${parentId} order by code`.execute(
      db,
    );
  return found.rows;
}

/** For each office on the path, and on the way up from the reader's own, its sisters: what masking looks at. */
export async function sistersDownTo(
  db: Reads,
  { path, own }: { path: readonly string[]; own: readonly string[] },
): Promise<OfficeRow[]> {
  const found = await sql<OfficeRow>`select ${columns} from office
    where parent_id = any(${path}::uuid[]) or office_id = ${path[0]} or parent_id in (
      select unnest(above.path) from office above
      where above.office_id = any(${own}::uuid[]) and above.path[1] = ${path[0]})`.execute(db);
  return found.rows;
}
