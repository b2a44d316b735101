import { z } from 'zod';

/** A text in one language (the course's) or in several. */
const localText = z.union([
  z.string().trim().min(1).max(400),
  z.object({ hi: z.string().trim().max(400).optional(), en: z.string().trim().max(400).optional() }),
]);
const longText = z.union([
  z.string().max(200_000),
  z.object({ hi: z.string().max(200_000).optional(), en: z.string().max(200_000).optional() }),
]);
export const code = z
  .string()
  .trim()
  .min(1)
  .max(64)
  .regex(/^[\p{L}\p{N}][\p{L}\p{M}\p{N}._/-]*$/u, 'letters, digits, dot, dash, slash');

const option = z.object({
  code: z.string().max(40).optional(),
  text: localText,
  correct: z.boolean().default(false),
});
const item = z.object({ code: z.string().max(40).optional(), text: localText });
const questionBase = {
  code: z.string().max(40).optional(),
  text: localText,
  explanation: localText.optional(),
  points: z.number().positive().max(100).default(1),
};
export const question = z.discriminatedUnion('kind', [
  z.object({ ...questionBase, kind: z.literal('single'), options: z.array(option).min(2).max(12) }),
  z.object({ ...questionBase, kind: z.literal('multiple'), options: z.array(option).min(2).max(12) }),
  z.object({
    ...questionBase,
    kind: z.literal('numeric'),
    answer: z.number(),
    tolerance: z.number().min(0).default(0),
  }),
  z.object({ ...questionBase, kind: z.literal('ordering'), items: z.array(item).min(2).max(12) }),
]);
export type QuestionInput = z.output<typeof question>;

/** `passShare` of the points passes; `attempts` null: as many as wanted. */
export const quizInput = z.object({
  passShare: z.number().min(0).max(1).default(0.6),
  attempts: z.number().int().min(1).max(100).nullable().default(null),
  questions: z.array(question).max(200).default([]),
});
export type QuizInput = z.output<typeof quizInput>;

/** A file that was uploaded (its id), or the name of one that is still to come. */
const assetObject = z.strictObject({
  fileId: z.string().max(400).optional(),
  captionsFileId: z.string().max(400).optional(),
  transcript: z.string().max(100_000).optional(),
  altText: z.string().max(2000).optional(),
});
const asset = z.union([
  z.string().max(400),
  assetObject,
  z.strictObject({ hi: assetObject.optional(), en: assetObject.optional() }),
]);

export const lessonKinds = ['text', 'video', 'audio', 'pdf', 'quiz'] as const;
export type LessonKind = (typeof lessonKinds)[number];

export const lessonInput = z.object({
  code: code,
  kind: z.enum(lessonKinds),
  title: localText,
  body: longText.optional(),
  asset: asset.optional(),
  durationMinutes: z.number().min(0).max(6000).optional(),
  minimumSeconds: z.number().int().min(0).max(86_400).optional(),
  quiz: quizInput.optional(),
});
export type LessonInput = z.output<typeof lessonInput>;

const source = z.object({ title: z.string().max(400), url: z.string().max(1000).optional() });

export const courseInput = z.object({
  code: code,
  title: localText,
  language: z.enum(['hi', 'en']).default('hi'),
  summary: longText.optional(),
  audience: localText.optional(),
  provider: z.string().max(200).optional(),
  tags: z.array(z.string().trim().toLowerCase().min(1).max(60)).max(30).default([]),
  competencies: z.array(z.string().trim().min(1).max(120)).max(30).default([]),
  sources: z.array(source).max(50).default([]),
  lessons: z.array(lessonInput).max(200).default([]),
  completion: z
    .object({ lessons: z.union([z.literal('all'), z.array(code).min(1)]).default('all') })
    .loose()
    .optional(),
  /** Whose course it is; default: the office of the author's right. */
  officeCode: z.string().max(100).optional(),
});
export type CourseInput = z.output<typeof courseInput>;

export type LocalText = { hi?: string; en?: string };

/** A plain string is a text in the course's own language. */
export function localised(text: string | LocalText | undefined, language: 'hi' | 'en'): LocalText {
  if (text === undefined) return {};
  if (typeof text === 'string') return { [language]: text };
  return { hi: text.hi || undefined, en: text.en || undefined };
}
