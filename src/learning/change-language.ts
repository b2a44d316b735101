import { courseByCode, playableVersion } from '../catalogue/index.ts';
import { audit } from '../kernel/audit.ts';
import { type Ctx, requirePerson } from '../kernel/context.ts';
import { notFound, Refusal } from '../kernel/errors.ts';
import type { ContentLanguage } from '../kernel/languages.ts';
import { moveSeen, type SeenMove } from './engagement-store.ts';
import { activeEnrolment, type EnrolmentRow, setEnrolmentLanguage } from './enrolment-store.ts';
import { forgetLanguage } from './report-engagement.ts';
import { taken } from './taken-lesson.ts';

/** Changes the language in which the person takes a course; it stays one enrolment with all its progress. */
export async function changeEnrolmentLanguage(
  ctx: Ctx,
  input: { courseCode: string; language: ContentLanguage },
): Promise<void> {
  const personId = requirePerson(ctx);
  const course = await courseByCode(ctx.db, input.courseCode);
  if (!course) throw notFound();
  if (!course.languages.includes(input.language)) throw notOffered();
  const enrolmentId = await ctx.db.transaction(async (tx) => {
    const enrolment = await activeEnrolment(tx, personId, course.courseId);
    if (!enrolment) throw notFound();
    await setEnrolmentLanguage(tx, {
      personId,
      enrolmentId: enrolment.enrolmentId,
      language: input.language,
    });
    await moveSeen(tx, enrolment, await movesOf(ctx, enrolment, input.language));
    await audit(tx, ctx, {
      action: 'enrolment.language_changed',
      subjectKind: 'enrolment',
      subjectId: enrolment.enrolmentId,
      personId,
      detail: { from: enrolment.language, to: input.language },
    });
    return enrolment.enrolmentId;
  });
  forgetLanguage(enrolmentId);
}

/** A share of a recording is seen in whatever language, also in the one before the last; half of it twice is half. */
async function movesOf(ctx: Ctx, enrolment: EnrolmentRow, language: ContentLanguage): Promise<SeenMove[]> {
  const { lessons } = await playableVersion(ctx, enrolment.courseVersionId);
  return lessons.flatMap((lesson) => {
    const to = taken(lesson, language).recording;
    const others = lesson.contents.flatMap((content) => taken(lesson, content.language).recording ?? []);
    return others
      .filter((from) => from.language !== to?.language)
      .map((from) => ({
        lessonId: lesson.lessonId,
        from: from.language,
        // In a recording that nobody measured, time counts again.
        to: to?.language ?? null,
        ratio: to ? to.seconds / from.seconds : 0,
      }));
  });
}

function notOffered(): Refusal {
  return new Refusal(
    'conflict',
    { hi: 'यह कोर्स इस भाषा में नहीं है।', en: 'This course is not offered in this language.' },
    { reason: 'language_not_offered' },
  );
}
