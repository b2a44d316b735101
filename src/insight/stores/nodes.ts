import { sql } from 'kysely';
import type { Reads } from '../../kernel/db.ts';
import type { OfficeRow } from '../../organisations/index.ts';
import { officesByIds } from './offices.ts';

/** An office or an area that counts people. An area's `path` is the office that is in charge of all in it, if one is. */
export type NodeRow = Pick<OfficeRow, 'officeId' | 'code' | 'nameHi' | 'nameEn' | 'parentId' | 'path'> & {
  kind: string | null;
  areaId: string | null;
};

export async function nodesByIds(reads: Reads, ids: readonly string[]): Promise<NodeRow[]> {
  const offices = (await officesByIds(reads, ids)).map((office) => ({ ...office, areaId: null }));
  const known = new Set(offices.map((office) => office.officeId));
  const others = ids.filter((id) => !known.has(id));
  return others.length === 0 ? offices : [...offices, ...(await areasByIds(reads, others))];
}

const areaColumns = sql`area.node_id as "officeId", area.code, coalesce(area.name_hi, area.name_en) as "nameHi",
  area.name_en as "nameEn", above.node_id as "parentId", area.kind, area.area_id as "areaId", '{}'::uuid[] as path`;
const areaRows = sql`area left join area above on above.area_id = area.parent_id and above.kind <> 'country'`;

/** Several governments may have offices in one area: then no office is in charge of all of it. */
async function areasByIds(reads: Reads, ids: readonly string[]): Promise<NodeRow[]> {
  const found = await sql<NodeRow>`select ${areaColumns} from ${areaRows}
    where area.node_id = any(${ids}::uuid[])`.execute(reads);
  if (found.rows.length === 0) return [];
  const path = await loneRoot(reads);
  return found.rows.map((area) => ({ ...area, path }));
}

async function loneRoot(reads: Reads): Promise<string[]> {
  const roots = await sql<{
    id: string;
  }>`select office_id as id from office where parent_id is null limit 2`.execute(reads);
  return roots.rows.length === 1 ? roots.rows.map((root) => root.id) : [];
}

/** The nodes on the way down to an area, the state first, itself last. */
export async function wayToArea(reads: Reads, nodeId: string): Promise<string[]> {
  const found = await sql<{ nodes: string[] }>`select nodes from area_way join area using (area_id)
    where node_id = ${nodeId}`.execute(reads);
  return (found.rows[0]?.nodes ?? []).toReversed();
}

/** All states, and all areas directly below one of the nodes: what masking looks at. */
export async function areasOnWay(reads: Reads, way: readonly string[]): Promise<NodeRow[]> {
  const found = await sql<NodeRow>`select ${areaColumns} from ${areaRows}
    where above.node_id is null and area.kind = 'state' or above.node_id = any(${way}::uuid[])`.execute(
    reads,
  );
  return found.rows;
}

/** Which offices a node counts: for `where`, of `office here`. */
export function isCountedAt(node: Pick<NodeRow, 'officeId' | 'areaId'>) {
  return node.areaId === null
    ? sql<boolean>`here.path @> array[${node.officeId}::uuid]`
    : sql<boolean>`${node.officeId}::uuid = any(here.nodes)`;
}

/** Offices of the upper levels count classes (as `office_way` says it). */
export const upperLevels = 3;

/** Whether the node counts classes as well (as `office_way` says it). */
export function countsClasses(node: Pick<NodeRow, 'areaId' | 'path' | 'kind'>): boolean {
  if (node.areaId === null) return node.path.length <= upperLevels;
  return ['state', 'division', 'district'].includes(node.kind ?? '');
}
