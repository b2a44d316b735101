import { type RawBuilder, sql } from 'kysely';
import type { Reads } from '../../kernel/db.ts';

/** An area that counts people. */
export type AreaRow = {
  areaId: string;
  nodeId: string;
  kind: string;
  /** Of the Local Government Directory. */
  code: string;
  nameHi: string;
  nameEn: string;
};

const columns = sql`area.area_id as "areaId", area.node_id as "nodeId", area.kind, area.code,
  coalesce(area.name_hi, area.name_en) as "nameHi", area.name_en as "nameEn"`;

export async function areaById(reads: Reads, areaId: string): Promise<AreaRow | undefined> {
  const found = await sql<AreaRow>`select ${columns} from area
    where area_id = ${areaId} and kind in ('state', 'division', 'district')`.execute(reads);
  return found.rows[0];
}

/** From the state down, the area itself last. */
export async function areasOnWayTo(reads: Reads, areaId: string): Promise<AreaRow[]> {
  const found = await sql<AreaRow>`with recursive way as (
      select area_id, parent_id, 1 as step from area where area_id = ${areaId}
      union all
      select above.area_id, above.parent_id, way.step + 1 from way join area above on above.area_id = way.parent_id
        and above.kind <> 'country'
    ) select ${columns} from way join area using (area_id) order by way.step desc`.execute(reads);
  return found.rows;
}

/** Divisions and districts within an area, itself left out. */
export async function areasWithin(reads: Reads, areaId: string): Promise<AreaRow[]> {
  const found = await sql<AreaRow>`with recursive below as (
      select area_id from area where parent_id = ${areaId} and kind in ('division', 'district')
      union all
      select area.area_id from below join area on area.parent_id = below.area_id and area.kind in ('division', 'district')
    ) select ${columns} from below join area using (area_id) order by area.code`.execute(reads);
  return found.rows;
}

/** The states in which anybody's office stands; empty where there are several governments without one above them. */
export async function statesOfRoot(reads: Reads): Promise<AreaRow[]> {
  const found = await sql<AreaRow>`select ${columns} from area where kind = 'state'
      and exists (select from office where office.nodes @> array[area.node_id])
      and (select count(*) from (select from office where parent_id is null limit 2) roots) = 1
    order by area.code`.execute(reads);
  return found.rows;
}

type OfficeInArea = { officeId: string; code: string; nameHi: string; nameEn: string | null };

/** Whether an office is one of the highest that stand in an area: none above it does, so that nobody below is counted twice. */
export function highestInSql(nodeId: string): RawBuilder<boolean> {
  return sql<boolean>`office.nodes @> array[${nodeId}::uuid] and not exists (
    select from office above where above.office_id = any(office.path) and above.office_id <> office.office_id
      and above.nodes @> array[${nodeId}::uuid])`;
}

/** The highest offices that stand in a district. */
export async function topOfficesIn(reads: Reads, nodeId: string): Promise<OfficeInArea[]> {
  const found = await sql<OfficeInArea>`
    select office_id as "officeId", code, name_hi as "nameHi", name_en as "nameEn" from office
    where ${highestInSql(nodeId)} order by code limit 500`.execute(reads);
  return found.rows;
}
