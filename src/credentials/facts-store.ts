import { sql } from 'kysely';
import { hot, type Reads, type Tx } from '../kernel/db.ts';
import { inScope } from '../organisations/index.ts';
import type { TwoScripts } from './content.ts';

// What persons, postings, completions and courses say; certificates only read it.
type Reader = Reads | Tx;

export type CompletionFacts = {
  completionId: string;
  personId: string;
  courseId: string;
  completedDay: string;
  minutes: number;
  name: TwoScripts;
  code: string;
  title: TwoScripts;
  /** From the root down to the office of the person on the day of completing. */
  offices: { id: string; kind: string | null; hi: string; en: string | null }[];
  /** The template in force at that office or nearest above it. */
  template: { id: string; officeId: string; issuer: TwoScripts } | null;
  scorePercent: number | null;
};

/** What certificates freeze of completions; those that Daksh did not decide, or that were taken back, are absent. */
export async function completionFacts(
  db: Reader,
  completions: { personId: string; completionId: string }[],
): Promise<CompletionFacts[]> {
  const found = await sql<CompletionFacts>`${hot}
    select co.completion_id as "completionId", co.person_id as "personId", co.course_id as "courseId",
      co.completed_day as "completedDay", co.minutes, course.code,
      json_build_object('hi', p.name_hi, 'en', p.name_en) as name,
      json_build_object('hi', course.title_hi, 'en', course.title_en) as title,
      (select coalesce(json_agg(json_build_object('id', above.office_id, 'kind', above.kind, 'hi', above.name_hi, 'en', above.name_en)
          order by step.place), '[]')
        from office o cross join unnest(o.path) with ordinality as step (office_id, place)
          join office above on above.office_id = step.office_id
        where o.office_id = coalesce(co.office_id, (select office_id from office where parent_id is null
          order by created_at limit 1))) as offices,
      (select json_build_object('id', t.certificate_template_id, 'officeId', t.office_id, 'issuer', t.content -> 'issuer')
        from office o join certificate_template t on t.office_id = any(o.path) and t.state = 'in_force'
        where o.office_id = coalesce(co.office_id, (select office_id from office where parent_id is null
          order by created_at limit 1))
        order by array_position(o.path, t.office_id) desc limit 1) as template,
      (select round(100 * sum(best.score) / nullif(sum(best.max_score), 0))
        from (select distinct on (q.lesson_id) q.score, q.max_score from quiz_attempt q
          where q.person_id = co.person_id and q.enrolment_id = co.enrolment_id
          order by q.lesson_id, q.score desc) best) as "scorePercent"
    from unnest(${completions.map((one) => one.personId)}::uuid[],
      ${completions.map((one) => one.completionId)}::uuid[]) as i (person_id, completion_id)
    join completion co using (person_id, completion_id)
    join person p on p.person_id = co.person_id
    join course on course.course_id = co.course_id
    where co.source = 'daksh' and co.voided_at is null`.execute(db);
  return found.rows;
}

/** Whether the person is (or, posted nowhere today, was last) posted in one of the scopes. */
export async function personIsInScope(
  db: Reader,
  personId: string,
  where: { scopes: readonly string[]; today: string },
): Promise<boolean> {
  if (where.scopes.length === 0) return false;
  const found = await sql<{ isIn: boolean }>`
    with own as (select office_id, starts_on, ends_on from posting
        where person_id = ${personId} and voided_at is null),
      today as (select office_id from own where starts_on <= ${where.today}
        and (ends_on is null or ends_on >= ${where.today})),
      last as (select office_id from own where not exists (select 1 from today)
        order by ends_on desc nulls first limit 1)
    select ${where.scopes.includes('*')} or exists (select 1 from office o
      where o.office_id in (select office_id from today union all select office_id from last)
        and ${inScope(sql`o.path`, where.scopes)}) as "isIn"`.execute(db);
  return found.rows[0]?.isIn ?? false;
}

export async function personIdsWithCode(db: Reader, code: string): Promise<string[]> {
  const found = await sql<{ personId: string }>`select person_id as "personId" from person_code
    where code = ${code} limit 10`.execute(db);
  return found.rows.map((row) => row.personId);
}

export async function personName(db: Reader, personId: string): Promise<TwoScripts | undefined> {
  const found = await sql<TwoScripts>`select name_hi as hi, name_en as en from person
    where person_id = ${personId}`.execute(db);
  return found.rows[0];
}

export async function completionStands(db: Reader, personId: string, completionId: string): Promise<boolean> {
  const found = await sql`select 1 from completion where person_id = ${personId}
    and completion_id = ${completionId} and voided_at is null`.execute(db);
  return found.rows.length > 0;
}
