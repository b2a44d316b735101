import type { Ctx } from '../../kernel/context.ts';
import { type Language, translator } from '../../kernel/i18n.ts';
import { languageName } from '../../kernel/languages.ts';
import { faceOf } from '../course-face.ts';
import type { CourseDetails, CourseRow, LessonRow, VersionRow } from '../course-store.ts';
import type { MissingPart } from '../publication-gate.ts';
import { madeInAll } from './store.ts';
import { type Counts, countsIn, textOf } from './translation-desk.ts';

type Draft = { course: CourseRow; version: VersionRow; details: CourseDetails; lessons: LessonRow[] };

/** Of each language that the course says it is in: what a learner will meet in the source's language. */
export async function translationWarnings(ctx: Pick<Ctx, 'db'>, draft: Draft): Promise<MissingPart[]> {
  const { course, details, lessons } = draft;
  const said = [...faceOf(course.code, details, lessons).languages, ...course.languages];
  const languages = [...new Set(said)].filter((language) => language !== details.language);
  if (languages.length === 0) return [];
  const [text, made] = await Promise.all([
    textOf(ctx.db.read, draft),
    madeInAll(ctx.db.read, course.courseId),
  ]);
  return languages.flatMap((language) => {
    const counts = countsIn({ ...text, details, made }, language);
    return counts.untranslated + counts.stale === 0 ? [] : [warning(language, counts)];
  });
}

function warning(language: string, { untranslated, stale }: Counts): MissingPart {
  const text = (page: Language) => {
    const t = translator(page);
    return t('workflow.translationLeft', { language: languageName(language, t), untranslated, stale });
  };
  return { code: 'translation_left', language, text: { hi: text('hi'), en: text('en') } };
}
