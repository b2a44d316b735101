import type { Ctx } from '../../kernel/context.ts';
import { todayInIndia } from '../../kernel/dates.ts';

type Local = { titleHi: string | null; titleEn: string | null };

export type MyEnrolment = Local & {
  enrolmentId: string;
  courseId: string;
  courseVersionId: string;
  code: string;
  tags: string[];
  language: 'hi' | 'en';
  lessonsTotal: number;
  lessonsMet: number;
  completedAt: Date | null;
  /** Lessons that were opened, the last one first. */
  progress: { lessonId: string; creditedSeconds: number; isMet: boolean }[] | null;
};

const enrolments = `select e.enrolment_id as "enrolmentId", e.course_id as "courseId", e.course_version_id as "courseVersionId",
    c.code, c.title_hi as "titleHi", c.title_en as "titleEn", c.tags, e.language, e.lessons_total as "lessonsTotal",
    e.lessons_met as "lessonsMet", e.completed_at as "completedAt", p.progress
  from enrolment e join course c using (course_id)
  left join lateral (select json_agg(json_build_object('lessonId', l.lesson_id, 'creditedSeconds', l.credited_seconds,
      'isMet', l.met_at is not null) order by coalesce(l.last_report_at, l.opened_at) desc) as progress,
      max(coalesce(l.last_report_at, l.opened_at)) as last_at
    from lesson_progress l where l.person_id = e.person_id and l.enrolment_id = e.enrolment_id) p on true
  where e.person_id = $1 and e.withdrawn_at is null
  order by e.completed_at is not null, greatest(e.last_active_at, p.last_at) desc limit 60`;

/** The person's enrolments, those that go on first, by when they were last worked on. */
export function myEnrolments(ctx: Pick<Ctx, 'db'>, personId: string): Promise<MyEnrolment[]> {
  return ctx.db.hot<MyEnrolment>('my-enrolments', enrolments, [personId]);
}

export type MyCompletion = Local & {
  completionId: string;
  courseId: string;
  code: string;
  completedDay: string;
  minutes: number;
  source: string;
  foreignCertificateNo: string | null;
  /** Completed before, on an earlier day (METRICS: renewals). */
  isRenewal: boolean;
};

const completions = `select co.completion_id as "completionId", co.course_id as "courseId", c.code, c.title_hi as "titleHi",
    c.title_en as "titleEn", co.completed_day as "completedDay", co.minutes, co.source,
    co.foreign_certificate_no as "foreignCertificateNo",
    exists (select from completion first where first.person_id = co.person_id and first.course_id = co.course_id
      and first.voided_at is null and first.completed_day < co.completed_day) as "isRenewal"
  from completion co join course c using (course_id)
  where co.person_id = $1 and co.voided_at is null order by co.completed_day desc, co.completion_id desc limit $2`;

export function completionsOf(
  ctx: Pick<Ctx, 'db'>,
  personId: string,
  limit: number,
): Promise<MyCompletion[]> {
  return ctx.db.hot<MyCompletion>('my-completions', completions, [personId, limit]);
}

const postWords = `select d.name as designation, d.name_en as "designationEn", c.name as cadre from posting p
    left join designation d using (designation_id) left join cadre c using (cadre_id)
  where p.person_id = $1 and p.voided_at is null and p.starts_on <= $2::date
    and (p.ends_on is null or p.ends_on >= $2::date)
  order by p.is_primary desc, p.starts_on desc limit 1`;

/** What the person's post of today is called: designation and cadre. */
export async function postWordsOf(
  ctx: Pick<Ctx, 'db' | 'clock'>,
  personId: string,
): Promise<(string | null)[]> {
  type Post = { designation: string | null; designationEn: string | null; cadre: string | null };
  const [post] = await ctx.db.hot<Post>('my-post-words', postWords, [personId, todayInIndia(ctx.clock)]);
  return post ? [post.designation, post.designationEn, post.cadre] : [];
}
