import { courseByCode, playableVersion } from '../catalogue/index.ts';
import { audit } from '../kernel/audit.ts';
import { type Ctx, requirePerson } from '../kernel/context.ts';
import { indiaDay } from '../kernel/dates.ts';
import { notFound, Refusal } from '../kernel/errors.ts';
import { changeFacts } from '../kernel/facts.ts';
import { newId } from '../kernel/ids.ts';
import { activeEnrolment, insertEnrolment } from './enrolment-store.ts';
import { type EnrolmentView, enrolmentDetail } from './enrolment-view.ts';
import { requiredLessons } from './rules.ts';

/** Enrols the person in a published course; again it answers the enrolment that is there (`isNew` false). */
export async function enrolLearner(
  ctx: Ctx,
  input: { courseCode: string; language?: 'hi' | 'en' },
): Promise<{ enrolment: EnrolmentView; isNew: boolean }> {
  const personId = requirePerson(ctx);
  const course = await courseByCode(ctx.db, input.courseCode);
  if (!course) throw notFound();
  const known = await activeEnrolment(ctx.db.read, personId, course.courseId);
  if (known) return { enrolment: (await enrolmentDetail(ctx, known.enrolmentId)).view, isNew: false };
  if (course.state !== 'published') throw notFound();
  if (!course.isPlayable || !course.currentVersionId) throw notPlayable();
  const version = { id: course.currentVersionId, ...(await playableVersion(ctx, course.currentVersionId)) };
  const language = languageFor(course.languages, input.language ?? ctx.language);
  const enrolmentId = newId();
  const hint = { kind: 'enrolled', enrolmentId };
  const standing = await ctx.db.transaction((tx) =>
    changeFacts(tx, { ids: [personId], hint }, async () => {
      const raced = await activeEnrolment(tx, personId, course.courseId);
      if (raced) return raced.enrolmentId;
      const lessonsTotal = requiredLessons(version.version, version.lessons).length;
      const now = ctx.clock.now();
      const at = { personId, enrolmentId, courseId: course.courseId, courseVersionId: version.id };
      await insertEnrolment(tx, { ...at, language, now, day: indiaDay(now), lessonsTotal });
      await audit(tx, ctx, {
        action: 'enrolment.made',
        subjectKind: 'enrolment',
        subjectId: enrolmentId,
        personId,
        detail: { course: course.code },
      });
      return enrolmentId;
    }),
  );
  return { enrolment: (await enrolmentDetail(ctx, standing)).view, isNew: standing === enrolmentId };
}

function languageFor(offered: string[], wanted: 'hi' | 'en'): string {
  return offered.includes(wanted) ? wanted : (offered[0] ?? 'hi');
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
