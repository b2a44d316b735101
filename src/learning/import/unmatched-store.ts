import { type RawBuilder, sql } from 'kysely';
import type { Reads, Tx } from '../../kernel/db.ts';
import { latinDigits } from '../../kernel/text/index.ts';
import { namePatterns } from '../../people/index.ts';
import { freezePostingSql, minutesInForceSql } from '../completion-store.ts';

/** What a row of a file gave to know the person by. */
export type GivenIdentity = { code?: string; issuer?: string; mobile?: string; email?: string };

export type UnmatchedRow = {
  unmatchedId: string;
  importId: string;
  line: number;
  reason: 'unknown_person' | 'several_persons';
  courseId: string;
  courseCode: string;
  courseTitleHi: string | null;
  courseTitleEn: string | null;
  completedDay: string;
  source: string | null;
  certificateNo: string | null;
  given: GivenIdentity;
  candidateIds: string[];
  state: 'open' | 'matched' | 'dismissed' | 'withdrawn';
  createdAt: Date;
};

const columns = sql`u.import_unmatched_id as "unmatchedId", u.import_id as "importId", u.line, u.reason,
  u.course_id as "courseId", c.code as "courseCode", c.title_hi as "courseTitleHi", c.title_en as "courseTitleEn",
  u.completed_day as "completedDay", u.source, u.certificate_no as "certificateNo", u.given,
  u.candidate_ids as "candidateIds", u.state, u.created_at as "createdAt"`;

/**
 * Which waiting rows somebody with these offices sees: where his offices cover the import's, or where one of
 * the persons it may be is his.
 */
function visibleTo(scopes: readonly string[]): RawBuilder<boolean> {
  if (scopes.includes('*')) return sql<boolean>`true`;
  return sql<boolean>`((u.scope_office_ids is not null and not exists (
      select 1 from unnest(u.scope_office_ids) as part (office_id)
      where not exists (select 1 from office o where o.office_id = part.office_id and o.path && ${scopes}::uuid[])))
    or (u.scope_office_ids is null and exists (
      select 1 from office o where o.office_id = any(${scopes}::uuid[]) and o.parent_id is null))
    or exists (select 1 from posting p join office o using (office_id)
      where p.person_id = any(u.candidate_ids) and p.voided_at is null and o.path && ${scopes}::uuid[]))`;
}

export type UnmatchedPage = { scopes: readonly string[]; after?: string; limit: number };

export async function openRows(db: Reads, page: UnmatchedPage): Promise<UnmatchedRow[]> {
  const found =
    await sql<UnmatchedRow>`select ${columns} from import_unmatched u join course c using (course_id)
    where u.state = 'open' and ${visibleTo(page.scopes)}
      and (${page.after ?? null}::uuid is null or u.import_unmatched_id > ${page.after ?? null}::uuid)
    order by u.import_unmatched_id limit ${page.limit}`.execute(db);
  return found.rows;
}

export async function countOpen(db: Reads, scopes: readonly string[]): Promise<number> {
  const found = await sql<{ count: number }>`select count(*) as count from import_unmatched u
    where u.state = 'open' and ${visibleTo(scopes)}`.execute(db);
  return found.rows[0]?.count ?? 0;
}

export async function visibleRow(
  db: Reads | Tx,
  unmatchedId: string,
  scopes: readonly string[],
): Promise<UnmatchedRow | undefined> {
  const found =
    await sql<UnmatchedRow>`select ${columns} from import_unmatched u join course c using (course_id)
    where u.import_unmatched_id = ${unmatchedId} and ${visibleTo(scopes)}`.execute(db);
  return found.rows[0];
}

export async function lockOpenRow(tx: Tx, unmatchedId: string): Promise<boolean> {
  const found = await sql<{ state: string }>`select state from import_unmatched
    where import_unmatched_id = ${unmatchedId} for update`.execute(tx);
  return found.rows[0]?.state === 'open';
}

export type Candidate = {
  personId: string;
  code: string | null;
  nameHi: string | null;
  nameEn: string | null;
  officeCode: string | null;
  officeHi: string | null;
  officeEn: string | null;
  designation: string | null;
};

