import { z } from 'zod';
import { addFieldTexts } from '../../../kernel/field-texts.ts';
import { hasOddSigns } from '../../../kernel/text/index.ts';
import { chosenCompetencies } from '../../competency-hooks.ts';
import type { CourseDetails } from '../../course-store.ts';
import { code } from '../../schema.ts';
import { numberIn } from '../../scoring.ts';

addFieldTexts({
  lesson_kind_needed: { hi: 'पाठ का प्रकार चुनें।', en: 'Choose the kind of the lesson.' },
  title_needed: {
    hi: 'शीर्षक लिखें: हिन्दी में, अंग्रेज़ी में या दोनों में।',
    en: 'Write a title: in Hindi, in English or in both.',
  },
  title_in_language: {
    hi: 'कोर्स की मुख्य भाषा में शीर्षक लिखें।',
    en: 'Write the title in the main language of the course.',
  },
  source_line: {
    hi: 'हर पंक्ति में एक स्रोत लिखें; पता हो तो "शीर्षक | https://…"।',
    en: 'Write one source a line; with an address as "title | https://…".',
  },
  lessons_needed: { hi: 'कम से कम एक पाठ चुनें।', en: 'Choose at least one lesson.' },
});

/** A text as typed, with plain line ends; blank comes as null. */
export function typed(max: number) {
  return z
    .string()
    .max(max, 'too_long')
    .transform((text) => text.replace(/\r\n?/g, '\n').replace(/\s+$/, ''))
    .nullish();
}

/** A name of the course or of something in it. */
function typedName(max: number) {
  return typed(max).refine((text) => !hasOddSigns(text ?? ''), 'odd_signs');
}

/** A number in either script's digits. */
export function typedNumber(limits: { min: number; max: number }) {
  return z.string().transform((text, issues) => {
    const number = numberIn(text);
    if (number !== undefined && number >= limits.min && number <= limits.max) return number;
    issues.addIssue({ code: 'custom', message: 'number_needed' });
    return z.NEVER;
  });
}

export const revision = z.coerce.number().int().min(0).catch(0);

const wordList = z
  .string()
  .max(600, 'too_long')
  .nullish()
  .transform((text) => [
    ...new Set(
      (text ?? '')
        .split(/[;,\n]/)
        .map((word) => word.trim())
        .filter(Boolean),
    ),
  ]);

const detailsShape = {
  titleHi: typedName(400),
  titleEn: typedName(400),
  summaryHi: typed(4000),
  summaryEn: typed(4000),
  audienceHi: typed(400),
  audienceEn: typed(400),
  provider: typed(200),
  language: z.enum(['hi', 'en'], 'unknown_choice'),
  tagAi: z.string().optional(),
  tagCyber: z.string().optional(),
  tags: wordList,
  competencies: wordList,
  chosen: z.array(z.string().max(120)).max(60).default([]),
};

export const detailsFields = [
  'titleHi',
  'titleEn',
  'summaryHi',
  'summaryEn',
  'audienceHi',
  'audienceEn',
  'provider',
  'tags',
  'competencies',
] as const;

/** The picker sends a field for each competency; the form reads them as one list. */
export function withChosen(body: Record<string, unknown>): Record<string, unknown> {
  return { ...body, chosen: chosenCompetencies(body) };
}

type DetailsValues = z.output<z.ZodObject<typeof detailsShape>>;

function requireTitle(values: DetailsValues, issues: z.RefinementCtx): void {
  if (!values.titleHi && !values.titleEn)
    issues.addIssue({ code: 'custom', path: ['titleHi'], message: 'title_needed' });
  else if (values.language === 'hi' ? !values.titleHi : !values.titleEn) {
    const path = [values.language === 'hi' ? 'titleHi' : 'titleEn'];
    issues.addIssue({ code: 'custom', path, message: 'title_in_language' });
  }
}

