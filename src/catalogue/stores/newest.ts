import type { Ctx } from '../../kernel/context.ts';
import type { Db } from '../../kernel/db.ts';

export type NewCourseRow = {
  courseId: string;
  code: string;
  titleHi: string | null;
  titleEn: string | null;
  tags: string[];
  competencies: string[];
  languages: string[];
  durationMinutes: number;
  publishedAt: Date;
};

const query = `select c.course_id as "courseId", c.code, c.title_hi as "titleHi", c.title_en as "titleEn", c.tags, c.competencies, c.languages,
    v.duration_minutes as "durationMinutes", c.published_at as "publishedAt"
  from course c join course_version v on v.course_version_id = c.current_version_id
  where c.course_id in (
    (select course_id from course where state = 'published' and is_playable order by published_at desc, code limit 60)
    union all
    (select course_id from (select k.course_id, row_number() over (partition by split_part(tag, ':', 1)
        order by k.published_at desc, k.code) as place
      from course k cross join unnest(k.competencies) tag where k.state = 'published' and k.is_playable) t
    where place <= 3))
  order by c.published_at desc, c.code`;

const keptForMs = 10_000;
const kept = new WeakMap<Db, { at: number; rows: Promise<NewCourseRow[]> }>();

/** The newest courses that run here, and the newest of each competency that a post may need; the same for everybody: read every ten seconds, not for every learner. */
export function newestCourses(ctx: Pick<Ctx, 'db'>): Promise<NewCourseRow[]> {
  const known = kept.get(ctx.db);
  if (known && performance.now() - known.at < keptForMs) return known.rows;
  const rows = ctx.db.hot<NewCourseRow>('newest-courses', query, []);
  kept.set(ctx.db, { at: performance.now(), rows });
  rows.catch(() => kept.delete(ctx.db));
  return rows;
}
