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

/**
 * What masking must look at: for each office on the path, and on the way up from the reader's own offices,
 * its sisters, itself included.
 */
export async function sistersOnPath(
  reads: Reads,
  { path, own }: { path: readonly string[]; own: readonly string[] },
): Promise<OfficeRow[]> {
  const found = await sql<OfficeRow>`
    select ${columns} from office
    where parent_id = any(${path}::uuid[]) or office_id = ${path[0]} or parent_id in (
      select unnest(above.path) from office above where above.office_id = any(${own}::uuid[])
        and above.path[1] = ${path[0]} and not above.office_id = any(${path}::uuid[]))`.execute(reads);
  return found.rows;
}

/** The last office of a path and all below it, with all above them and the sisters of these. */
export async function officesAround(
  reads: Reads,
  path: readonly string[],
): Promise<Pick<OfficeRow, 'officeId' | 'parentId'>[]> {
  const found = await sql<Pick<OfficeRow, 'officeId' | 'parentId'>>`
    select office_id as "officeId", parent_id as "parentId" from office
    where path @> array[${path.at(-1)}::uuid] or parent_id = any(${path}::uuid[]) or office_id = ${path[0]}`.execute(
    reads,
  );
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
