import { type Bilingual, translator } from '../kernel/i18n.ts';
import { languageName } from '../kernel/languages.ts';
import { bytesOf, megabytes } from './content.ts';
import type { CourseDetails, LessonRow, VersionRow } from './course-store.ts';
import { totalMinutes } from './draft.ts';
import { defaultMinimum, textMinimumFloor } from './lesson-times.ts';
import type { MissingPart } from './publication-gate.ts';

const shortestCourseMinutes = 10;
const fewestQuestions = 5;

const words = {
  very_short: {
    hi: 'कोर्स बहुत छोटा है: {{n}} मिनट। पूरा करने पर यह भी एक पूरा कोर्स और प्रमाणपत्र गिना जाएगा',
    en: 'the course is very short: {{n}} minutes. It will count as a whole course, with a certificate',
  },
  minimum_low: {
    hi: 'न्यूनतम समय {{n}} सेकंड है; पढ़ने के समय का पाँचवाँ भाग {{usual}} सेकंड होता है',
    en: 'the least time is {{n}} seconds; a fifth of the reading time would be {{usual}}',
  },
  unlimited_attempts: {
    hi: 'प्रश्नोत्तरी के प्रयासों की सीमा नहीं है: अनुमान से भी उत्तीर्ण हो सकते हैं',
    en: 'the quiz has no limit of attempts, so it can be passed by guessing',
  },
  few_questions: {
    hi: 'प्रश्नोत्तरी में केवल {{n}} प्रश्न हैं; कम से कम 5 रखें',
    en: 'the quiz has only {{n}} questions; have 5 or more',
  },
  heavy_lesson: {
    hi: '{{language}} में यह पाठ {{n}} MB का है; क्षेत्र के कार्मिकों के लिए 1 MB तक रखें (छोटी रिकॉर्डिंग या लिखित पाठ)',
    en: 'in {{language}} this lesson weighs {{n}} MB; for people in the field keep it to 1 MB (a shorter recording, or text)',
  },
  picture_text: {
    hi: 'चित्र: {{n}}। किसी में लिखाई हो तो फ़ोन पर धूप में देख लें कि वह पढ़ी जाती है (पृष्ठभूमि से अंतर 4.5:1), और वही बात पाठ में भी लिखें',
    en: 'pictures: {{n}}. If there is writing in one, see on a phone in daylight that it can be read (contrast 4.5:1), and say the same in the text',
  },
  no_quiz: { hi: 'कोई प्रश्नोत्तरी नहीं है', en: 'there is no quiz' },
  no_sources: {
    hi: 'स्रोत नहीं लिखे हैं (नियम, शासनादेश, पुस्तक)',
    en: 'no sources are given (rules, orders, books)',
  },
  no_audience: { hi: 'कोर्स किनके लिए है, नहीं लिखा', en: 'whom the course is for is not said' },
  no_english_title: { hi: 'अंग्रेज़ी शीर्षक नहीं है', en: 'there is no English title' },
} as const satisfies Record<string, Bilingual>;

type Code = keyof typeof words;

/** What a publisher should look at once more; none of it keeps the course from being published. */
export function warningsForPublication(
  details: CourseDetails,
  version: Pick<VersionRow, 'sources'>,
  lessons: LessonRow[],
): MissingPart[] {
  const minutes = totalMinutes(lessons);
  return [
    ...(minutes < shortestCourseMinutes ? [warning('very_short', { n: minutes })] : []),
    ...lessons.flatMap(lessonWarnings),
    ...lessons.flatMap(weightWarnings),
    ...lessons.flatMap(pictureWarnings),
    ...(lessons.some((lesson) => lesson.kind === 'quiz') ? [] : [warning('no_quiz')]),
    ...(version.sources.length === 0 ? [warning('no_sources')] : []),
    ...(details.audienceHi || details.audienceEn ? [] : [warning('no_audience')]),
    ...(details.titleEn ? [] : [warning('no_english_title')]),
  ];
}

function lessonWarnings(lesson: LessonRow): MissingPart[] {
  const { code: at, quiz } = lesson;
  if (lesson.kind !== 'quiz') return minimumWarnings(lesson);
  // A test that is drawn has its own page that checks it.
  if (!quiz || quiz.blueprint) return [];
  const n = quiz.questions.length;
  return [
    ...(quiz.attempts === null ? [warning('unlimited_attempts', { at })] : []),
    ...(n < fewestQuestions ? [warning('few_questions', { at, n })] : []),
  ];
}

const heavyBytes = 1_000_000;

/** Each language by itself, by what plays unless the learner chooses something lighter. */
function weightWarnings(lesson: LessonRow): MissingPart[] {
  return lesson.contents.flatMap(({ language }) => {
    const bytes = bytesOf(lesson, language);
    if (bytes <= heavyBytes) return [];
    const made = warning('heavy_lesson', { at: lesson.code, n: megabytes(bytes) });
    const [hi, en] = [languageName(language, translator('hi')), languageName(language, translator('en'))];
    const { text } = made;
    return [
      {
        ...made,
        text: { hi: text.hi.replace('{{language}}', hi), en: text.en.replace('{{language}}', en) },
      },
    ];
  });
}

/** Nothing here can read what is written in a picture, so its author is asked to look; a language does not count twice. */
function pictureWarnings(lesson: LessonRow): MissingPart[] {
  const counts = lesson.contents.map(
    ({ bodyMarkdown }) => bodyMarkdown?.match(/!\[[^\]]*\]\(/g)?.length ?? 0,
  );
  const n = Math.max(0, ...counts);
  return n === 0 ? [] : [warning('picture_text', { at: lesson.code, n })];
}

/** What the words ask for counts too: an author who types a short duration does not shorten the text. */
function minimumWarnings(lesson: LessonRow): MissingPart[] {
  const usual = Math.max(defaultMinimum(lesson, lesson.durationMinutes), 2 * textMinimumFloor(lesson));
  if (lesson.kind !== 'text' || lesson.minimumSeconds >= usual) return [];
  return [warning('minimum_low', { at: lesson.code, n: lesson.minimumSeconds, usual })];
}

function warning(
  code: Code,
  { at, ...values }: { at?: string; n?: number; usual?: number } = {},
): MissingPart {
  const fill = (text: string) =>
    Object.entries(values).reduce((so, [name, value]) => so.replace(`{{${name}}}`, String(value)), text);
  return { code, lesson: at, text: { hi: fill(words[code].hi), en: fill(words[code].en) } };
}
