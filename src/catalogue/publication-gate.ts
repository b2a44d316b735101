import type { Bilingual } from '../kernel/i18n.ts';
import type { CourseDetails, LessonRow, VersionRow } from './course-store.ts';
import { minimumFault } from './lesson-times.ts';
import { quizFaults } from './quiz.ts';

/** One thing that keeps a course from being published: a stable code, where, and words for the author. */
export type MissingPart = { code: string; lesson?: string; language?: string; text: Bilingual };

const words: Record<string, Bilingual> = {
  title: { hi: 'कोर्स की भाषा में शीर्षक नहीं है', en: 'no title in the language of the course' },
  lesson: { hi: 'सामग्री वाला एक भी पाठ नहीं है', en: 'no lesson with content' },
  content: { hi: 'पाठ में सामग्री नहीं है', en: 'the lesson has no content' },
  asset: { hi: 'पाठ की फ़ाइल अपलोड नहीं हुई', en: "the lesson's file has not been uploaded" },
  captions_or_transcript: { hi: 'कैप्शन या लिखित पाठ नहीं है', en: 'captions or a transcript are missing' },
  alt_text: { hi: 'चित्र या फ़ाइल का वैकल्पिक विवरण नहीं है', en: 'alternative text is missing' },
  quiz_without_questions: { hi: 'प्रश्नोत्तरी में प्रश्न नहीं हैं', en: 'the quiz has no questions' },
  question_without_right_answer: {
    hi: 'किसी प्रश्न का सही उत्तर चिह्नित नहीं है',
    en: 'a question has no right answer marked',
  },
  question_codes_repeat: { hi: 'दो प्रश्नों का कोड एक है', en: 'two questions have the same code' },
  option_codes_repeat: { hi: 'दो विकल्पों का कोड एक है', en: 'two options have the same code' },
  blueprint_repeats: {
    hi: 'इस कोर्स के दो पाठों में एक ही परीक्षा का ढाँचा है; हर पाठ में अलग ढाँचा लगाएँ',
    en: 'two lessons of the course have the same blueprint; give each its own',
  },
  completion_lessons: {
    hi: 'पूर्णता का नियम ऐसे पाठ का नाम लेता है जो नहीं है',
    en: 'the completion rule names a lesson that is not there',
  },
};

function missing(code: string, lesson?: string): MissingPart {
  return { code, lesson, text: words[code] ?? { hi: code, en: code } };
}

/** Everything that must be mended before publication, in one go; empty when the course may be published. */
export function missingForPublication(
  details: Pick<CourseDetails, 'language' | 'titleHi' | 'titleEn'>,
  version: Pick<VersionRow, 'completionRule'>,
  lessons: LessonRow[],
): MissingPart[] {
  const found: MissingPart[] = [];
  if (!hasTitle(details)) found.push(missing('title'));
  const byLesson = lessons.map((lesson) => ({ lesson, faults: lessonFaults(lesson) }));
  if (!byLesson.some(({ faults }) => !faults.includes('content') && !faults.includes('asset')))
    found.push(missing('lesson'));
  for (const { lesson, faults } of byLesson)
    found.push(...faults.map((fault) => missing(fault, lesson.code)), ...minimumParts(lesson));
  found.push(...repeatedBlueprints(lessons));
  const codes = new Set(lessons.map((lesson) => lesson.code));
  const named = version.completionRule.lessons;
  if (named !== 'all' && named.some((code) => !codes.has(code))) found.push(missing('completion_lessons'));
  return found;
}

/** Attempts and pauses of a test are counted by its blueprint: two lessons with one would share them. */
function repeatedBlueprints(lessons: LessonRow[]): MissingPart[] {
  const seen = new Set<string>();
  return lessons.flatMap((lesson) => {
    const code = lesson.quiz?.blueprint;
    if (code === undefined) return [];
    if (seen.has(code)) return [missing('blueprint_repeats', lesson.code)];
    seen.add(code);
    return [];
  });
}

/** A minimum that no recording reaches is told with its numbers. */
function minimumParts(lesson: LessonRow): MissingPart[] {
  const text = minimumFault(lesson);
  return text ? [{ code: 'minimum_longer_than_recording', lesson: lesson.code, text }] : [];
}

function hasTitle(details: Pick<CourseDetails, 'language' | 'titleHi' | 'titleEn'>): boolean {
  return Boolean(details.language === 'en' ? details.titleEn : details.titleHi);
}

function lessonFaults(lesson: LessonRow): string[] {
  if (lesson.kind === 'quiz') return lesson.quiz ? quizFaults(lesson.quiz) : ['quiz_without_questions'];
  if (lesson.kind === 'text')
    return lesson.contents.some((content) => content.bodyMarkdown?.trim())
      ? imageFaults(lesson)
      : ['content'];
  const withFile = lesson.contents.filter((content) => content.fileId || content.assetReference);
  if (withFile.length === 0) return ['asset'];
  const faults = withFile.some((content) => !content.fileId) ? ['asset'] : [];
  if (lesson.kind === 'pdf')
    return withFile.every((content) => content.altText || content.transcript)
      ? faults
      : [...faults, 'alt_text'];
  const isHeardOrRead = withFile.every((content) => content.captionsFileId || content.transcript?.trim());
  return isHeardOrRead ? faults : [...faults, 'captions_or_transcript'];
}

/** An image in Markdown needs words between its brackets. */
function imageFaults(lesson: LessonRow): string[] {
  return lesson.contents.some((content) => /!\[\s*\]\(/.test(content.bodyMarkdown ?? '')) ? ['alt_text'] : [];
}
