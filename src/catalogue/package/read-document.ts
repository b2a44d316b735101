import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { normaliseQuiz } from '../quiz.ts';
import { isRecord } from '../raw-input.ts';
import { type CourseDocument, courseDocument, formatName, formatVersion, lessonsIn } from './document.ts';
import { type Fault, fault, refused } from './faults.ts';
import { packagePart } from './parts.ts';

export type ReadDocument = {
  document: CourseDocument;
  /** Of everything but `origin`: the same course has the same hash, wherever and whenever it was exported. */
  hash: string;
};

/** Reads `course.json`. Refuses other formats and versions, fields that are unknown or wrong, and what contradicts itself. */
export function readDocument(text: string): ReadDocument {
  const given = parsed(text);
  if (!isRecord(given) || given['format'] !== formatName) throw refused([fault('other_format')]);
  if (given['formatVersion'] !== formatVersion)
    throw refused([fault('other_version', String(given['formatVersion']).slice(0, 20))]);
  const read = courseDocument.safeParse(given);
  if (!read.success) throw refused(read.error.issues.flatMap(faultsOfIssue));
  const document = withQuizzes(read.data);
  const faults = [...lostFields(given, document), ...contradictions(document)];
  if (faults.length > 0) throw refused(faults);
  return { document, hash: hashOfDocument(document) };
}

export function hashOfDocument({ origin: _origin, ...rest }: CourseDocument): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(rest)))
    .digest('hex');
}

/** The order of fields says nothing. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((name) => [name, sorted(value[name])]),
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw refused([fault('not_json')]);
  }
}

function faultsOfIssue(issue: z.core.$ZodIssue): Fault[] {
  const at = issue.path.map(String).join('.');
  if (issue.code !== 'unrecognized_keys') return [fault('bad_field', at || 'course.json')];
  return issue.keys.map((key) => fault('unknown_field', at ? `${at}.${key}` : key));
}

/** Questions as they will be kept: every text by language, every option with a code. */
function withQuizzes(document: CourseDocument): CourseDocument {
  const modules = document.modules.map((one) => ({
    ...one,
    lessons: one.lessons.map((lesson) =>
      lesson.quiz
        ? { ...lesson, quiz: normaliseQuiz(lesson.quiz, document.course.language) as typeof lesson.quiz }
        : lesson,
    ),
  }));
  return { ...document, modules };
}

/** Fields of questions that reading did not keep are unknown ones: nothing is dropped without a word. */
function lostFields(given: Record<string, unknown>, document: CourseDocument): Fault[] {
  return lost(given['modules'], document.modules, 'modules');
}

function lost(given: unknown, kept: unknown, at: string): Fault[] {
  if (Array.isArray(given))
    return given.flatMap((one, index) =>
      lost(one, Array.isArray(kept) ? kept[index] : undefined, `${at}.${index}`),
    );
  if (!isRecord(given)) return [];
  return Object.entries(given).flatMap(([name, value]) => {
    const here = `${at}.${name}`;
    // Two counterparts of one code are one: which of a question's distractors are kept is no matter of fields.
    if (name === 'distractors') return [];
    // A text of a question may stand as a plain string in the course's language.
    if (typeof kept === 'string' || kept === undefined) return [];
    const there = isRecord(kept) ? kept[name] : undefined;
    if (there === undefined && value !== undefined && value !== null && value !== '')
      return [fault('unknown_field', here)];
    return typeof value === 'string' ? [] : lost(value, there, here);
  });
}

function contradictions(document: CourseDocument): Fault[] {
  const lessons = lessonsIn(document);
  if (lessons.length > 200) return [fault('bad_field', 'modules')];
  const codes = lessons.map((lesson) => lesson.code);
  const repeated = codes.filter((code, index) => codes.indexOf(code) !== index);
  const named = document.course.completion.lessons;
  const unknown = named === 'all' ? [] : named.filter((code) => !codes.includes(code));
  return [
    ...repeated.map((code) => fault('repeated_lesson', code)),
    ...unknown.map((code) => fault('unknown_lesson', code)),
    ...lessons
      .filter((one) => one.quiz && one.kind !== 'quiz')
      .map((one) => fault('quiz_where_none', one.code)),
    ...(hasText(document.course.title) ? [] : [fault('text_in_no_known_language', 'course.title')]),
    ...lessons
      .filter((one) => !hasText(one.title))
      .map((one) => fault('text_in_no_known_language', `${one.code}.title`)),
    ...Object.keys(document.parts)
      .filter((name) => !packagePart(name))
      .map((name) => fault('unknown_part', `parts.${name}`)),
  ];
}

function hasText(text: Record<string, string>): boolean {
  return Boolean(text['hi']?.trim() || text['en']?.trim());
}
