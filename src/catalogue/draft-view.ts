import type { Ctx } from '../kernel/context.ts';
import { notFound } from '../kernel/errors.ts';
import { draftDetails, faceOf } from './course-face.ts';
import { courseByCode, lessonsOf, openVersion, versionsOf } from './course-store.ts';
import { mayReadDraft } from './policy.ts';

/** A course as its next publication would show it, for its authors; the newest version where no draft is open. */
export async function draftOf(ctx: Ctx, code: string) {
  const course = await courseByCode(ctx.db, code);
  if (!course || !mayReadDraft(ctx, course)) throw notFound();
  const versions = await versionsOf(ctx.db, course.courseId);
  const version = openVersion(versions) ?? versions.at(-1);
  if (!version) throw notFound();
  const lessons = await lessonsOf(ctx.db, version.courseVersionId);
  const face = faceOf(course.code, draftDetails(course, version), lessons);
  return {
    code: course.code,
    title: { hi: face.titleHi, en: face.titleEn },
    summary: { hi: face.summaryHi, en: face.summaryEn },
    provider: face.provider,
    tags: face.tags,
    competencies: face.competencies,
    languages: face.languages,
    durationMinutes: version.durationMinutes,
    state: version === openVersion(versions) ? ('draft' as const) : course.state,
    isPlayable: lessons.length > 0,
    version: version.number,
    lessons: lessons.map((lesson) => ({
      code: lesson.code,
      kind: lesson.kind,
      title: { hi: lesson.titleHi, en: lesson.titleEn },
      durationMinutes: lesson.durationMinutes,
      minimumSeconds: lesson.minimumSeconds,
    })),
  };
}
