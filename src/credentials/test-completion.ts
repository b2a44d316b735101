import { sql } from 'kysely';
import type { World } from '../../test/world.ts';
import { newId } from '../kernel/ids.ts';

export type TestCompletion = { personId: string; completionId: string };

/** A published course without lessons; for tests only. */
export async function insertCourse(
  world: World,
  course: { code: string; hi: string | null; en: string | null },
): Promise<string> {
  const courseId = newId();
  await world.runtime.db.transaction((tx) =>
    sql`insert into course (course_id, code, title_hi, title_en, state, published_at)
      values (${courseId}, ${course.code}, ${course.hi}, ${course.en}, 'published', now())`.execute(tx),
  );
  return courseId;
}

/** A completion as Daksh (or an import) writes it, without what leads there; for tests only. */
export async function insertCompletion(
  world: World,
  who: string,
  what: { courseId: string; office?: string; source?: string; day?: string },
): Promise<TestCompletion> {
  const completion = { personId: world.personId(who), completionId: newId() };
  await world.runtime.db.transaction((tx) =>
    sql`insert into completion (person_id, completion_id, course_id, completed_day, completed_at, source, minutes, office_id)
      values (${completion.personId}, ${completion.completionId}, ${what.courseId}, ${what.day ?? '2026-11-20'},
        '2026-11-20T05:00:00Z', ${what.source ?? 'daksh'}, 95, ${world.officeId(what.office ?? 'SW-BBK')})`.execute(
      tx,
    ),
  );
  return completion;
}
