import { sql } from 'kysely';
import { hot, type Reads } from '../../kernel/db.ts';
import type { OfficeRow } from '../../organisations/index.ts';

const columns = sql`office_id as "officeId", code, name_hi as "nameHi", name_en as "nameEn",
  parent_id as "parentId", kind, area_code as "areaCode", strength, path`;

export async function childOffices(reads: Reads, parentId: string): Promise<OfficeRow[]> {
  const found = await sql<OfficeRow>`${hot}
    select ${columns} from office where parent_id = ${parentId} order by code`.execute(reads);
  return found.rows;
}

/** The offices on the way from the root to one, itself included, root first. */
export async function officesOnPath(reads: Reads, path: readonly string[]): Promise<OfficeRow[]> {
  const found = await sql<OfficeRow>`
    select ${columns} from office where office_id = any(${path}::uuid[]) order by cardinality(path)`.execute(
    reads,
  );
  return found.rows;
}

/** For each office on the path its sisters, itself included: what masking must look at. */
export async function sistersOnPath(reads: Reads, path: readonly string[]): Promise<OfficeRow[]> {
  const found = await sql<OfficeRow>`
    select ${columns} from office
    where parent_id = any(${path}::uuid[]) or office_id = ${path[0]}`.execute(reads);
  return found.rows;
}

export async function officesByIds(reads: Reads, ids: readonly string[]): Promise<OfficeRow[]> {
  const found = await sql<OfficeRow>`
    select ${columns} from office where office_id = any(${ids}::uuid[]) order by cardinality(path), code`.execute(
    reads,
  );
  return found.rows;
}

export async function rootOffices(reads: Reads): Promise<OfficeRow[]> {
  const found = await sql<OfficeRow>`
    select ${columns} from office where parent_id is null order by created_at, code`.execute(reads);
  return found.rows;
}
