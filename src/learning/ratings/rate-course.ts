import { z } from 'zod';
import { type CourseRow, courseByCode, mayReadDraft } from '../../catalogue/index.ts';
import { audit } from '../../kernel/audit.ts';
import { type Ctx, personIdOf, requirePerson, scopesOf } from '../../kernel/context.ts';
import { notFound, Refusal } from '../../kernel/errors.ts';
import { pathIsInScope } from '../../organisations/index.ts';
import {
  addToTotal,
  deleteRating,
  hasCompleted,
  lockedRating,
  markDecided,
  markReported,
  type RatingWords,
  ratingTotal,
  wordsOfCourse,
  writeRating,
} from './store.ts';

export const ratingInput = z.object({
  stars: z.coerce.number('required').int().min(1, 'required').max(5),
  words: z.string().trim().max(1000, 'too_long').optional(),
});
export const reportInput = z.object({
  reason: z.string('required').trim().min(3, 'required').max(300, 'too_long'),
});
export const decisionInput = z.object({ decision: z.enum(['kept', 'removed']) });

/** What a person thinks of a course that he completed: one rating each, which he may change. */
export async function rateCourse(
  ctx: Ctx,
  courseCode: string,
  input: z.output<typeof ratingInput>,
): Promise<void> {
  const personId = requirePerson(ctx);
  const course = await shownCourse(ctx, courseCode);
  await ctx.db.transaction(async (tx) => {
    if (!(await hasCompleted(tx, personId, course.courseId))) throw notCompleted();
    const before = await lockedRating(tx, personId, course.courseId);
    const rating = { personId, courseId: course.courseId, stars: input.stars, words: input.words || null };
    const { isNew } = await writeRating(tx, rating, ctx.clock.now());
    // Two first ratings at once: the second waited for the first, and finds what it wrote.
    if (!before && !isNew) throw again();
    const by = { ratings: isNew ? 1 : 0, stars: input.stars - (before?.stars ?? 0) };
    await addToTotal(tx, course.courseId, by);
    await audit(tx, ctx, {
      action: 'rating.given',
      subjectKind: 'course',
      subjectId: course.code,
      personId,
      detail: { stars: input.stars },
    });
  });
}

/** Takes one's own rating away. Repeated: nothing more. */
export async function removeRating(ctx: Ctx, courseCode: string): Promise<void> {
  const personId = requirePerson(ctx);
  const course = await shownCourse(ctx, courseCode);
  await ctx.db.transaction(async (tx) => {
    const before = await lockedRating(tx, personId, course.courseId);
    if (!before) return;
    await deleteRating(tx, personId, course.courseId);
    await addToTotal(tx, course.courseId, { ratings: -1, stars: -before.stars });
    await audit(tx, ctx, {
      action: 'rating.removed',
      subjectKind: 'course',
      subjectId: course.code,
      personId,
    });
  });
}

export type CourseWords = {
  course: CourseRow;
  total: { ratings: number; stars: number };
  words: RatingWords[];
  mayDecide: boolean;
};

/** What was written with ratings: for who works on the course, and the nodal officers of its office. */
export async function courseWordsOf(ctx: Ctx, courseCode: string): Promise<CourseWords> {
  const course = await readableCourse(ctx, courseCode);
  const [total, words] = await Promise.all([
    ratingTotal(ctx.db.read, course.courseId),
    wordsOfCourse(ctx.db.read, course.courseId),
  ]);
  return { course, total, words, mayDecide: mayDecide(ctx, course) };
}

/** Says that words are abusive; they are hidden until it is decided. */
export async function reportWords(
  ctx: Ctx,
  at: { courseCode: string; ratingId: string },
  reason: string,
): Promise<void> {
  const course = await readableCourse(ctx, at.courseCode);
  await ctx.db.transaction(async (tx) => {
    const report = { now: ctx.clock.now(), by: personIdOf(ctx.actor) ?? null, reason };
    if (!(await markReported(tx, { courseId: course.courseId, ratingId: at.ratingId }, report)))
      throw notFound();
    await audit(tx, ctx, {
      action: 'rating.reported',
      subjectKind: 'rating',
      subjectId: at.ratingId,
      officeId: course.officeId ?? undefined,
      detail: { course: course.code },
    });
  });
}

/** Keeps or removes reported words; by a nodal officer or an operator over the course's office, not its authors. */
export async function decideWords(
  ctx: Ctx,
  at: { courseCode: string; ratingId: string },
  decision: 'kept' | 'removed',
): Promise<void> {
  const course = await readableCourse(ctx, at.courseCode);
  if (!mayDecide(ctx, course)) throw notFound();
  await ctx.db.transaction(async (tx) => {
    const decided = { now: ctx.clock.now(), by: personIdOf(ctx.actor) ?? null, decision };
    if (!(await markDecided(tx, { courseId: course.courseId, ratingId: at.ratingId }, decided)))
      throw notFound();
    await audit(tx, ctx, {
      action: decision === 'kept' ? 'rating.kept' : 'rating.words_removed',
      subjectKind: 'rating',
      subjectId: at.ratingId,
      officeId: course.officeId ?? undefined,
      detail: { course: course.code },
    });
  });
}

export const rolesReadingWords = ['author', 'reviewer', 'publisher', 'operator', 'auditor', 'nodal'] as const;

function mayDecide(ctx: Ctx, course: CourseRow): boolean {
  const scopes = scopesOf(ctx.actor, ['nodal', 'operator']);
  return course.officePath ? pathIsInScope(course.officePath, scopes) : scopes.length > 0;
}

export function mayReadWords(ctx: Ctx, course: CourseRow): boolean {
  return mayReadDraft(ctx, course) || mayDecide(ctx, course);
}

async function readableCourse(ctx: Ctx, courseCode: string): Promise<CourseRow> {
  const course = await courseByCode(ctx.db, courseCode);
  if (!course || !mayReadWords(ctx, course)) throw notFound();
  return course;
}

async function shownCourse(ctx: Ctx, courseCode: string): Promise<CourseRow> {
  const course = await courseByCode(ctx.db, courseCode);
  if (!course || course.state === 'draft') throw notFound();
  return course;
}

function notCompleted(): Refusal {
  const text = {
    hi: 'मूल्यांकन कोर्स पूरा करने के बाद दिया जा सकता है।',
    en: 'A course can be rated once it is completed.',
  };
  return new Refusal('conflict', text, { reason: 'course_not_completed' });
}

function again(): Refusal {
  const text = { hi: 'यह अभी-अभी बदला गया। फिर से सहेजें।', en: 'This was changed a moment ago. Save again.' };
  return new Refusal('conflict', text, { reason: 'changed_meanwhile' });
}
