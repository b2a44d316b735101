import type { Ctx } from '../../kernel/context.ts';
import type { Db } from '../../kernel/db.ts';
import { gatheringRows } from '../../kernel/gather.ts';
import type { ContentLanguage } from '../../kernel/languages.ts';

type EnrolmentListRow = {
  id: string;
  courseCode: string;
  titleHi: string | null;
  titleEn: string | null;
  language: ContentLanguage;
  lessonsMet: number;
  lessonsTotal: number;
  enrolledAt: Date;
  completedAt: Date | null;
  isBegun: boolean;
};

type Page = { personId: string; limit: number; after?: string };

// Ids are ordered by time, so they are the key of the page. The longest page of the moment is read of all.
const pages = `select w.name, found.* from unnest($1::text[], $2::uuid[], $3::uuid[]) w (name, person_id, after)
  cross join lateral (
    select e.enrolment_id as id, c.code as "courseCode", c.title_hi as "titleHi", c.title_en as "titleEn", e.language,
      e.lessons_met as "lessonsMet", e.lessons_total as "lessonsTotal", e.enrolled_at as "enrolledAt",
      e.completed_at as "completedAt", e.lessons_met > 0
        or exists (select 1 from lesson_progress p where p.person_id = e.person_id and p.enrolment_id = e.enrolment_id)
        or exists (select 1 from quiz_attempt q where q.person_id = e.person_id and q.enrolment_id = e.enrolment_id) as "isBegun"
    from enrolment e join course c using (course_id)
    where e.person_id = w.person_id and e.withdrawn_at is null and e.superseded_at is null and (w.after is null or e.enrolment_id < w.after)
    order by e.enrolment_id desc limit $4) found`;

const askPage = gatheringRows(
  (db: Db, names) => {
    const asked = names.map((name) => JSON.parse(name) as Page);
    return db.hot<EnrolmentListRow & { name: string }>('enrolment-pages', pages, [
      names,
      asked.map((page) => page.personId),
      asked.map((page) => page.after ?? null),
      Math.max(...asked.map((page) => page.limit)),
    ]);
  },
  (row) => row.name,
);

/** A page of a person's enrolments, the newest first; what is asked in one moment is read by one statement. */
export async function enrolmentPage(
  ctx: Pick<Ctx, 'db'>,
  { personId, limit, after }: Page,
): Promise<EnrolmentListRow[]> {
  return (await askPage(ctx.db, JSON.stringify({ personId, limit, after }))).slice(0, limit);
}
