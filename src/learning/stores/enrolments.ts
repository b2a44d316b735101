import { sql } from 'kysely';
import type { Ctx } from '../../kernel/context.ts';

type EnrolmentListRow = {
  id: string;
  courseCode: string;
  titleHi: string | null;
  titleEn: string | null;
  language: 'hi' | 'en';
  lessonsMet: number;
  lessonsTotal: number;
  enrolledAt: Date;
  completedAt: Date | null;
  isBegun: boolean;
};

/** Ids are ordered by time, so they are the key of the page. */
export async function enrolmentPage(
  ctx: Pick<Ctx, 'db'>,
  page: { personId: string; limit: number; after?: string },
): Promise<EnrolmentListRow[]> {
  const after = page.after ?? null;
  const found =
    await sql<EnrolmentListRow>`select e.enrolment_id as id, c.code as "courseCode", c.title_hi as "titleHi",
      c.title_en as "titleEn", e.language, e.lessons_met as "lessonsMet", e.lessons_total as "lessonsTotal",
      e.enrolled_at as "enrolledAt", e.completed_at as "completedAt",
      exists (select 1 from lesson_progress p where p.person_id = e.person_id and p.enrolment_id = e.enrolment_id)
        or exists (select 1 from quiz_attempt q where q.person_id = e.person_id and q.enrolment_id = e.enrolment_id) as "isBegun"
    from enrolment e join course c using (course_id)
    where e.person_id = ${page.personId} and e.withdrawn_at is null
      and (${after}::uuid is null or e.enrolment_id < ${after}::uuid)
    order by e.enrolment_id desc limit ${page.limit}`.execute(ctx.db.read);
  return found.rows;
}
