import type { CourseEvent } from '../../catalogue/index.ts';
import type { Ctx } from '../../kernel/context.ts';
import type { Tx } from '../../kernel/db.ts';
import { insertNotices } from './store.ts';

/** Reviewers hear of a draft that waits for them, authors of what became of theirs. */
export function tellCourseNotice(tx: Tx, ctx: Ctx, event: CourseEvent): Promise<void> {
  const { kind, personIds, course, href } = event;
  const detail = { courseHi: course.titleHi ?? course.titleEn, courseEn: course.titleEn ?? course.titleHi };
  return insertNotices(tx, { personIds, kind, detail, href, now: ctx.clock.now() });
}