/**
 * Persons by id, or by what somebody looks for (a code, the last digits of a mobile, parts of a name), of those
 * whom he sees with these offices.
 */
export async function candidates(
  db: Reads,
  wanted: { ids: readonly string[]; text?: string; scopes: readonly string[] },
): Promise<Candidate[]> {
  const inScope = wanted.scopes.includes('*')
    ? sql`true`
    : sql`exists (select 1 from posting v join office w using (office_id)
        where v.person_id = p.person_id and v.voided_at is null and w.path && ${wanted.scopes}::uuid[])`;
  const found =
    await sql<Candidate>`select p.person_id as "personId", p.employee_code as code, p.name_hi as "nameHi",
      p.name_en as "nameEn", t.office_code as "officeCode", t.office_hi as "officeHi", t.office_en as "officeEn", t.designation
    from person p left join lateral (
      select o.code as office_code, o.name_hi as office_hi, o.name_en as office_en, d.name as designation
      from posting s join office o using (office_id) left join designation d using (designation_id)
      where s.person_id = p.person_id and s.voided_at is null
      order by s.ends_on is null desc, s.is_primary desc, s.starts_on desc limit 1) t on true
    where (p.person_id = any(${wanted.ids}::uuid[])
        or ${wanted.text ? isLookedFor(wanted.text) : sql`false`})
      and p.merged_into is null and p.voided_at is null and ${inScope}
    order by p.employee_code limit 20`.execute(db);
  return found.rows;
}

function isLookedFor(text: string): RawBuilder<boolean> {
  const digits = latinDigits(text).replace(/[\s-]/g, '');
  const parts = [sql`select person_id from person_code where code in (${text}, ${text.toUpperCase()})`];
  if (/^\d{4,10}$/.test(digits))
    parts.push(sql`select person_id from person_contact where kind = 'mobile'
      and right(value, 4) = ${digits.slice(-4)} and right(value, ${digits.length}::int) = ${digits}`);
  const patterns = namePatterns(text);
  if (patterns.length > 0)
    parts.push(sql`select person_id from person where search_text like all (${patterns}::text[])`);
  return sql<boolean>`p.person_id in (${sql.join(parts, sql` union all `)})`;
}

export type Matched = { completionId: string; personId: string; row: UnmatchedRow };

/** The completion of a row that was matched by hand; nothing where that day is recorded already. */
export async function insertMatched(tx: Tx, { completionId, personId, row }: Matched): Promise<boolean> {
  const day = sql`${row.completedDay}::date`;
  const added =
    await sql`insert into completion (person_id, completion_id, course_id, course_version_id, completed_day,
      completed_at, source, foreign_certificate_no, import_id, minutes, office_id, area_id, service_group, engagement)
    select ${personId}::uuid, ${completionId}::uuid, u.course_id, v.course_version_id, u.completed_day, u.completed_at,
      u.source, u.certificate_no, u.import_id, coalesce(v.minutes, 0), f.office_id, f.area_id, f.service_group, f.engagement
    from import_unmatched u
      left join lateral (${minutesInForceSql(sql`u.course_id`, day)}) v on true
      left join lateral (${freezePostingSql(sql`${personId}::uuid`, day)}) f on true
    where u.import_unmatched_id = ${row.unmatchedId}
    on conflict (person_id, course_id, completed_day) where voided_at is null do nothing`.execute(tx);
  return Number(added.numAffectedRows ?? 0) > 0;
}

export type Decision = {
  unmatchedId: string;
  state: 'matched' | 'dismissed';
  personId: string | null;
  completionId: string | null;
  by: string | null;
  now: Date;
};

export async function decide(tx: Tx, decision: Decision): Promise<void> {
  await sql`update import_unmatched set state = ${decision.state}, person_id = ${decision.personId},
    completion_id = ${decision.completionId}, decided_at = ${decision.now}, decided_by = ${decision.by}
    where import_unmatched_id = ${decision.unmatchedId}`.execute(tx);
}
