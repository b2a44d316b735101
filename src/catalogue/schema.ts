import { z } from 'zod';
import { addFieldTexts } from '../kernel/field-texts.ts';
import { nameField } from '../kernel/name-field.ts';
import { hasOddSigns } from '../kernel/text/index.ts';
import { acceptCourse } from './accept-variants.ts';

addFieldTexts({
  text_needed: {
    hi: 'यहाँ पाठ लिखें: हिन्दी में, अंग्रेज़ी में या दोनों में।',
    en: 'Write a text here: in Hindi, in English or in both.',
  },
  bad_course_code: {
    hi: 'कोड अक्षर या अंक से शुरू हो; आगे अक्षर, अंक, बिंदु, - और / हो सकते हैं (64 तक)।',
    en: 'A code begins with a letter or digit and goes on with letters, digits, dots, dashes or slashes (up to 64).',
  },
  bad_lesson_kind: {
    hi: 'पाठ का प्रकार इनमें से एक हो: text, video, audio, pdf, quiz।',
    en: 'The kind of a lesson is one of: text, video, audio, pdf, quiz.',
  },
  bad_question_kind: {
    hi: 'प्रश्न का प्रकार इनमें से एक हो: single, multiple, truth, numeric, ordering, matching, fill।',
    en: 'The kind of a question is one of: single, multiple, truth, numeric, ordering, matching, fill.',
  },
  two_options: { hi: 'कम से कम दो विकल्प लिखें।', en: 'Write at least two options.' },
  bad_url: {
    hi: 'पता https:// से शुरू होना चाहिए।',
    en: 'The address must begin with https://.',
  },
  unknown_completion_rule: {
    hi: 'पूर्णता का नियम केवल lessons जानता है: "all" या पाठों के कोड।',
    en: 'A completion rule knows `lessons` only: "all", or the codes of lessons.',
  },
  number_needed: { hi: 'यहाँ संख्या लिखें।', en: 'Write a number here.' },
});

const shortText = z.string().trim().max(400, 'too_long');
/** A text in one language (the course's) or in several. */
export const localText = z.union(
  [
    shortText.min(1),
    z
      .object({ hi: shortText.optional(), en: shortText.optional() })
      .refine((text) => Boolean(text.hi || text.en), 'text_needed'),
  ],
  'text_needed',
);
const longText = z.union([
  z.string().max(200_000),
  z.object({ hi: z.string().max(200_000).optional(), en: z.string().max(200_000).optional() }),
]);
/** What a course or lesson is called, in one language or in several. */
const titleText = localText.refine(
  (title) => !Object.values(typeof title === 'string' ? [title] : title).some(hasOddSigns),
  'odd_signs',
);
export const code = z
  .string('required')
  .trim()
  .min(1, 'required')
  .max(64, 'bad_course_code')
  .regex(/^[\p{L}\p{N}][\p{L}\p{M}\p{N}._/-]*$/u, 'bad_course_code');

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
const options = z.array(option).min(2, 'two_options').max(12);
const choices = [
  z.object({ ...questionBase, kind: z.literal('single'), options }),
  z.object({ ...questionBase, kind: z.literal('multiple'), options }),
  z.object({ ...questionBase, kind: z.literal('truth'), answer: z.boolean() }),
  z.object({
    ...questionBase,
    kind: z.literal('numeric'),
    answer: z.number('number_needed'),
    tolerance: z.number().min(0).default(0),
    unit: localText.optional(),
  }),
  z.object({
    ...questionBase,
    kind: z.literal('ordering'),
    items: z.array(item).min(2, 'two_options').max(12),
  }),
  z.object({
    ...questionBase,
    kind: z.literal('matching'),
    pairs: z
      .array(item.extend({ match: z.union([localText, item]) }))
      .min(2, 'two_options')
      .max(12),
    distractors: z.array(item).max(12).default([]),
  }),
  z.object({
    ...questionBase,
    kind: z.literal('fill'),
    accepted: z.array(z.string().trim().min(1).max(200)).min(1, 'required').max(40),
    anyScript: z.boolean().default(true).describe('Whether "phishing" is right where "फ़िशिंग" is'),
  }),
] as const;
const short = z.object({
  ...questionBase,
  kind: z.literal('short'),
  rubric: z
    .array(item.extend({ share: z.number().positive().max(1) }))
    .min(1, 'required')
    .max(12),
  maxWords: z.number().int().min(5).max(1000).default(100),
});
export const question = z.discriminatedUnion('kind', choices, 'bad_question_kind');
/** A bank may also hold questions that a person marks. */
export const bankQuestion = z.discriminatedUnion('kind', [...choices, short], 'bad_question_kind');
export type BankQuestionInput = z.output<typeof bankQuestion>;
export type QuestionInput = z.output<typeof question>;

