import { type RawBuilder, sql } from 'kysely';
import type { Reads, Tx } from '../../kernel/db.ts';
import type { Level } from '../dictionary/tags.ts';

/** What a designation asks for, as set for an office and all below it. */
export type SetNeed = { competencyId: string; key: string; level: Level };

export async function needsSetFor(
  db: Reads | Tx,
  { officeId, designationId }: { officeId: string; designationId: string },
): Promise<SetNeed[]> {
  const found = await sql<SetNeed>`select competency_id as "competencyId", c.key, n.level
    from designation_competency n join competency c using (competency_id)
    where n.office_id = ${officeId} and n.designation_id = ${designationId} order by c.key`.execute(db);
  return found.rows;
}

export type NewNeeds = {
  officeId: string;
  designationId: string;
  needs: { competencyId: string; level: Level }[];
  now: Date;
  by: string | null;
};

/** Puts a whole list in place of what was set; two at once wait for each other. */
export async function replaceNeeds(
  tx: Tx,
  { officeId, designationId, needs, now, by }: NewNeeds,
): Promise<void> {
  await sql`select 1 from designation where designation_id = ${designationId} for update`.execute(tx);
  await sql`delete from designation_competency where office_id = ${officeId} and designation_id = ${designationId}`.execute(
    tx,
  );
  await sql`insert into designation_competency (office_id, designation_id, competency_id, level, set_at, set_by)
    select ${officeId}, ${designationId}, n.id, n.level, ${now}, ${by}
    from unnest(${needs.map((one) => one.competencyId)}::uuid[], ${needs.map((one) => one.level)}::int[]) as n (id, level)`.execute(
    tx,
  );
}

export type PostNeed = {
  competencyId: string;
  key: string;
  nameHi: string;
  nameEn: string;
  level: Level;
  designation: string;
  designationEn: string | null;
  officeHi: string | null;
  officeEn: string | null;
};

/**
 * What the posts that a person holds on a day ask for, the highest level of each competency. For each post the
 * nearest office upwards that has a list for the designation decides; what is retired is asked no more.
 */
export async function needsOfPerson(
  db: Reads,
  { personId, day }: { personId: string; day: string },
): Promise<PostNeed[]> {
  const found =
    await sql<PostNeed>`select distinct on (c.competency_id) c.competency_id as "competencyId", c.key,
      c.name_hi as "nameHi", c.name_en as "nameEn", n.level, d.name as designation, d.name_en as "designationEn",
      o.name_hi as "officeHi", o.name_en as "officeEn"
    from posting p join office po on po.office_id = p.office_id
      join lateral (select x.office_id from designation_competency x
        where x.designation_id = p.designation_id and x.office_id = any(po.path)
        order by array_position(po.path, x.office_id) desc limit 1) near on true
      join designation_competency n on n.office_id = near.office_id and n.designation_id = p.designation_id
      join competency c on c.competency_id = n.competency_id and c.retired_at is null
      join designation d on d.designation_id = p.designation_id
      join office o on o.office_id = near.office_id
    where p.person_id = ${personId} and p.voided_at is null and p.starts_on <= ${day}::date
      and (p.ends_on is null or p.ends_on >= ${day}::date)
    order by c.competency_id, n.level desc`.execute(db);
  return found.rows;
}

export type DesignationNeeds = {
  designationId: string;
  name: string;
  nameEn: string | null;
  /** How many competencies this office has set; null where an office above decides or nobody. */
  set: number;
};

export const designationsShown = 50;

/** Designations with these words in their name, those with a list of this office first. */
export async function designationsWithNeeds(
  db: Reads,
  { officeId, q }: { officeId: string; q: string },
): Promise<DesignationNeeds[]> {
  const like = `%${q.replace(/[\\%_]/g, '\\$&')}%`;
  const named: RawBuilder<boolean> = q
    ? sql<boolean>`(d.name ilike ${like} or d.name_en ilike ${like})`
    : sql<boolean>`true`;
  const found =
    await sql<DesignationNeeds>`select d.designation_id as "designationId", d.name, d.name_en as "nameEn",
      coalesce(n.set, 0) as set
    from designation d left join (select designation_id, count(*)::int as set from designation_competency
      where office_id = ${officeId} group by designation_id) n using (designation_id)
    where ${named} order by (n.set is null), d.name limit ${designationsShown}`.execute(db);
  return found.rows;
}
