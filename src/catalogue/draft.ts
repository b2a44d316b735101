import { newId } from '../kernel/ids.ts';
import type { ContentRow, LessonRow } from './course-store.ts';
import { type LocalText, localised } from './local-text.ts';
import { imagesIn, renderMarkdown } from './markdown.ts';
import { normaliseQuiz } from './quiz.ts';
import type { CourseInput, LessonInput } from './schema.ts';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** An author's lessons as rows: texts by language, Markdown rendered; `withTimes` fills in what they last. */
export function lessonRows(input: CourseInput, courseVersionId: string): LessonRow[] {
  return input.lessons.map((lesson, ordinal) => lessonRow(input, lesson, { courseVersionId, ordinal }));
}

function lessonRow(
  input: CourseInput,
  lesson: LessonInput,
  at: { courseVersionId: string; ordinal: number },
): LessonRow {
  const title = localised(lesson.title, input.language);
  const heading = localised(lesson.module, input.language);
  const body = localised(lesson.body, input.language);
  return {
    lessonId: newId(),
    revision: 1,
    courseVersionId: at.courseVersionId,
    code: lesson.code,
    ordinal: at.ordinal,
    kind: lesson.kind,
    titleHi: title.hi ?? null,
    titleEn: title.en ?? null,
    moduleHi: heading.hi ?? null,
    moduleEn: heading.en ?? null,
    durationMinutes: 0,
    minimumSeconds: 0,
    givenMinutes: lesson.durationMinutes ?? null,
    givenMinimumSeconds: lesson.minimumSeconds ?? null,
    seenShare: lesson.seenShare ?? null,
    quiz:
      lesson.kind === 'quiz'
        ? normaliseQuiz(lesson.quiz ?? { passShare: 0.6, attempts: null, questions: [] }, input.language)
        : null,
    contents: contentRows(lesson, body, input.language),
  };
}

function contentRows(lesson: LessonInput, body: LocalText, main: 'hi' | 'en'): ContentRow[] {
  const assets = assetsByLanguage(lesson.asset, main);
  return (['hi', 'en'] as const)
    .filter((language) => body[language] || assets[language])
    .map((language) => contentRow(language, body[language], assets[language]));
}

type Asset = { fileId?: string; captionsFileId?: string; transcript?: string; altText?: string };

function assetsByLanguage(asset: LessonInput['asset'], main: 'hi' | 'en'): { hi?: Asset; en?: Asset } {
  if (asset === undefined) return {};
  if (typeof asset === 'string') return { [main]: { fileId: asset } };
  if ('hi' in asset || 'en' in asset) return asset as { hi?: Asset; en?: Asset };
  return { [main]: asset as Asset };
}

function contentRow(language: string, body: string | undefined, asset: Asset = {}): ContentRow {
  const isFile = asset.fileId !== undefined && uuid.test(asset.fileId);
  const hasCaptions = asset.captionsFileId !== undefined && uuid.test(asset.captionsFileId);
  return {
    language,
    bodyMarkdown: body ?? null,
    bodyHtml: body ? renderMarkdown(body) : null,
    fileId: isFile ? (asset.fileId ?? null) : null,
    captionsFileId: hasCaptions ? (asset.captionsFileId ?? null) : null,
    transcript: asset.transcript ?? null,
    altText: asset.altText ?? null,
    assetReference: isFile ? null : (asset.fileId ?? null),
    imageIds: imagesIn(body ?? '').own,
  };
}

export function totalMinutes(lessons: Pick<LessonRow, 'durationMinutes'>[]): number {
  return Math.round(lessons.reduce((sum, lesson) => sum + lesson.durationMinutes, 0));
}
