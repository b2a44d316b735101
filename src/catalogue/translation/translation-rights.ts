import { type Ctx, personIdOf, requireRole } from '../../kernel/context.ts';
import { todayInIndia } from '../../kernel/dates.ts';
import type { Reads, Tx } from '../../kernel/db.ts';
import { forbidden, notFound, unauthenticated } from '../../kernel/errors.ts';
import type { CourseRow } from '../course-store.ts';
import { mayEdit, mayPublish, mayReadDraft, mayReview, readerRoles } from '../policy.ts';
import { invitedLanguages } from './translators-store.ts';

export type TranslationRights = {
  /** Everything, or the languages of one's invitations. */
  into: 'every' | string[];
  mayInvite: boolean;
  mayReview: boolean;
  mayPublish: boolean;
};

/** Authors of the owning office, and who was asked by them; for everybody else the course is not found. */
export async function translationRights(
  ctx: Ctx,
  course: CourseRow,
  read: Reads | Tx = ctx.db.read,
): Promise<TranslationRights> {
  if (ctx.actor.kind === 'anonymous') throw unauthenticated();
  if (mayReadDraft(ctx, course)) requireRole(ctx, readerRoles);
  const isAuthor = mayEdit(ctx, course);
  const personId = personIdOf(ctx.actor);
  const asked = { courseId: course.courseId, today: todayInIndia(ctx.clock) };
  const invited = !isAuthor && personId ? await invitedLanguages(read, { ...asked, personId }) : [];
  if (!isAuthor && invited.length === 0 && !mayReadDraft(ctx, course)) throw notFound();
  return {
    into: isAuthor ? 'every' : invited,
    mayInvite: isAuthor,
    mayReview: mayReview(ctx, course),
    mayPublish: mayPublish(ctx, course),
  };
}

export function mayTranslate(rights: TranslationRights, language: string): boolean {
  return rights.into === 'every' || rights.into.includes(language);
}

/** The first line of every command that writes a translation. */
export async function requireTranslator(
  ctx: Ctx,
  tx: Tx,
  { course, language }: { course: CourseRow; language: string },
): Promise<void> {
  const rights = await translationRights(ctx, course, tx);
  if (!mayTranslate(rights, language)) throw forbidden();
}
