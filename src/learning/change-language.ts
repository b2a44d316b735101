import { courseByCode } from '../catalogue/index.ts';
import { audit } from '../kernel/audit.ts';
import { type Ctx, requirePerson } from '../kernel/context.ts';
import { notFound, Refusal } from '../kernel/errors.ts';
import type { ContentLanguage } from '../kernel/languages.ts';
import { activeEnrolment, setEnrolmentLanguage } from './enrolment-store.ts';

/** Changes the language in which the person takes a course; it stays one enrolment with all its progress. */
export async function changeEnrolmentLanguage(
  ctx: Ctx,
  input: { courseCode: string; language: ContentLanguage },
): Promise<void> {
  const personId = requirePerson(ctx);
  const course = await courseByCode(ctx.db, input.courseCode);
  if (!course) throw notFound();
  if (!course.languages.includes(input.language)) throw notOffered();
  await ctx.db.transaction(async (tx) => {
    const enrolment = await activeEnrolment(tx, personId, course.courseId);
    if (!enrolment) throw notFound();
    await setEnrolmentLanguage(tx, {
      personId,
      enrolmentId: enrolment.enrolmentId,
      language: input.language,
    });
    await audit(tx, ctx, {
      action: 'enrolment.language_changed',
      subjectKind: 'enrolment',
      subjectId: enrolment.enrolmentId,
      personId,
      detail: { from: enrolment.language, to: input.language },
    });
  });
}

function notOffered(): Refusal {
  return new Refusal(
    'conflict',
    { hi: 'यह कोर्स इस भाषा में नहीं है।', en: 'This course is not offered in this language.' },
    { reason: 'language_not_offered' },
  );
}
