import { createHash } from 'node:crypto';
import { contentOf } from '../authoring/contents.ts';
import type { TrackCue } from '../captions/track-store.ts';
import type { CourseDetails, LessonRow } from '../course-store.ts';

export const partFields = [
  'title',
  'summary',
  'audience',
  'module',
  'bodyMarkdown',
  'altText',
  'question',
  'option',
  'item',
  'match',
  'criterion',
  'unit',
  'explanation',
  'transcript',
  'cue',
] as const;
export type PartField = (typeof partFields)[number];

/** One text to translate; `place` names it within its course for good. */
export type Part = {
  place: string;
  field: PartField;
  source: string;
  /** What the version itself says in the language; '' where it has nothing. */
  column: string;
  isLong: boolean;
  /** Of a caption. */
  seconds?: { start: number; end: number };
};

/** A translation as its translator left it, and of which source. `text` null: it stands in the version itself. */
export type Made = {
  place: string;
  text: string | null;
  sourceHash: string;
  baseHash: string;
  textHash: string;
};
export type MadeByPlace = ReadonlyMap<string, Made>;
export type PartState = 'untranslated' | 'stale' | 'done';
export const partStates: readonly PartState[] = ['untranslated', 'stale', 'done'];

type Sides = { from: 'hi' | 'en'; to: string };

export function hashOf(text: string): string {
  return createHash('sha256').update(text.trim()).digest('hex').slice(0, 32);
}

/** The translator's text, unless the course's author wrote one of his own since. */
export function targetOf(part: Part, made: MadeByPlace): string {
  const known = made.get(part.place);
  return known?.text && known.baseHash === hashOf(part.column) ? known.text : part.column;
}

/** Stale where the source was changed after the translation was made, and the translation was not touched since. */
export function stateOf(part: Part, made: MadeByPlace): PartState {
  const target = targetOf(part, made);
  if (!target.trim() || isSourceItself(part, target)) return 'untranslated';
  const known = made.get(part.place);
  const isOld = known && known.sourceHash !== hashOf(part.source) && known.textHash === hashOf(target);
  return isOld ? 'stale' : 'done';
}

/** A text that was only begun from its source; a title or a number may well be the same in two languages. */
function isSourceItself({ field, source }: Part, target: string): boolean {
  return field === 'bodyMarkdown' && target.trim() === source.trim();
}

export function detailsParts(details: CourseDetails, to: string): Part[] {
  const texts = {
    title: [details.titleHi, details.titleEn],
    summary: [details.summaryHi, details.summaryEn],
    audience: [details.audienceHi, details.audienceEn],
  } as const;
  return (['title', 'summary', 'audience'] as const)
    .map((field) => ({
      ...{ place: `course.${field}`, field, isLong: field === 'summary' },
      ...pairOf(texts[field], { from: details.language, to }),
    }))
    .filter(hasSource);
}

/** `cues`: of the captions in the source's language; `before`: the lesson above it in the outline. */
export type LessonBeside = { cues?: readonly TrackCue[]; before?: LessonRow };

export function lessonParts(lesson: LessonRow, sides: Sides, beside: LessonBeside = {}): Part[] {
  const [mine, theirs] = [contentOf(lesson, sides.from), contentOf(lesson, sides.to)];
  const place = (field: string) => `lesson.${lesson.code}.${field}`;
  const texts: Part[] = [
    ...modulePart(lesson, sides, beside.before),
    {
      ...{ place: place('title'), field: 'title', isLong: false },
      ...pairOf([lesson.titleHi, lesson.titleEn], sides),
    },
    ...(['bodyMarkdown', 'altText', 'transcript'] as const).map((field) => ({
      ...{ place: place(field), field, isLong: field !== 'altText' },
      ...{ source: mine[field] ?? '', column: theirs[field] ?? '' },
    })),
    ...localTexts(lesson.quiz).map(({ path, field, text }) => ({
      ...{ place: place(`quiz.${path}`), field, isLong: false },
      ...pairOf([text.hi, text.en], sides),
    })),
    // Captions of its own are another track, not a translation of this one.
    ...(theirs.captionsFileId ? [] : (beside.cues ?? [])).map((cue) => ({
      ...{ place: place(`cue.${cue.id}`), field: 'cue' as const, isLong: false },
      ...{ source: cue.text, column: '', seconds: { start: cue.startSeconds, end: cue.endSeconds } },
    })),
  ];
  return texts.filter(hasSource);
}

/** A heading is a part of the first lesson that stands under it. */
function modulePart(lesson: LessonRow, sides: Sides, before: LessonRow | undefined): Part[] {
  if (sameModule(lesson, before)) return [];
  const texts = pairOf([lesson.moduleHi, lesson.moduleEn], sides);
  return [{ place: `lesson.${lesson.code}.module`, field: 'module', isLong: false, ...texts }];
}

export function sameModule(lesson: LessonRow, before: LessonRow | undefined): boolean {
  if (!before) return false;
  const heading = (one: LessonRow) => `${one.moduleHi ?? ''}\n${one.moduleEn ?? ''}`;
  return heading(lesson) === heading(before);
}

type Texts = readonly [string | null | undefined, string | null | undefined];

function pairOf([hi, en]: Texts, { from, to }: Sides): { source: string; column: string } {
  const side = (language: string) => (language === 'hi' ? hi : language === 'en' ? en : '') ?? '';
  return { source: side(from), column: side(to) };
}

function hasSource(part: Part): boolean {
  return part.source.trim() !== '';
}

type Local = { hi?: string; en?: string };
type LocalPart = { path: string; field: PartField; text: Local };

/** Every text by language within a quiz; the way to it goes by codes, so that moving a question loses nothing. */
export function localTexts(thing: unknown, path = '', field: PartField = 'question'): LocalPart[] {
  if (typeof thing !== 'object' || thing === null) return [];
  if (isLocal(thing)) return [{ path, field, text: thing }];
  return Object.entries(thing).flatMap(([name, value]) => {
    const step = Array.isArray(thing) ? codeOf(value, name) : name;
    return localTexts(value, path === '' ? step : `${path}.${step}`, fieldsOf[name] ?? field);
  });
}

const fieldsOf: Record<string, PartField> = {
  options: 'option',
  items: 'item',
  pairs: 'item',
  match: 'match',
  distractors: 'match',
  rubric: 'criterion',
  unit: 'unit',
  explanation: 'explanation',
};

function codeOf(value: unknown, index: string): string {
  return typeof value === 'object' && value !== null && 'code' in value ? String(value.code) : index;
}

function isLocal(thing: object): thing is Local {
  const entries = Object.entries(thing);
  return (
    entries.length > 0 &&
    entries.every(([name, value]) => (name === 'hi' || name === 'en') && typeof value === 'string')
  );
}
