import type { CourseDetails, CourseRow, LessonRow, VersionRow } from '../course-store.ts';
import {
  type CourseDocument,
  formatName,
  formatVersion,
  looksLikeId,
  type PackageAsset,
  type PackageContent,
  type PackageLesson,
  type PackageModule,
} from './document.ts';
import type { AssetFile } from './store.ts';

export type Written = {
  course: CourseRow;
  version: VersionRow;
  details: CourseDetails;
  lessons: LessonRow[];
  files: ReadonlyMap<string, AssetFile>;
  parts: Record<string, unknown>;
  origin: CourseDocument['origin'];
};

/** A version of a course as `course.json`: the same rows give the same text. */
export function documentOf(written: Written): CourseDocument {
  const { course, version, details, lessons, files } = written;
  return {
    format: formatName,
    formatVersion,
    origin: written.origin,
    course: {
      code: course.code,
      language: details.language,
      languages: languagesIn(details, lessons),
      title: both(details.titleHi, details.titleEn) ?? {},
      ...some('summary', both(details.summaryHi, details.summaryEn)),
      ...some('audience', both(details.audienceHi, details.audienceEn)),
      ...some('provider', details.provider ?? undefined),
      tags: details.tags,
      competencies: details.competencies,
      durationMinutes: version.durationMinutes,
      completion: { lessons: version.completionRule.lessons },
      sources: version.sources.map(({ title, url }) => ({ title, ...some('url', url) })),
    },
    modules: modulesOf(lessons, files),
    parts: written.parts,
    assets: assetsOf(lessons, files),
  };
}

/** The course's own language first, then every other that a title or a lesson speaks. */
function languagesIn(details: CourseDetails, lessons: LessonRow[]): string[] {
  const titles = [details, ...lessons].flatMap((one) => Object.keys(both(one.titleHi, one.titleEn) ?? {}));
  const spoken = lessons.flatMap((lesson) => lesson.contents.map((content) => content.language));
  return [...new Set([details.language, ...[...titles, ...spoken].sort()])];
}

function modulesOf(lessons: LessonRow[], files: Written['files']): PackageModule[] {
  const modules: PackageModule[] = [];
  let heading: string | undefined;
  for (const lesson of lessons) {
    const title = both(lesson.moduleHi ?? null, lesson.moduleEn ?? null);
    const here = JSON.stringify(title ?? null);
    if (here !== heading) modules.push({ ...some('title', title), lessons: [] });
    heading = here;
    modules.at(-1)?.lessons.push(lessonOf(lesson, files));
  }
  return modules;
}

function lessonOf(lesson: LessonRow, files: Written['files']): PackageLesson {
  return {
    code: lesson.code,
    kind: lesson.kind,
    title: both(lesson.titleHi, lesson.titleEn) ?? {},
    ...some('durationMinutes', lesson.givenMinutes ?? undefined),
    ...some('minimumSeconds', lesson.givenMinimumSeconds ?? undefined),
    ...some('seenShare', lesson.seenShare ?? undefined),
    ...some('quiz', (lesson.quiz as PackageLesson['quiz'] | null) ?? undefined),
    contents: Object.fromEntries(lesson.contents.map((one) => [one.language, contentOf(one, files)])),
  };
}

function contentOf(content: LessonRow['contents'][number], files: Written['files']): PackageContent {
  const path = (fileId: string | null) => (fileId ? files.get(fileId)?.path : undefined);
  return {
    ...some('body', content.bodyMarkdown ? withPaths(content.bodyMarkdown, files) : undefined),
    ...some('file', path(content.fileId)),
    ...some('captions', path(content.captionsFileId)),
    ...some('transcript', content.transcript || undefined),
    ...some('altText', content.altText || undefined),
    ...some('awaitedFile', awaited(content.assetReference)),
  };
}

function awaited(name: string | null): string | undefined {
  return name && !looksLikeId.test(name) ? name : undefined;
}

const address = /\/media\/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})/gi;

/** Addresses of this installation mean nothing elsewhere: pictures by their path, the rest as missing. */
export function withPaths(markdown: string, files: Written['files']): string {
  return markdown.replace(
    address,
    (_all, id: string) => files.get(id.toLowerCase())?.path ?? `missing/${id}`,
  );
}

/** How many addresses in the texts lead to files that are not in the package. */
export function missingIn(document: CourseDocument): number {
  const bodies = document.modules
    .flatMap((one) => one.lessons)
    .flatMap((lesson) => Object.values(lesson.contents).map((content) => content?.body ?? ''));
  return bodies.reduce((sum, body) => sum + (body.match(/\bmissing\/[0-9a-f]{8}-/gi)?.length ?? 0), 0);
}

/** Each content once, in the order in which the lessons name it first. */
function assetsOf(lessons: LessonRow[], files: Written['files']): PackageAsset[] {
  const ids = lessons.flatMap((lesson) => lesson.contents.flatMap(fileIdsOf));
  const used = ids.map((id) => files.get(id)).filter((file) => file !== undefined);
  const byPath = new Map(used.toReversed().map((file) => [file.path, file]));
  return [...new Set(used.map((file) => file.path))].flatMap((path) => {
    const file = byPath.get(path);
    return file ? [assetOf(file)] : [];
  });
}

function assetOf(file: AssetFile): PackageAsset {
  const { path, name, contentType, bytes, sha256 } = file;
  return {
    ...{ path, name, contentType, bytes, sha256 },
    ...some('durationSeconds', file.durationSeconds ?? undefined),
    ...some('licence', file.licence ?? undefined),
  };
}

export function fileIdsOf(content: LessonRow['contents'][number]): string[] {
  const own = [content.fileId, content.captionsFileId, ...(content.imageIds ?? [])];
  return own.filter((id) => id !== null);
}

function both(hi: string | null, en: string | null): Record<string, string> | undefined {
  if (!hi && !en) return undefined;
  return { ...some('hi', hi || undefined), ...some('en', en || undefined) } as Record<string, string>;
}

function some<N extends string, T>(name: N, value: T | undefined): { [K in N]?: T } {
  return (value === undefined ? {} : { [name]: value }) as { [K in N]?: T };
}