// Also where another field is wrong, so that everything is told at once.
const always = { when: () => true };
export const detailsForm = z.object({ ...detailsShape, revision }).superRefine(requireTitle, always);
export const newCourseForm = z
  .object({ ...detailsShape, code: code.optional() })
  .superRefine(requireTitle, always);

export function detailsOf(values: DetailsValues): CourseDetails {
  const tags = [
    values.tagAi ? 'ai' : '',
    values.tagCyber ? 'cyber' : '',
    ...values.tags.map((tag) => tag.toLowerCase()),
  ];
  return {
    titleHi: values.titleHi ?? null,
    titleEn: values.titleEn ?? null,
    summaryHi: values.summaryHi ?? null,
    summaryEn: values.summaryEn ?? null,
    audienceHi: values.audienceHi ?? null,
    audienceEn: values.audienceEn ?? null,
    provider: values.provider ?? null,
    tags: [...new Set(tags.filter(Boolean))],
    competencies: [...new Set([...values.chosen, ...values.competencies])],
    language: values.language,
  };
}

export const lessonFields = [
  'titleHi',
  'titleEn',
  'bodyHi',
  'bodyEn',
  'transcriptHi',
  'transcriptEn',
  'altHi',
  'altEn',
  'durationMinutes',
  'minimumSeconds',
  'seenPercent',
] as const;

export const lessonForm = z
  .object({
    revision,
    titleHi: typedName(400),
    titleEn: typedName(400),
    bodyHi: typed(200_000),
    bodyEn: typed(200_000),
    transcriptHi: typed(100_000),
    transcriptEn: typed(100_000),
    altHi: typed(2000),
    altEn: typed(2000),
    durationMinutes: typedNumber({ min: 0, max: 6000 }).nullish(),
    minimumSeconds: typedNumber({ min: 0, max: 86_400 }).nullish(),
    seenPercent: typedNumber({ min: 50, max: 100 }).nullish(),
  })
  .refine((values) => values.titleHi || values.titleEn, {
    path: ['titleHi'],
    message: 'title_needed',
    ...always,
  });

export const addLessonForm = z
  .object({
    kind: z.enum(['text', 'video', 'audio', 'pdf', 'quiz'], 'lesson_kind_needed'),
    titleHi: typedName(400),
    titleEn: typedName(400),
  })
  .refine((values) => values.titleHi || values.titleEn, {
    path: ['titleHi'],
    message: 'title_needed',
    ...always,
  });

export const placeForm = z.object({
  step: z.enum(['up', 'down']).optional(),
  place: typedNumber({ min: 1, max: 1000 }).nullish(),
});

export const rulesForm = z.object({
  revision,
  passPercent: typedNumber({ min: 1, max: 100 }),
  attempts: typedNumber({ min: 1, max: 100 }).nullish(),
});

export const blueprintForm = z.object({
  revision,
  blueprint: z.string('required').min(1, 'required').max(64),
});

export const completionForm = z
  .object({ revision, rule: z.enum(['all', 'chosen'], 'unknown_choice'), lessons: z.array(z.string()) })
  .refine((values) => values.rule === 'all' || values.lessons.length > 0, {
    path: ['rule'],
    message: 'lessons_needed',
  });

/** One source a line: a title, and after a bar its address. */
export const sourcesForm = z.object({
  revision,
  sources: typed(20_000).transform((text, issues) => {
    const lines = (text ?? '').split('\n').filter((line) => line.trim());
    const sources = lines.map((line) => {
      const [title, url] = line.split(/\s*\|\s*/, 2);
      return { title: (title ?? '').trim(), ...(url?.trim() ? { url: url.trim() } : {}) };
    });
    const isWrong = sources.some(
      ({ title, url }) => !title || title.length > 400 || (url && !/^https?:\/\/\S+$/i.test(url)),
    );
    if (!isWrong && sources.length <= 50) return sources;
    issues.addIssue({ code: 'custom', message: 'source_line' });
    return z.NEVER;
  }),
});

export const moduleForm = z.object({ moduleHi: typed(200), moduleEn: typed(200) });
