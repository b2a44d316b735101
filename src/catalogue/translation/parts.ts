import { createHash } from 'node:crypto';
import { contentOf } from '../authoring/save-lesson.ts';
import type { CourseDetails, LessonRow } from '../course-store.ts';

export type Side = 'hi' | 'en';
/** One text to translate; `place` names it within its course for good. */
export type Part = { place: string; field: string; source: string; target: string; isLong: boolean };
/** Of which source a translation was made, and what it said then. */
export type Made = { place: string; sourceHash: string; textHash: string };
export type PartState = 'untranslated' | 'stale' | 'done';

export function otherSide(side: Side): Side {
  return side === 'hi' ? 'en' : 'hi';
}

export function hashOf(text: string): string {
  return createHash('sha256').update(text.trim()).digest('hex').slice(0, 32);
}

/** Stale where the source was changed after the translation was made, and the translation was not touched since. */
export function stateOf(part: Part, made: ReadonlyMap<string, Made>): PartState {
  if (!part.target.trim()) return 'untranslated';
  const known = made.get(part.place);
  const isOld = known && known.sourceHash !== hashOf(part.source) && known.textHash === hashOf(part.target);
  return isOld ? 'stale' : 'done';
}

export function detailsParts(details: CourseDetails): Part[] {
  const from = details.language;
  const of = (field: 'title' | 'summary' | 'audience', side: Side) =>
    details[side === 'hi' ? (`${field}Hi` as const) : (`${field}En` as const)] ?? '';
  return (['title', 'summary', 'audience'] as const)
    .map((field) => ({
      ...{ place: `course.${field}`, field, isLong: field === 'summary' },
      ...{ source: of(field, from), target: of(field, otherSide(from)) },
    }))
    .filter(hasSource);
}

export function lessonParts(lesson: LessonRow, from: Side): Part[] {
  const to = otherSide(from);
  const titles = { hi: lesson.titleHi ?? '', en: lesson.titleEn ?? '' };
  const [mine, theirs] = [contentOf(lesson, from), contentOf(lesson, to)];
  const place = (field: string) => `lesson.${lesson.code}.${field}`;
  const texts: Part[] = [
    { place: place('title'), field: 'title', source: titles[from], target: titles[to], isLong: false },
    ...(['bodyMarkdown', 'transcript', 'altText'] as const).map((field) => ({
      ...{ place: place(field), field, isLong: field !== 'altText' },
      ...{ source: mine[field] ?? '', target: theirs[field] ?? '' },
    })),
    ...localTexts(lesson.quiz).map(({ path, text }) => ({
      ...{ place: place(`quiz.${path}`), field: 'quiz', isLong: false },
      ...{ source: text[from] ?? '', target: text[to] ?? '' },
    })),
  ];
  return texts.filter(hasSource);
}

function hasSource(part: Part): boolean {
  return part.source.trim() !== '';
}

type Local = { hi?: string; en?: string };

/** Every text by language within a quiz, with the way to it: questions, options, explanations, units. */
export function localTexts(thing: unknown, path = ''): { path: string; text: Local }[] {
  if (typeof thing !== 'object' || thing === null) return [];
  if (isLocal(thing)) return [{ path, text: thing }];
  return Object.entries(thing).flatMap(([name, value]) =>
    localTexts(value, path === '' ? name : `${path}.${name}`),
  );
}

function isLocal(thing: object): thing is Local {
  const entries = Object.entries(thing);
  return (
    entries.length > 0 &&
    entries.every(([name, value]) => (name === 'hi' || name === 'en') && typeof value === 'string')
  );
}
