import type { LessonRow } from '../course-store.ts';
import { contentOf } from './contents.ts';
import { fromMarkdown } from './editor/from-markdown.ts';
import { toMarkdown } from './editor/to-markdown.ts';
import { type Collision, type Kept, mergeTexts } from './merge-texts.ts';
import type { LessonEdit, LessonTexts } from './save-lesson.ts';
import type { LessonSnapshot } from './stores/revisions.ts';

/** A lesson's texts and times as its form shows them, by field. */
export type LessonValues = Record<string, string>;

/** Times that the author did not type stay blank, so that they go on following the content. */
export function valuesOfLesson(lesson: LessonRow | LessonSnapshot): LessonValues {
  const contents = { contents: lesson.contents as LessonRow['contents'] };
  const [hi, en] = [contentOf(contents, 'hi'), contentOf(contents, 'en')];
  return {
    titleHi: lesson.titleHi ?? '',
    titleEn: lesson.titleEn ?? '',
    bodyHi: hi.bodyMarkdown ?? '',
    bodyEn: en.bodyMarkdown ?? '',
    transcriptHi: hi.transcript ?? '',
    transcriptEn: en.transcript ?? '',
    altHi: hi.altText ?? '',
    altEn: en.altText ?? '',
    durationMinutes: String(lesson.givenMinutes ?? ''),
    minimumSeconds: String(lesson.givenMinimumSeconds ?? ''),
    seenPercent: lesson.seenShare ? String(Math.round(lesson.seenShare * 100)) : '',
  };
}

export type MergedValues = { values: LessonValues; collisions: (Collision & { field: string })[] };

type Three = { base: LessonValues; mine: LessonValues; theirs: LessonValues };

/** Brings together what this author and others made of one lesson since `base`; where both changed the same, what is to be `kept` stands. */
export function mergeValues({ base, mine, theirs }: Three, kept: Kept = 'mine'): MergedValues {
  const merged: MergedValues = { values: { ...theirs }, collisions: [] };
  for (const [field, text] of Object.entries(mine)) {
    const one = mergeField(field, [base[field] ?? '', text, theirs[field] ?? ''], kept);
    merged.values[field] = one.text;
    merged.collisions.push(...one.collisions.map((collision) => ({ ...collision, field })));
  }
  return merged;
}

const isBody = (field: string) => field === 'bodyHi' || field === 'bodyEn';
const isLong = (field: string) => isBody(field) || field.startsWith('transcript');

function mergeField(field: string, texts: [base: string, mine: string, theirs: string], kept: Kept) {
  const [base, mine, theirs] = texts.map(plain) as typeof texts;
  if (mine === theirs || mine === base) return { text: theirs, collisions: [] };
  if (theirs === base) return { text: mine, collisions: [] };
  if (!isLong(field))
    return { text: shortText(field, { mine, theirs, kept }), collisions: [{ mine, theirs }] };
  if (!isBody(field)) return mergeTexts({ base, mine, theirs }, kept);
  // One paragraph a line, as the editor writes it: another way to write the same is no change.
  const [a, b, c] = [base, mine, theirs].map((text) => toMarkdown(fromMarkdown(text)));
  return mergeTexts({ base: a ?? '', mine: b ?? '', theirs: c ?? '' }, kept);
}

/** Two titles can stand side by side; of two numbers one has to be chosen. */
function shortText(
  field: string,
  { mine, theirs, kept }: { mine: string; theirs: string; kept: Kept },
): string {
  if (kept === 'theirs') return theirs;
  return kept === 'both' && !/Minutes|Seconds/.test(field) && theirs ? `${theirs} / ${mine}` : mine;
}

function plain(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(/\s+$/, '');
}

/** Of an edit the fields that it carries; what is absent stays as it is. */
export function valuesOfEdit(edit: LessonEdit): LessonValues {
  const texts = { Hi: edit.hi, En: edit.en };
  const values: LessonValues = {
    titleHi: edit.titleHi ?? '',
    titleEn: edit.titleEn ?? '',
    durationMinutes: String(edit.durationMinutes ?? ''),
    minimumSeconds: String(edit.minimumSeconds ?? ''),
    ...(edit.seenPercent === undefined ? {} : { seenPercent: String(edit.seenPercent ?? '') }),
  };
  for (const [end, { body, transcript, altText }] of Object.entries(texts))
    for (const [name, text] of Object.entries({ body, transcript, alt: altText }))
      if (text !== undefined) values[name + end] = text ?? '';
  return values;
}

/** The edit with these texts and times in place of its own. */
export function editOfValues(edit: LessonEdit, values: LessonValues): LessonEdit {
  const text = (field: string) => values[field] || null;
  const number = (field: string) => (values[field] ? Number(values[field]) : null);
  const texts = (end: 'Hi' | 'En'): LessonTexts => ({
    body: text(`body${end}`),
    transcript: text(`transcript${end}`),
    altText: text(`alt${end}`),
  });
  return {
    ...edit,
    titleHi: text('titleHi'),
    titleEn: text('titleEn'),
    hi: texts('Hi'),
    en: texts('En'),
    durationMinutes: number('durationMinutes'),
    minimumSeconds: number('minimumSeconds'),
    seenPercent: number('seenPercent'),
  };
}
