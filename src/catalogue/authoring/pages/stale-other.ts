import { type Ctx, personIdOf } from '../../../kernel/context.ts';
import type { FormState } from '../../../kernel/http/answer-form.ts';
import type { CourseDesk } from '../course-desk.ts';
import { lastChange } from '../stores/courses.ts';
import type { Other } from './stale-notice.tsx';

/** Who saved meanwhile, where a form came back for being stale. */
export async function staleOther(
  ctx: Ctx,
  desk: CourseDesk,
  { state, lessonId }: { state: FormState; lessonId?: string },
): Promise<Other | undefined> {
  if (state.refusal?.reason !== 'stale') return undefined;
  const change = await lastChange(ctx, { courseVersionId: desk.version.courseVersionId, lessonId });
  const me = personIdOf(ctx.actor);
  if (change) return { ...change, isSelf: me !== undefined && change.by === me };
  return { at: null, nameHi: null, nameEn: null, isSelf: false };
}

/**
 * The stamp of a form that comes back: the one it was opened with, or it would write over what others saved
 * meanwhile; the present one only where both texts are shown.
 */
export function stampFor(state: FormState, other: Other | undefined, present: number): string | number {
  return other ? present : (state.values['revision'] ?? present);
}
