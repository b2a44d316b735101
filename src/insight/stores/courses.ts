import { type RawBuilder, sql } from 'kysely';
import type { Reads } from '../../kernel/db.ts';
import { doneBySql } from './done-sql.ts';

export type OpenEnrolments = { notStarted: number; inProgress: number };

/** Those enrolled in a course who have not completed it, by whether a lesson was opened. */
export async function openEnrolments(
  reads: Reads,
  { courseId, asOf }: { courseId: string; asOf: string },
): Promise<OpenEnrolments> {
  const found = await sql<OpenEnrolments>`select count(*) filter (where started_at is null) as "notStarted",
      count(*) filter (where started_at is not null) as "inProgress"
    from enrolment join person using (person_id)
    where enrolment.course_id = ${courseId} and enrolment.withdrawn_at is null and enrolment.superseded_at is null
      and enrolment.completed_at is null and person.account_day is not null and person.merged_into is null
      and not exists (select from completion done where done.person_id = enrolment.person_id
        and done.course_id = enrolment.course_id and ${doneBySql('done', asOf)})`.execute(reads);
  return found.rows[0] ?? { notStarted: 0, inProgress: 0 };
}

export type CourseAtOffice = { code: string; nameHi: string; nameEn: string | null; completions: number };

/** Who first completed a course, by the offices right below one, where each was posted then; the office itself too. */
export async function courseBelow(
  reads: Reads,
  { courseId, officeId, asOf }: { courseId: string; officeId: string; asOf: string },
): Promise<CourseAtOffice[]> {
  const found = await sql<CourseAtOffice>`
    select shown.code, shown.name_hi as "nameHi", shown.name_en as "nameEn", count(*) as completions
    from (${firstsSql(courseId, asOf)}) first join office here using (office_id)
      join office above on above.office_id = ${officeId} and here.path @> array[above.office_id]
      join office shown on shown.office_id = coalesce(here.path[cardinality(above.path) + 1], above.office_id)
    group by shown.office_id order by completions desc, shown.code`.execute(reads);
  return found.rows;
}

/** How many first completed a course while posted at one of the offices or below. */
export async function completedWithin(
  reads: Reads,
  { courseId, officeIds, asOf }: { courseId: string; officeIds: readonly string[]; asOf: string },
): Promise<number> {
  const found = await sql<{ count: number }>`select count(*) as count
    from (${firstsSql(courseId, asOf)}) first join office here using (office_id)
    where here.path && ${officeIds}::uuid[]`.execute(reads);
  return found.rows[0]?.count ?? 0;
}

/** Where each person's first completion of the course was, told as the counters tell it. */
function firstsSql(courseId: string, asOf: string): RawBuilder<unknown> {
  return sql`select distinct on (completion.person_id) completion.office_id
    from completion join person using (person_id)
    where completion.course_id = ${courseId} and ${doneBySql('completion', asOf)}
      and person.account_day is not null and person.merged_into is null
    order by completion.person_id, completed_day, recorded_at, completion_id`;
}