/** `passShare` of the points passes; `attempts` null: as many as wanted. */
export const quizInput = z.object({
  passShare: z
    .number()
    .min(0)
    .max(1)
    .default(0.6)
    .describe('Share of the points that passes; `passMark` and numbers above 1 are read as percent'),
  attempts: z.number().int().min(1).max(100).nullable().default(null),
  questions: z.array(question).max(200).default([]),
  blueprint: z
    .string()
    .trim()
    .min(1)
    .max(64)
    .optional()
    .describe('The code of a blueprint: each attempt is drawn from question banks, by its rules'),
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
  kind: z.enum(lessonKinds, 'bad_lesson_kind'),
  title: titleText,
  module: titleText
    .optional()
    .describe('The heading under which the lesson stands; lessons in a row with the same make one module'),
  body: longText.optional().describe('Markdown; a string is in the language of the course'),
  asset: asset
    .optional()
    .describe(
      'The id of an uploaded file, or the name of one still to come; or an object with captions, transcript and alternative text; or such by language',
    ),
  durationMinutes: z.number().min(0).max(6000).optional(),
  minimumSeconds: z.number().int().min(0).max(86_400).optional(),
  seenShare: z
    .number()
    .min(0.5)
    .max(1)
    .optional()
    .describe('Share of a recording or of a PDF that must be seen, 0.5 to 1; default 0.8'),
  quiz: quizInput.optional(),
});
export type LessonInput = z.output<typeof lessonInput>;

export const source = z.object({
  title: nameField(400),
  url: z
    .string()
    .trim()
    .max(1000)
    .regex(/^https?:\/\/\S+$/i, 'bad_url')
    .optional(),
});

const courseShape = z.object({
  code: code,
  title: titleText,
  language: z.enum(['hi', 'en']).default('hi'),
  summary: longText.optional(),
  audience: localText.optional(),
  provider: z.string().max(200).optional(),
  tags: z.array(z.string().trim().toLowerCase().min(1).max(60)).max(30).default([]),
  competencies: z.array(z.string().trim().min(1).max(120)).max(30).default([]),
  sources: z.array(source).max(50).default([]),
  lessons: z.array(lessonInput).max(200).default([]),
  completion: z
    .strictObject(
      { lessons: z.union([z.literal('all'), z.array(code).min(1)]).default('all') },
      { error: (issue) => (issue.code === 'unrecognized_keys' ? 'unknown_completion_rule' : undefined) },
    )
    .optional(),
  /** Whose course it is; default: the office of the author's right. */
  officeCode: z.string().max(100).optional(),
});

/**
 * A course as an author's program sends it. Other usual spellings are understood: `questions` on the lesson,
 * `question`/`prompt`, `type`, `choices`, `answer` (a code, a text, or an index from 0; a list for several),
 * `passMark` in percent, `completion` as a list of lessons' codes, tags as "ai;cyber", `titleHi`/`titleEn`.
 */
export const courseInput = z.preprocess(acceptCourse, courseShape);
export type CourseInput = z.output<typeof courseInput>;
