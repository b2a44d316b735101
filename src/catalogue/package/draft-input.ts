import type { CourseInput, LessonInput } from '../schema.ts';
import type { CourseDocument, PackageContent, PackageLesson } from './document.ts';
import type { Note } from './parts.ts';

export type DraftParts = {
  code: string;
  title?: { hi?: string; en?: string };
  competencies: string[];
  /** What became of each path of the package: the id of a file kept here. */
  files: ReadonlyMap<string, string>;
  /** Blueprints that go by another code here. */
  renamed: ReadonlyMap<string, string>;
};

/** The document as an author would have sent it, with files that are kept here. */
export function draftInput(document: CourseDocument, parts: DraftParts): CourseInput {
  const { course } = document;
  return {
    code: parts.code,
    language: course.language,
    title: parts.title ?? own(course.title),
    summary: course.summary && own(course.summary),
    audience: course.audience && own(course.audience),
    provider: course.provider,
    tags: course.tags,
    competencies: parts.competencies,
    sources: course.sources,
    completion: { lessons: course.completion.lessons },
    lessons: document.modules.flatMap((module) =>
      module.lessons.map((lesson) => lessonInput(lesson, module.title, parts)),
    ),
  };
}

function lessonInput(
  lesson: PackageLesson,
  module: Record<string, string> | undefined,
  parts: DraftParts,
): LessonInput {
  const spoken = sides.filter((side) => lesson.contents[side]);
  const each = (read: (content: PackageContent) => unknown) =>
    Object.fromEntries(spoken.map((side) => [side, read(lesson.contents[side] ?? {})]));
  return {
    code: lesson.code,
    kind: lesson.kind,
    title: own(lesson.title),
    module: module && own(module),
    durationMinutes: lesson.durationMinutes,
    minimumSeconds: lesson.minimumSeconds,
    seenShare: lesson.seenShare,
    quiz: lesson.quiz && renamed(lesson.quiz, parts),
    ...(spoken.length > 0 ? contents(each, parts.files) : {}),
  };
}

type Each = (read: (content: PackageContent) => unknown) => Record<string, unknown>;

function contents(each: Each, files: DraftParts['files']): Pick<LessonInput, 'body' | 'asset'> {
  return {
    body: each((content) => content.body && withAddresses(content.body, files)),
    asset: each((content) => assetOf(content, files)),
  };
}

function renamed(quiz: NonNullable<PackageLesson['quiz']>, parts: DraftParts) {
  return quiz.blueprint ? { ...quiz, blueprint: parts.renamed.get(quiz.blueprint) ?? quiz.blueprint } : quiz;
}

function assetOf(content: PackageContent, files: DraftParts['files']) {
  return {
    fileId: content.file ? files.get(content.file) : content.awaitedFile,
    captionsFileId: content.captions ? files.get(content.captions) : undefined,
    transcript: content.transcript,
    altText: content.altText,
  };
}

/**
 * Pictures get their address here. Whatever else claims to lie in this installation is none of the package's
 * and could be another office's file: it becomes a plain word.
 */
export function withAddresses(body: string, files: DraftParts['files']): string {
  return body
    .replace(/\/media\/(?=[0-9a-f]{8}-)/gi, 'missing/')
    .replace(/\bassets\/[0-9a-f]{64}\.[a-z0-9]{2,5}\b/g, (path) => {
      const id = files.get(path);
      return id ? `/media/${id}` : path;
    });
}

const sides = ['hi', 'en'] as const;

function own(text: Record<string, string>): { hi?: string; en?: string } {
  return Object.fromEntries(sides.flatMap((side) => (text[side] ? [[side, text[side]]] : [])));
}

/** Languages beside Hindi and English have no place in a course's rows: told, not dropped in silence. */
export function languageNotes(document: CourseDocument): Note[] {
  const spoken = new Set<string>();
  const add = (text: Record<string, unknown> | undefined) => {
    for (const language of Object.keys(text ?? {})) spoken.add(language);
  };
  const { course, modules } = document;
  for (const text of [course.title, course.summary, course.audience]) add(text);
  for (const module of modules) {
    add(module.title);
    for (const lesson of module.lessons) for (const text of [lesson.title, lesson.contents]) add(text);
  }
  const others = [...spoken].filter((language) => language !== 'hi' && language !== 'en').sort();
  if (others.length === 0) return [];
  const list = others.join(', ');
  const text = {
    hi: `इन भाषाओं के पाठ नहीं लिए जाएँगे: ${list}`,
    en: `Texts in these languages are not taken: ${list}`,
  };
  return [{ code: 'languages_not_taken', text }];
}
