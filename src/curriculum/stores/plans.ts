import { sql } from 'kysely';
import type { Day } from '../../kernel/dates.ts';
import type { Reads, Tx } from '../../kernel/db.ts';
import { foldText } from '../../kernel/text/fold.ts';
import { inScope } from '../../organisations/index.ts';
import type { Part } from '../rules/compliance.ts';

export type PlanRow = {
  planId: string;
  year: string;
  officeId: string;
  officeCode: string;
  officeHi: string;
  officeEn: string | null;
  officePath: string[];
  approvedOn: Day | null;
  /** Lines and people of the version in force. */
  lines: number;
  headcount: number;
  hasDraft: boolean;
};

const plans = sql`select l.plan_id as "planId", l.year, o.office_id as "officeId", o.code as "officeCode",
    o.name_hi as "officeHi", o.name_en as "officeEn", o.path as "officePath", v.approved_on as "approvedOn",
    coalesce(n.lines, 0) as lines, coalesce(n.headcount, 0) as headcount,
    exists (select 1 from plan_version d where d.plan_id = l.plan_id and d.state = 'draft') as "hasDraft"
  from plan l join office o using (office_id)
    left join lateral (select plan_version_id, approved_on from plan_version a
      where a.plan_id = l.plan_id and a.state = 'approved' order by a.version desc limit 1) v on true
    left join lateral (select count(*) as lines, sum(headcount)::bigint as headcount from plan_line p
      where p.plan_version_id = v.plan_version_id) n on true`;

export type PlanPage = { year?: string; after?: string; limit: number };

/** The latest year first, then by office: one more than a page holds. */
export async function plansWithin(
  db: Reads,
  scopes: readonly string[],
  { year, after, limit }: PlanPage,
): Promise<PlanRow[]> {
  const ofYear = year ? sql`and l.year = ${year}` : sql``;
  const rest = after
    ? sql`and exists (select from plan seen join office s using (office_id) where seen.plan_id = ${after}
        and (l.year < seen.year or (l.year = seen.year and o.code > s.code)))`
    : sql``;
  const found = await sql<PlanRow>`${plans} where ${inScope(sql`o.path`, scopes)} ${ofYear} ${rest}
    order by l.year desc, o.code limit ${limit + 1}`.execute(db);
  return found.rows;
}

export async function planOf(db: Reads | Tx, officeId: string, year: string): Promise<PlanRow | undefined> {
  const found = await sql<PlanRow>`${plans} where l.office_id = ${officeId} and l.year = ${year}`.execute(db);
  return found.rows[0];
}

/** The plan's id, made where there is none, and locked. */
export async function lockedPlan(
  tx: Tx,
  row: { planId: string; officeId: string; year: string; now: Date },
): Promise<string> {
  await sql`insert into plan (plan_id, office_id, year, recorded_at)
    values (${row.planId}, ${row.officeId}, ${row.year}, ${row.now}) on conflict (office_id, year) do nothing`.execute(
    tx,
  );
  const found = await sql<{ id: string }>`select plan_id as id from plan
    where office_id = ${row.officeId} and year = ${row.year} for update`.execute(tx);
  return found.rows[0]?.id ?? row.planId;
}

export type ShownLine = Part & {
  ordinal: number;
  roleHi: string | null;
  roleEn: string | null;
  courseCode: string | null;
  programmeCode: string | null;
  titleHi: string | null;
  titleEn: string | null;
  owner: string;
  ownerEn: string | null;
  quarter: 1 | 2 | 3 | 4;
  headcount: number;
};

export type PlanVersionRow = {
  versionId: string;
  version: number;
  state: 'draft' | 'approved';
  amendmentReason: string | null;
  writers: string[];
  writersHi: string[];
  writersEn: string[];
  approvedOn: Day | null;
  approverHi: string | null;
  approverEn: string | null;
  lines: ShownLine[];
};

/** Whoever wrote, also by the record that his has been merged into since. */
const writers = sql`array(with recursive up as (select unnest(v.writers) as id
    union select p.merged_into from up join person p on p.person_id = up.id where p.merged_into is not null)
  select id::text from up)`;

/** All versions, the latest first. */
export async function versionsOf(db: Reads | Tx, planId: string): Promise<PlanVersionRow[]> {
  const found = await sql<PlanVersionRow>`select v.plan_version_id as "versionId", v.version, v.state,
      v.amendment_reason as "amendmentReason", ${writers} as writers, v.approved_on as "approvedOn",
      (select coalesce(json_agg(coalesce(w.name_hi, w.name_en)), '[]'::json) from person w where w.person_id = any(v.writers)) as "writersHi",
      (select coalesce(json_agg(coalesce(w.name_en, w.name_hi)), '[]'::json) from person w where w.person_id = any(v.writers)) as "writersEn",
      a.name_hi as "approverHi", a.name_en as "approverEn",
      (select coalesce(json_agg(json_build_object('ordinal', t.ordinal, 'courseId', t.course_id,
          'programmeId', t.programme_id, 'courseCode', c.code, 'programmeCode', p.code,
          'roleHi', d.name, 'roleEn', d.name_en, 'titleHi', coalesce(c.title_hi, p.title_hi),
          'titleEn', coalesce(c.title_en, p.title_en), 'tags', coalesce(c.tags, '{}'::text[]), 'minutes', 0,
          'owner', t.owner, 'ownerEn', t.owner_en, 'quarter', t.quarter, 'headcount', t.headcount)
        order by t.ordinal), '[]'::json)
        from plan_line t left join course c using (course_id) left join programme p using (programme_id)
          left join designation d using (designation_id)
        where t.plan_version_id = v.plan_version_id) as lines
    from plan_version v left join person a on a.person_id = v.approved_by
    where v.plan_id = ${planId} order by v.version desc limit 50`.execute(db);
  return found.rows;
}

