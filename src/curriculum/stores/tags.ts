import { sql } from 'kysely';
import type { Reads } from '../../kernel/db.ts';

/** Tags that can be chosen: those of courses and of rules. `courses`: how many published ones carry it. */
export async function tagsKnown(db: Reads): Promise<{ tag: string; courses: number }[]> {
  const found = await sql<{ tag: string; courses: number }>`select tag, count(course_id) as courses
    from (select tag, course_id from course cross join unnest(tags) tag where state = 'published'
      union all select tag, null from curriculum_rule cross join unnest(tags) tag) t
    group by tag order by tag limit 200`.execute(db);
  return found.rows;
}
