import type { Ctx } from '../../kernel/context.ts';
import type { Tx } from '../../kernel/db.ts';
import type { CourseRow } from '../course-store.ts';
import { personsAmong } from './store.ts';

/** Something about a draft that concerns certain persons; told in the transaction in which it happened. */
export type CourseEvent = {
  kind:
    | 'course_sent'
    | 'course_approved'
    | 'course_returned'
    | 'course_commented'
    | 'translation_returned'
    | 'translation_published';
  personIds: string[];
  course: Pick<CourseRow, 'code' | 'titleHi' | 'titleEn'>;
  href: string;
};
type Handler = (tx: Tx, ctx: Ctx, event: CourseEvent) => Promise<void>;

const handlers = new Map<string, Handler>();

export function onCourseEvent(name: string, handler: Handler): void {
  handlers.set(name, handler);
}

export async function tellCourseEvent(tx: Tx, ctx: Ctx, event: CourseEvent): Promise<void> {
  if (event.personIds.length === 0) return;
  const personIds = await personsAmong(tx, event.personIds);
  if (personIds.length === 0) return;
  for (const handler of handlers.values()) await handler(tx, ctx, { ...event, personIds });
}