/** The draft's id, made where there is none: from the approved version, or empty. Whoever writes is noted. */
export async function draftPlan(
  tx: Tx,
  row: { planId: string; versionId: string; writer: string | null; now: Date },
): Promise<{ versionId: string; isAmendment: boolean }> {
  await sql`insert into plan_version (plan_version_id, plan_id, version, recorded_at)
    select ${row.versionId}::uuid, ${row.planId}::uuid, coalesce(max(version), 0) + 1, ${row.now} from plan_version
    where plan_id = ${row.planId}
    having not coalesce(bool_or(state = 'draft'), false)`.execute(tx);
  await sql`insert into plan_line (plan_version_id, ordinal, designation_id, course_id, programme_id, owner, owner_en, quarter,
      headcount)
    select ${row.versionId}::uuid, t.ordinal, t.designation_id, t.course_id, t.programme_id, t.owner, t.owner_en, t.quarter,
      t.headcount
    from plan_line t where exists (select 1 from plan_version where plan_version_id = ${row.versionId})
      and t.plan_version_id = (select plan_version_id from plan_version where plan_id = ${row.planId}
        and state = 'approved' order by version desc limit 1)`.execute(tx);
  const found = await sql<{ versionId: string; version: number }>`update plan_version set
      writers = case when ${row.writer}::uuid is null or ${row.writer}::uuid = any(writers) then writers
        else writers || ${row.writer}::uuid end
    where plan_id = ${row.planId} and state = 'draft'
    returning plan_version_id as "versionId", version`.execute(tx);
  const [draft] = found.rows;
  return { versionId: draft?.versionId ?? row.versionId, isAmendment: (draft?.version ?? 1) > 1 };
}

/** The draft with its lines, where an approved version stands beside it; false where none was removed. */
export async function removeDraft(tx: Tx, planId: string): Promise<boolean> {
  const draft = sql`(select plan_version_id from plan_version v where plan_id = ${planId} and state = 'draft' and exists (
    select from plan_version where plan_id = ${planId} and state = 'approved'))`;
  await sql`delete from plan_line where plan_version_id in ${draft}`.execute(tx);
  const gone = await sql`delete from plan_version where plan_version_id in ${draft}`.execute(tx);
  return Number(gone.numAffectedRows ?? 0) > 0;
}

/** A designation by its name in either language, as it is written or nearly so. */
export async function designationCalled(tx: Tx, name: string): Promise<string | undefined> {
  const found = await sql<{ id: string }>`select designation_id as id from designation
    where name_key in (${foldText(name)}, ${name}) or name = ${name} or name_en = ${name}
    order by name = ${name} desc limit 1`.execute(tx);
  return found.rows[0]?.id;
}

export async function setAmendmentReason(tx: Tx, versionId: string, reason: string): Promise<void> {
  await sql`update plan_version set amendment_reason = ${reason}
    where plan_version_id = ${versionId} and state = 'draft'`.execute(tx);
}

export type NewLine = {
  designationId: string | null;
  courseId: string | null;
  programmeId: string | null;
  owner: string;
  ownerEn: string | null;
  quarter: number;
  headcount: number;
};

export async function replaceLines(tx: Tx, versionId: string, lines: readonly NewLine[]): Promise<void> {
  await sql`delete from plan_line where plan_version_id = ${versionId}`.execute(tx);
  await addLines(tx, versionId, lines);
}

export async function addLines(tx: Tx, versionId: string, lines: readonly NewLine[]): Promise<void> {
  await sql`insert into plan_line (plan_version_id, ordinal, designation_id, course_id, programme_id, owner, owner_en, quarter,
      headcount)
    select ${versionId}::uuid, coalesce((select max(ordinal) from plan_line where plan_version_id = ${versionId}), 0)
        + row_number() over (), r."designationId", r."courseId", r."programmeId", r.owner, r."ownerEn", r.quarter, r.headcount
    from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as r ("designationId" uuid, "courseId" uuid,
      "programmeId" uuid, owner text, "ownerEn" text, quarter smallint, headcount integer)`.execute(tx);
}

export async function removeLine(tx: Tx, versionId: string, ordinal: number): Promise<boolean> {
  const done = await sql`delete from plan_line
    where plan_version_id = ${versionId} and ordinal = ${ordinal}`.execute(tx);
  return Number(done.numAffectedRows ?? 0) > 0;
}

export async function markApproved(
  tx: Tx,
  { versionId, day, by }: { versionId: string; day: Day; by: string | null },
): Promise<void> {
  await sql`update plan_version set state = 'approved', approved_on = ${day}, approved_by = ${by}
    where plan_version_id = ${versionId} and state = 'draft'`.execute(tx);
}

/** What the nearest office on the path says of it; a second person where none says anything. */
export async function plansWantSecondPerson(db: Reads | Tx, path: readonly string[]): Promise<boolean> {
  const found = await sql<{
    wanted: boolean;
  }>`select r.wants_second_person as wanted from plan_approval_rule r
    where r.office_id = any(${[...path]}::uuid[])
    order by array_position(${[...path]}::uuid[], r.office_id) desc, r.set_at desc limit 1`.execute(db);
  return found.rows[0]?.wanted ?? true;
}

export async function insertApprovalRule(
  tx: Tx,
  row: { officeId: string; wantsSecondPerson: boolean; now: Date; by: string | null },
): Promise<void> {
  await sql`insert into plan_approval_rule (office_id, wants_second_person, set_at, set_by)
    values (${row.officeId}, ${row.wantsSecondPerson}, ${row.now}, ${row.by})
    on conflict (office_id, set_at) do update set wants_second_person = excluded.wants_second_person,
      set_by = excluded.set_by`.execute(tx);
}
