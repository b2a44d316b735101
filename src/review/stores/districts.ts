import { sql } from 'kysely';
import type { Reads } from '../../kernel/db.ts';

/** An office that stands in a district, itself or by its block, tehsil or town. */
export type DistrictOffice = {
  officeId: string;
  officeCode: string;
  path: string[];
  districtCode: string;
  districtHi: string;
  districtEn: string | null;
  divisionCode: string | null;
  divisionHi: string | null;
  divisionEn: string | null;
};

/** A department, its directorates and their divisions stand above their district offices. */
const levels = 3;

export async function districtOffices(
  reads: Reads,
  { officeId, path }: { officeId: string; path: readonly string[] },
): Promise<DistrictOffice[]> {
  const found = await sql<DistrictOffice>`
    select office.office_id as "officeId", office.code as "officeCode", office.path,
      district.code as "districtCode", coalesce(district.name_hi, district.name_en) as "districtHi",
      district.name_en as "districtEn", division.code as "divisionCode",
      coalesce(division.name_hi, division.name_en) as "divisionHi", division.name_en as "divisionEn"
    from office join area here using (area_id)
      join area district on district.kind = 'district' and district.area_id in (here.area_id, here.parent_id)
      left join area division on division.area_id = district.parent_id and division.kind = 'division'
    where office.path @> array[${officeId}::uuid] and office.office_id <> ${officeId}
      and cardinality(office.path) <= ${path.length + levels}
    order by district.code, office.path`.execute(reads);
  return found.rows;
}
