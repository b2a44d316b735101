import { sql } from 'kysely';
import type { Reads } from '../../kernel/db.ts';
import type { Place } from '../sheet/shape.ts';
import { highestInSql } from './areas.ts';

/** The offices on the way from the root, the last one included. */
export async function placesOnPath(reads: Reads, path: readonly string[]): Promise<Place[]> {
  const found = await sql<Place>`select 'office' as node, code, name_hi as "nameHi", name_en as "nameEn", kind
    from office where office_id = any(${path}::uuid[]) order by cardinality(path)`.execute(reads);
  return found.rows;
}

/**
 * Sanctioned posts of an office and of those right below it, by code. An office's own number stands for all below it;
 * where it has none, the numbers nearest below are added.
 */
export async function strengthsOf(reads: Reads, officeId: string): Promise<Map<string, number>> {
  const found = await sql<{ code: string; strength: number }>`with recursive
    wanted as (
      select office_id, code, strength from office where office_id = ${officeId} or parent_id = ${officeId}
    ),
    walk as (
      select office_id as wanted_id, office_id, strength from wanted
      union all
      select walk.wanted_id, below.office_id, below.strength
      from walk join office below on below.parent_id = walk.office_id
      where walk.strength is null
    )
    select wanted.code, sum(walk.strength) as strength from wanted join walk on walk.wanted_id = wanted.office_id
    group by wanted.code having sum(walk.strength) is not null`.execute(reads);
  return new Map(found.rows.map(({ code, strength }) => [code, strength]));
}

/**
 * Sanctioned posts of an area: of the highest offices that stand there, by the same rule. Not known where one of them
 * has offices elsewhere too, since its number stands for those as well.
 */
export async function strengthOfArea(reads: Reads, nodeId: string): Promise<number | null> {
  const found = await sql<{ strength: number | null }>`with recursive
    wanted as (
      select office_id, strength from office where ${highestInSql(nodeId)}
    ),
    walk as (
      select office_id, strength from wanted
      union all
      select below.office_id, below.strength
      from walk join office below on below.parent_id = walk.office_id
      where walk.strength is null and below.nodes @> array[${nodeId}::uuid]
    )
    select case when bool_or(exists (
        select from office elsewhere where elsewhere.path @> array[walk.office_id]
          and not elsewhere.nodes @> array[${nodeId}::uuid])) then null
      else sum(strength) end as strength
    from walk where strength is not null`.execute(reads);
  return found.rows[0]?.strength ?? null;
}

/** The one office above all others, where there is one. */
export async function loneRoot(reads: Reads): Promise<string | undefined> {
  const found = await sql<{
    id: string;
  }>`select office_id as id from office where parent_id is null limit 2`.execute(reads);
  return found.rows.length === 1 ? found.rows[0]?.id : undefined;
}
