import { courseByCode, playableVersion } from '../catalogue/index.ts';
import { audit } from '../kernel/audit.ts';
import { type Ctx, requirePerson } from '../kernel/context.ts';
import { todayInIndia } from '../kernel/dates.ts';
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
  const enrolmentId = await ctx.db.transaction((tx) =>
    changeFacts(
      tx,
      {
        ids: [personId],
        hint: { kind: 'enrolled', courseId: course.courseId, day: todayInIndia(ctx.clock) },
      },
      async () => {
        const raced = await activeEnrolment(tx, personId, course.courseId);
        if (raced) return raced.enrolmentId;
        const id = newId();
        await insertEnrolment(tx, {
          personId,
          enrolmentId: id,
          courseId: course.courseId,
          courseVersionId: version.id,
          language,
          now: ctx.clock.now(),
          day: todayInIndia(ctx.clock),
          lessonsTotal: requiredLessons(version.version, version.lessons).length,
        });
        await audit(tx, ctx, {
          action: 'enrolment.made',
          subjectKind: 'enrolment',
          subjectId: id,
          personId,
          detail: { course: course.code },
        });
        return id;
      },
    ),
  );
  return { enrolment: (await enrolmentDetail(ctx, enrolmentId)).view, isNew: true };
}

function languageFor(offered: string[], wanted: 'hi' | 'en'): string {
  return offered.includes(wanted) ? wanted : (offered[0] ?? 'hi');
}

function notPlayable(): Refusal {
  return new Refusal(
    'conflict',
    {
      hi: 'यह पाठ्यक्रम यहाँ नहीं चलता; इसकी पूर्णताएँ आयात से आती हैं।',
      en: 'This course cannot be taken here; its completions are imported.',
    },
    { reason: 'course_not_playable' },
  );
}
