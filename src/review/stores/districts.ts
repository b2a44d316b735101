import { sql } from 'kysely';
import type { Reads } from '../../kernel/db.ts';

/**
 * An office below which people stand in a district (or a division) while those above it do not: it is taken in; or
 * the other way round: an office that stands elsewhere below one that stands there, and is taken off again.
 */
export type AreaBound = {
  areaId: string;
  kind: 'district' | 'division';
  code: string;
  nameHi: string;
  nameEn: string;
  officeId: string;
  officeCode: string;
  sign: 1 | -1;
};

/** Where the districts and divisions of the offices at and below one begin and end, by the rule of the nearest area. */
export async function areaBounds(reads: Reads, officeId: string): Promise<AreaBound[]> {
  const found = await sql<AreaBound>`
    with here as materialized (
      select office_id, code, parent_id, nodes[cardinality(path) + 1] as lowest from office
      where path @> array[${officeId}::uuid]
    ),
    lowest as (
      select area.area_id, area.kind, area.parent_id, area.node_id as lowest from area
      where node_id in (select distinct lowest from here)
    ),
    place as materialized (
      select lowest, district.area_id as district_id, division.area_id as division_id
      from lowest
        left join area district on district.kind = 'district' and district.area_id in (lowest.area_id, lowest.parent_id)
        left join area division on division.kind = 'division'
          and division.area_id in (lowest.area_id, lowest.parent_id, district.parent_id)
    ),
    placed as materialized (select * from here left join place using (lowest)),
    step as (
      select one.office_id, one.code, one.district_id, one.division_id, above.district_id as above_district,
        above.division_id as above_division
      from placed one left join placed above on above.office_id = one.parent_id
      where one.district_id is distinct from above.district_id or one.division_id is distinct from above.division_id
    ),
    bound as (
      select district_id as area_id, office_id, code, 1 as sign from step
      where district_id is distinct from above_district
      union all select above_district, office_id, code, -1 from step where district_id is distinct from above_district
      union all select division_id, office_id, code, 1 from step where division_id is distinct from above_division
      union all select above_division, office_id, code, -1 from step
      where division_id is distinct from above_division
    )
    select area.area_id as "areaId", area.kind, area.code, coalesce(area.name_hi, area.name_en) as "nameHi",
      area.name_en as "nameEn", bound.office_id as "officeId", bound.code as "officeCode", bound.sign
    from bound join area using (area_id) order by area.code, bound.code`.execute(reads);
  return found.rows;
}

export type OfficeAtBound = {
  officeId: string;
  code: string;
  nameHi: string;
  nameEn: string | null;
  sign: 1 | -1;
};

/** The offices of one of these areas, with their names. */
export async function officesAtBounds(
  reads: Reads,
  officeId: string,
  area: { kind: AreaBound['kind']; code: string },
): Promise<OfficeAtBound[]> {
  const bounds = (await areaBounds(reads, officeId)).filter(
    ({ kind, code }) => kind === area.kind && code === area.code,
  );
  const ids = bounds.map((bound) => bound.officeId);
  const found = await sql<Omit<OfficeAtBound, 'sign'>>`
    select office_id as "officeId", code, name_hi as "nameHi", name_en as "nameEn" from office
    where office_id = any(${ids}::uuid[])`.execute(reads);
  const named = new Map(found.rows.map((office) => [office.officeId, office]));
  return bounds.flatMap(({ sign, ...bound }) => {
    const office = named.get(bound.officeId);
    return office ? [{ ...office, sign }] : [];
  });
}
