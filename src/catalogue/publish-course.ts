import { audit } from '../kernel/audit.ts';
import { type Ctx, personIdOf } from '../kernel/context.ts';
import { todayInIndia } from '../kernel/dates.ts';
import { notFound, Refusal } from '../kernel/errors.ts';
import { lockCourse, lockedLessonsOf, lockedVersionsOf, markPublished, markRetired } from './course-store.ts';
import { requirePublisher } from './policy.ts';
import { missingForPublication } from './publication-gate.ts';

/**
 * Publishes the draft of a course. `isNew` is false where nothing was waiting (published before, no draft since).
 * Refuses with `details.missing`, the whole list of what must be mended.
 */
export async function publishCourse(ctx: Ctx, code: string): Promise<{ version: number; isNew: boolean }> {
  return ctx.db.transaction(async (tx) => {
    const course = await lockCourse(tx, code);
    if (!course) throw notFound();
    requirePublisher(ctx, course);
    const versions = await lockedVersionsOf(tx, course.courseId);
    const draft = versions.find((version) => version.state === 'draft');
    const current = versions.find((version) => version.state === 'published');
    if (!draft && current) return { version: current.number, isNew: false };
    if (!draft) throw notFound();
    const missing = missingForPublication(course, draft, await lockedLessonsOf(tx, draft.courseVersionId));
    if (missing.length > 0) throw notReady(missing);
    const at = { now: ctx.clock.now(), day: todayInIndia(ctx.clock), by: personIdOf(ctx.actor) ?? null };
    await markPublished(tx, draft, at);
    await audit(tx, ctx, {
      action: 'course.published',
      subjectKind: 'course',
      subjectId: code,
      detail: { version: draft.number },
    });
    return { version: draft.number, isNew: true };
  });
}

/** Takes a course out of the catalogue; who is enrolled goes on, certificates stay. */
export async function retireCourse(ctx: Ctx, code: string): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const course = await lockCourse(tx, code);
    if (!course) throw notFound();
    requirePublisher(ctx, course);
    await markRetired(tx, course.courseId, ctx.clock.now());
    await audit(tx, ctx, { action: 'course.retired', subjectKind: 'course', subjectId: code });
  });
}

function notReady(missing: ReturnType<typeof missingForPublication>): Refusal {
  return new Refusal(
    'invalid',
    { hi: 'प्रकाशन से पहले ये बातें पूरी करें।', en: 'These must be mended before publication.' },
    { reason: 'not_ready_for_publication', details: { missing } },
  );
}
