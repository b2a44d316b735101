import { z } from 'zod';
import { code, lessonKinds, quizInput, source } from '../schema.ts';

/** What `course.json` calls itself, and the version of its fields; a reader refuses any other. */
export const formatName = 'daksh-course';
export const formatVersion = 1;

export const documentName = 'course.json';
export const assetPath = /^assets\/[0-9a-f]{64}\.[a-z0-9]{2,5}$/;
export const looksLikeId = /^\s*[0-9a-f]{8}-[0-9a-f]{4}-/i;
const language = z.string().regex(/^[a-z]{2,3}$/, 'bad_language');

/** A text by language: `{"hi": "…", "en": "…"}`. */
const texts = (max: number) =>
  z
    .record(language, z.string().max(max, 'too_long'))
    .refine((text) => Object.keys(text).length > 0, 'text_needed');
const path = z.string().regex(assetPath, 'bad_asset_path');

const content = z.strictObject({
  body: z.string().max(200_000, 'too_long').optional(),
  file: path.optional(),
  captions: path.optional(),
  transcript: z.string().max(100_000, 'too_long').optional(),
  altText: z.string().max(2000, 'too_long').optional(),
  /** The name of a file that the author had not uploaded yet; never an id, which could be anybody's file. */
  awaitedFile: z
    .string()
    .max(400, 'too_long')
    .refine((name) => !looksLikeId.test(name), 'bad_asset_path')
    .optional(),
});
export type PackageContent = z.output<typeof content>;

const lesson = z.strictObject({
  code,
  kind: z.enum(lessonKinds, 'bad_lesson_kind'),
  title: texts(400),
  durationMinutes: z.number().min(0).max(6000).optional(),
  minimumSeconds: z.number().int().min(0).max(86_400).optional(),
  seenShare: z.number().min(0.5).max(1).optional(),
  quiz: quizInput.optional(),
  contents: z.record(language, content),
});
export type PackageLesson = z.output<typeof lesson>;

const moduleShape = z.strictObject({
  title: texts(400).optional(),
  lessons: z.array(lesson).max(200),
});
export type PackageModule = z.output<typeof moduleShape>;

const asset = z.strictObject({
  path,
  name: z.string().min(1).max(200),
  contentType: z.string().max(100),
  bytes: z.number().int().min(1),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'bad_hash'),
  durationSeconds: z.number().min(0).optional(),
  licence: z.string().max(400, 'too_long').optional(),
});
export type PackageAsset = z.output<typeof asset>;

const origin = z.strictObject({
  exportedAt: z.string().max(40),
  exportedFrom: z.string().max(400),
  version: z.number().int().min(1),
  state: z.enum(['draft', 'in_review', 'published', 'superseded']),
});

const course = z.strictObject({
  code,
  language: z.enum(['hi', 'en']),
  languages: z.array(language).max(30),
  title: texts(400),
  summary: texts(200_000).optional(),
  audience: texts(400).optional(),
  provider: z.string().max(200, 'too_long').optional(),
  tags: z.array(z.string().trim().toLowerCase().min(1).max(60)).max(30),
  competencies: z.array(z.string().trim().min(1).max(120)).max(30),
  durationMinutes: z.number().min(0),
  completion: z.strictObject({ lessons: z.union([z.literal('all'), z.array(code).min(1).max(200)]) }),
  sources: z.array(source).max(50),
});

/** `course.json`, field by field as docs/course-package.md tells; a field that is not here is refused. */
export const courseDocument = z.strictObject({
  format: z.literal(formatName),
  formatVersion: z.literal(formatVersion),
  origin,
  course,
  modules: z.array(moduleShape).max(200),
  /** By the name of the part; features above the catalogue bring and take theirs. */
  parts: z.record(z.string().max(40), z.unknown()),
  assets: z.array(asset).max(1000),
});
export type CourseDocument = z.output<typeof courseDocument>;

export function lessonsIn(document: Pick<CourseDocument, 'modules'>): PackageLesson[] {
  return document.modules.flatMap((one) => one.lessons);
}

/** What a lesson's content names: its file, its captions, and the pictures in its text. */
export function pathsOf(content: PackageContent): string[] {
  const pictures = (content.body ?? '').match(/\bassets\/[0-9a-f]{64}\.[a-z0-9]{2,5}\b/g) ?? [];
  return [content.file, content.captions, ...pictures].filter((one) => one !== undefined);
}
