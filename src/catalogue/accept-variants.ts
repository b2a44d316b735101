import { acceptQuiz } from './accept-quiz-variants.ts';
import { first, isRecord, listOf, type Raw, withFirst } from './raw-input.ts';
import { transcriptOf } from './web-vtt.ts';

/**
 * Brings the shapes that other programs write a course in to the one that `courseInput` reads. Nothing is
 * guessed that could be meant otherwise: what is not known here goes on to the schema and is refused there.
 */
export function acceptCourse(given: unknown): unknown {
  if (!isRecord(given)) return given;
  const course: Raw = { ...given };
  withFirst(course, 'title', { ...bothOf(given, 'title') });
  withFirst(course, 'summary', { summary: given['summary'], description: given['description'] });
  course['language'] = languageOf(first(given, ['language', 'lang']) ?? listOf(given['languages'])[0]);
  for (const name of ['tags', 'competencies']) course[name] = wordsOf(given[name]);
  course['sources'] = acceptSources(given['sources']);
  course['completion'] = acceptCompletion(given['completion']);
  if (Array.isArray(given['lessons'])) course['lessons'] = given['lessons'].map(acceptLesson);
  return withoutNothing(course);
}

/** `titleHi` and `titleEn` beside each other mean a title in both languages. */
function bothOf(given: Raw, name: string): Raw {
  const [hi, en] = [given[`${name}Hi`], given[`${name}En`]];
  const both = hi || en ? { hi: hi ?? undefined, en: en ?? undefined } : undefined;
  return { own: given[name], both };
}

function languageOf(given: unknown): unknown {
  return typeof given === 'string' ? given.trim().toLowerCase().split(/[-_]/)[0] : given;
}

function wordsOf(given: unknown): unknown {
  return typeof given === 'string' ? given.split(/[;,]/).filter((word) => word.trim()) : given;
}

function acceptSources(given: unknown): unknown {
  if (!Array.isArray(given)) return given;
  return given.map((one) => (typeof one === 'string' ? { title: one } : one));
}

function acceptCompletion(given: unknown): unknown {
  if (Array.isArray(given)) return { lessons: given };
  if (given === 'all' || given === 'allLessons') return { lessons: 'all' };
  if (!isRecord(given)) return given;
  const { lessons, requiredLessons, required, ...rest } = given;
  const named = lessons ?? requiredLessons ?? required;
  if (named !== undefined && named !== null)
    return { ...rest, lessons: named === 'allLessons' ? 'all' : named };
  // "All of them" in other words; any other rule is one that Daksh does not know, and is refused by the schema.
  return Object.fromEntries(Object.entries(rest).filter((entry) => !meansAllLessons(entry)));
}

function meansAllLessons([name, value]: [string, unknown]): boolean {
  if (['rule', 'type', 'kind', 'mode'].includes(name)) return value === 'all' || value === 'allLessons';
  return ['all', 'allLessons'].includes(name) && value === true;
}

const kinds: Record<string, string> = {
  article: 'text',
  reading: 'text',
  markdown: 'text',
  page: 'text',
  document: 'pdf',
  test: 'quiz',
  assessment: 'quiz',
  exam: 'quiz',
};

function acceptLesson(given: unknown, index: number): unknown {
  if (!isRecord(given)) return given;
  const lesson: Raw = { ...given, code: given['code'] ?? `l${index + 1}` };
  const quiz = first(given, ['quiz', 'questions']);
  lesson['kind'] = kindOf(first(given, ['kind', 'type']), quiz);
  withFirst(lesson, 'title', bothOf(given, 'title'));
  if (lesson['body'] === undefined) lesson['body'] = first(given, ['markdown', 'content', 'text']);
  withFirst(lesson, 'durationMinutes', { own: given['durationMinutes'], minutes: given['minutes'] });
  if (quiz !== undefined && quiz !== null)
    lesson['quiz'] = acceptQuiz(withOuter(quiz, given['quiz'] === undefined ? given : {}));
  const asset = acceptAsset(given);
  if (asset !== undefined) lesson['asset'] = asset;
  return withoutNothing(lesson);
}

/** Questions that lie on the lesson itself bring its pass mark and attempts along. */
function withOuter(quiz: unknown, lesson: Raw): unknown {
  return Array.isArray(quiz) ? { ...lesson, questions: quiz } : quiz;
}

function kindOf(given: unknown, quiz: unknown): unknown {
  if (given === undefined) return quiz === undefined ? 'text' : 'quiz';
  if (typeof given !== 'string') return given;
  const word = given.trim().toLowerCase();
  return kinds[word] ?? word;
}

const besideAsset = ['captions', 'captionsFileId', 'transcript', 'altText', 'alt'];

function acceptAsset(lesson: Raw): unknown {
  const asset = first(lesson, ['asset', 'file', 'fileId']);
  const beside = Object.fromEntries(
    besideAsset.filter((name) => lesson[name] !== undefined).map((name) => [name, lesson[name]]),
  );
  const hasBeside = Object.keys(beside).length > 0;
  if (typeof asset === 'string') return hasBeside ? oneAsset({ fileId: asset, ...beside }) : asset;
  if (asset === undefined || asset === null) return hasBeside ? oneAsset(beside) : undefined;
  if (!isRecord(asset)) return asset;
  if (!('hi' in asset || 'en' in asset)) return oneAsset({ ...beside, ...asset });
  return Object.fromEntries(Object.entries(asset).map(([language, one]) => [language, oneAsset(one)]));
}

function oneAsset(given: unknown): unknown {
  if (typeof given === 'string') return { fileId: given };
  if (!isRecord(given)) return given;
  const captions = first(given, ['captionsFileId', 'captions']);
  // Captions that come as text instead of a file are read as what is said: the transcript.
  const spoken = typeof captions === 'string' && /^\uFEFF?WEBVTT/.test(captions) ? captions : undefined;
  return withoutNothing({
    fileId: first(given, ['fileId', 'file', 'id', 'url', 'name']),
    captionsFileId: spoken ? undefined : captions,
    transcript: given['transcript'] ?? (spoken && transcriptOf(spoken)),
    altText: first(given, ['altText', 'alt']),
  });
}

function withoutNothing(given: Raw): Raw {
  return Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined && value !== null),
  );
}
