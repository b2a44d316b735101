import type { Ctx } from '../../kernel/context.ts';
import type { Db } from '../../kernel/db.ts';
import { gatheringRows } from '../../kernel/gather.ts';
import type { ContentLanguage } from '../../kernel/languages.ts';

type Local = { titleHi: string | null; titleEn: string | null };

export type MyEnrolment = Local & {
  enrolmentId: string;
  courseId: string;
  courseVersionId: string;
  code: string;
  tags: string[];
  language: ContentLanguage;
  lessonsTotal: number;
  lessonsMet: number;
  completedAt: Date | null;
  /** Lessons that were opened, the last one first. */
  progress: { lessonId: string; doneSeconds: number; isMet: boolean }[] | null;
};

// What a learner's pages read of a person is read for all the persons of one moment by one statement.
const enrolments = `select w.person_id as "personId", found.* from unnest($1::uuid[]) w (person_id) cross join lateral (
  select e.enrolment_id as "enrolmentId", e.course_id as "courseId", e.course_version_id as "courseVersionId",
    c.code, c.title_hi as "titleHi", c.title_en as "titleEn", c.tags, e.language, e.lessons_total as "lessonsTotal",
    e.lessons_met as "lessonsMet", e.completed_at as "completedAt", p.progress
  from enrolment e join course c using (course_id)
  left join lateral (select json_agg(json_build_object('lessonId', l.lesson_id, 'doneSeconds', coalesce(l.seen_seconds, l.credited_seconds),
      'isMet', l.met_at is not null) order by coalesce(l.last_report_at, l.opened_at) desc) as progress,
      max(coalesce(l.last_report_at, l.opened_at)) as last_at
    from lesson_progress l where l.person_id = e.person_id and l.enrolment_id = e.enrolment_id) p on true
  where e.person_id = w.person_id and e.withdrawn_at is null and e.superseded_at is null
  order by e.completed_at is not null, greatest(e.last_active_at, p.last_at) desc limit 60) found`;

type OfPerson = { personId: string };

const askEnrolments = gatheringRows(
  (db: Db, personIds) => db.hot<MyEnrolment & OfPerson>('my-enrolments', enrolments, [personIds]),
  (row) => row.personId,
);

/** The person's enrolments, those that go on first, by when they were last worked on. */
export function myEnrolments(ctx: Pick<Ctx, 'db'>, personId: string): Promise<MyEnrolment[]> {
  return askEnrolments(ctx.db, personId);
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

const completions = `select w.person_id as "personId", found.* from unnest($1::uuid[]) w (person_id) cross join lateral (
  select latest.*, c.code, c.title_hi as "titleHi", c.title_en as "titleEn"
  from (
    select co.completion_id as "completionId", co.course_id as "courseId", co.completed_day as "completedDay",
      co.minutes, co.source, co.foreign_certificate_no as "foreignCertificateNo",
      co.completed_day > min(co.completed_day) over (partition by co.course_id) as "isRenewal"
    from completion co where co.person_id = w.person_id and co.voided_at is null
    order by co.completed_day desc, co.completion_id desc limit $2) latest
  join course c on c.course_id = latest."courseId"
  order by latest."completedDay" desc, latest."completionId" desc) found`;

type CompletionOfPerson = MyCompletion & OfPerson;

const onHome = 60;
const askCompletions = gatheringRows(
  (db: Db, personIds) => db.hot<CompletionOfPerson>('my-completions', completions, [personIds, onHome]),
  (row) => row.personId,
);

/** The person's newest completions, as many as a home has use for. */
export function newestCompletionsOf(ctx: Pick<Ctx, 'db'>, personId: string): Promise<MyCompletion[]> {
  return askCompletions(ctx.db, personId);
}

export function completionsOf(
  ctx: Pick<Ctx, 'db'>,
  personId: string,
  limit: number,
): Promise<MyCompletion[]> {
  return ctx.db.hot<CompletionOfPerson>('my-completions', completions, [[personId], limit]);
}
