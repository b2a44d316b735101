import { type CourseRow, courseByCode, playableVersion } from '../catalogue/index.ts';
import { type Ctx, requirePerson } from '../kernel/context.ts';
import type { Db } from '../kernel/db.ts';
import { notFound, Refusal } from '../kernel/errors.ts';
import { gatheringPer } from '../kernel/gather.ts';
import { newId } from '../kernel/ids.ts';
import { type ContentLanguage, sideOf } from '../kernel/languages.ts';
import { activeEnrolment } from './enrolment-store.ts';
import { type EnrolmentView, enrolmentDetail, viewOf } from './enrolment-view.ts';
import { floodsOf } from './floods.ts';
import { prerequisiteRefusal } from './prerequisites/save-prerequisites.ts';
import { requiredLessons } from './rules.ts';
import { taken } from './taken-lesson.ts';

/**
 * Enrols the person in a published course, together with others of these milliseconds, answered after the commit;
 * again it answers the enrolment that is there (`isNew` false).
 */
export async function enrolLearner(
  ctx: Ctx,
  input: { courseCode: string; language?: ContentLanguage },
): Promise<{ enrolment: EnrolmentView; isNew: boolean }> {
  const personId = requirePerson(ctx);
  const course = await courseWith(ctx.db, input.courseCode);
  if (!course) throw notFound();
  if (course.state !== 'published' || !course.isPlayable || !course.currentVersionId)
    return knownIn(ctx, { personId, course });
  const barred = await prerequisiteRefusal(ctx, course.courseId, personId);
  if (barred) return knownIn(ctx, { personId, course, refusal: barred });
  const { version, lessons } = await playableVersion(ctx, course.currentVersionId);
  const language = languageFor(course.languages, input.language ?? ctx.language);
  const lessonsTotal = requiredLessons(version, lessons).length;
  const asked = { personId, enrolmentId: newId(), course, version, language, lessonsTotal };
  const { enrolmentId, now, isResumed } = await floodsOf(ctx.db).enrol({ ctx, ...asked });
  if (enrolmentId !== asked.enrolmentId)
    return { enrolment: (await enrolmentDetail(ctx, enrolmentId)).view, isNew: false };
  if (isResumed) return { enrolment: (await enrolmentDetail(ctx, enrolmentId)).view, isNew: true };
  const fresh = { completedAt: null, redoOf: null, withdrawnAt: null, enrolledAt: now, language };
  const at = { personId, enrolmentId, courseId: course.courseId, courseCode: course.code };
  const enrolment = { ...at, ...fresh, courseVersionId: version.courseVersionId };
  const takenLessons = lessons.map((lesson) => taken(lesson, language));
  return { enrolment: viewOf(enrolment, takenLessons, new Map()), isNew: true };
}

// A department takes up the same few courses: each is read once a moment.
const courseWith = gatheringPer(async (db: Db, codes: string[]) => {
  const asked = new Map<string, Promise<CourseRow | undefined>>();
  for (const code of codes) if (!asked.has(code)) asked.set(code, courseByCode(db, code));
  return Promise.all(codes.map((code) => asked.get(code)));
});

type Known = { personId: string; course: CourseRow; refusal?: Refusal };

/** Where nobody can be enrolled anew, one who was may still go on. */
async function knownIn(ctx: Ctx, { personId, course, refusal }: Known) {
  const known = await activeEnrolment(ctx.db.read, personId, course.courseId);
  if (known) return { enrolment: (await enrolmentDetail(ctx, known.enrolmentId)).view, isNew: false };
  throw refusal ?? (course.state === 'published' ? notPlayable() : notFound());
}

function languageFor(offered: string[], wanted: ContentLanguage): ContentLanguage {
  if (offered.includes(wanted)) return wanted;
  return sideOf(offered[0] ?? 'hi');
}

function notPlayable(): Refusal {
  return new Refusal(
    'conflict',
    {
      hi: 'यह कोर्स यहाँ नहीं चलता; इसकी पूर्णताएँ आयात से आती हैं।',
      en: 'This course cannot be taken here; its completions are imported.',
    },
    { reason: 'course_not_playable' },
  );
}
