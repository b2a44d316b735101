import { audit } from '../kernel/audit.ts';
import { type Ctx, personIdOf } from '../kernel/context.ts';
import { todayInIndia } from '../kernel/dates.ts';
import type { Tx } from '../kernel/db.ts';
import { notFound, Refusal } from '../kernel/errors.ts';
import { type Language, pick } from '../kernel/i18n.ts';
import { blueprintParts } from './blueprint-facts.ts';
import { draftDetails, faceOf } from './course-face.ts';
import {
  type CourseRow,
  type LessonRow,
  lockCourse,
  lockedLessonsOf,
  lockedVersionsOf,
  markPublished,
  markReopened,
  markRetired,
  openVersion,
  updateCourseFace,
  updateDuration,
  updateTimes,
  type VersionRow,
} from './course-store.ts';
import { totalMinutes } from './draft.ts';
import { isRecording, withTimes } from './lesson-times.ts';
import { requirePublisher } from './policy.ts';
import { type MissingPart, missingForPublication } from './publication-gate.ts';
import { beginRedo, type Redo } from './redo.ts';
import { markReviewUsed, standingReview, wantsSecondPerson } from './review/store.ts';

/**
 * Publishes the draft of a course, or brings a retired one back. `isNew` is false where nothing was waiting
 * (published before, no draft since). Refuses with `details.missing`, the whole list of what must be mended.
 */
export async function publishCourse(
  ctx: Ctx,
  code: string,
  { redo = 'nobody' }: { redo?: Redo } = {},
): Promise<{ version: number; isNew: boolean }> {
  return ctx.db.transaction(async (tx) => {
    const course = await lockCourse(tx, code);
    if (!course) throw notFound();
    requirePublisher(ctx, course);
    const versions = await lockedVersionsOf(tx, course.courseId);
    const draft = openVersion(versions);
    const current = versions.find((version) => version.state === 'published');
    if (draft) await publishDraft(tx, ctx, { course, draft, redo: current ? redo : 'nobody' });
    else if (course.state === 'retired') await markReopened(tx, course.courseId);
    const shown = draft ?? current;
    if (!shown) throw notFound();
    const isNew = Boolean(draft) || course.state === 'retired';
    if (isNew)
      await audit(tx, ctx, {
        action: 'course.published',
        subjectKind: 'course',
        subjectId: code,
        officeId: course.officeId ?? undefined,
        detail: { version: shown.number, ...(draft && current ? { redo } : {}) },
      });
    return { version: shown.number, isNew };
  });
}

type Waiting = { course: CourseRow; draft: VersionRow; redo: Redo };

async function publishDraft(tx: Tx, ctx: Ctx, { course, draft, redo }: Waiting): Promise<void> {
  const lessons = await settledLessons(tx, draft);
  const details = draftDetails(course, draft);
  const drawn = await blueprintParts(ctx, { course, lessons });
  const missing = [...missingForPublication(details, draft, lessons), ...drawn];
  if (missing.length > 0) throw notReady(missing, ctx.language);
  await settleReview(tx, { course, draft });
  const at = { now: ctx.clock.now(), day: todayInIndia(ctx.clock), by: personIdOf(ctx.actor) ?? null, redo };
  await updateCourseFace(tx, course.courseId, faceOf(course.code, details, lessons));
  await markPublished(tx, draft, at);
  if (redo !== 'nobody') await beginRedo(tx, ctx, { course, version: draft, redo });
}

/** Where an office wants a second person's word, publication waits for it; an approval is used up here. */
async function settleReview(tx: Tx, { course, draft }: Omit<Waiting, 'redo'>): Promise<void> {
  const review = await standingReview(tx, draft.courseVersionId);
  const isApproved = review?.state === 'approved';
  if (!isApproved && (await wantsSecondPerson(tx, course.officePath))) throw reviewNeeded();
  if (review) await markReviewUsed(tx, review.reviewId);
}

/** The lessons with times by what is known of their files now; some may have been measured since they were saved. */
async function settledLessons(tx: Tx, draft: VersionRow): Promise<LessonRow[]> {
  const lessons = (await lockedLessonsOf(tx, draft.courseVersionId)).map(withTimes);
  for (const lesson of lessons.filter(isRecording)) await updateTimes(tx, lesson);
  await updateDuration(tx, draft.courseVersionId, totalMinutes(lessons));
  return lessons;
}

/** Takes a course out of the catalogue; who is enrolled goes on, certificates stay. Repeated: nothing more. */
export async function retireCourse(ctx: Ctx, code: string): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const course = await lockCourse(tx, code);
    if (!course) throw notFound();
    requirePublisher(ctx, course);
    if (course.state === 'draft') throw neverPublished();
    if (course.state === 'retired') return;
    await markRetired(tx, course.courseId, ctx.clock.now());
    await audit(tx, ctx, {
      action: 'course.retired',
      subjectKind: 'course',
      subjectId: code,
      officeId: course.officeId ?? undefined,
    });
  });
}

export function notReady(missing: MissingPart[], language: Language): Refusal {
  const told = missing.map((part) => ({ ...part, text: pick(part.text, language) }));
  return new Refusal(
    'invalid',
    { hi: 'प्रकाशन से पहले ये बातें पूरी करें।', en: 'These must be mended before publication.' },
    { reason: 'not_ready_for_publication', details: { missing: told } },
  );
}

function reviewNeeded(): Refusal {
  return new Refusal(
    'conflict',
    {
      hi: 'इस कार्यालय के कोर्स प्रकाशन से पहले किसी दूसरे व्यक्ति से अनुमोदित होने चाहिए।',
      en: "Courses of this office need a second person's approval before they are published.",
    },
    { reason: 'review_needed' },
  );
}

function neverPublished(): Refusal {
  return new Refusal(
    'conflict',
    { hi: 'यह कोर्स अभी प्रकाशित नहीं हुआ है।', en: 'This course has not been published.' },
    { reason: 'never_published' },
  );
}
