import { createHash, createHmac } from 'node:crypto';
import type { LocalText } from './local-text.ts';
import type { Question, Quiz } from './quiz.ts';
import { type Answer, numberIn, withoutUnit } from './scoring.ts';

export type PaperChoice = { code: string; text: LocalText };

/** A question as a learner gets it: no key, no explanation, and the items of an order never in that order. */
export type PaperQuestion = {
  code: string;
  kind: Question['kind'];
  text: LocalText;
  points: number;
  /** Of `single`, `multiple` and `truth`; of `matching` the counterparts to choose from, shuffled. */
  options?: PaperChoice[];
  /** Of `ordering`: shuffled. Of `matching`: what each needs a counterpart, in the author's order. */
  items?: PaperChoice[];
  /** Of `numeric`, where it has one. */
  unit?: LocalText;
  /** Of `short`. */
  maxWords?: number;
};

/** The questions of one attempt. The shuffle follows from `seed` alone, so a page drawn again is the same. */
export function paperOf(quiz: Quiz, seed: string): PaperQuestion[] {
  return quiz.questions.map((question) => paperQuestion(question, seed));
}

export const truthChoices: PaperChoice[] = [
  { code: 'true', text: { hi: 'सही', en: 'True' } },
  { code: 'false', text: { hi: 'ग़लत', en: 'False' } },
];

/** One question without its key; options of a choice keep the author's order. */
export function paperQuestion(question: Question, seed: string): PaperQuestion {
  const { code, kind, text, points } = question;
  const base = { code, kind, text, points };
  const own = `${seed}:${code}`;
  switch (question.kind) {
    case 'numeric':
      return question.unit ? { ...base, unit: question.unit } : base;
    case 'fill':
      return base;
    case 'short':
      return { ...base, maxWords: question.maxWords };
    case 'truth':
      return { ...base, options: truthChoices };
    case 'ordering':
      return { ...base, items: shuffled(question.items.map(bare), own) };
    case 'matching':
      return { ...base, items: question.pairs.map(bare), options: counterparts(question, own) };
    default:
      return { ...base, options: question.options.map(bare) };
  }
}

/** The same question with the options of a choice shuffled too. */
export function shuffledPaperQuestion(question: Question, seed: string): PaperQuestion {
  const paper = paperQuestion(question, seed);
  const isChoice = question.kind === 'single' || question.kind === 'multiple';
  return isChoice ? { ...paper, options: inChance(paper.options ?? [], `${seed}:${question.code}`) } : paper;
}

function counterparts(question: Extract<Question, { kind: 'matching' }>, seed: string): PaperChoice[] {
  const all = [...question.pairs.map((pair) => pair.match), ...question.distractors];
  const once = new Map(all.map((one) => [one.code, bare(one)]));
  return shuffled([...once.values()], seed);
}

function bare({ code, text }: PaperChoice): PaperChoice {
  return { code, text };
}

/** Never in the order given, which would be the key. */
function shuffled(items: PaperChoice[], seed: string): PaperChoice[] {
  const mixed = inChance(items, seed);
  const isRightOrder = mixed.every((item, place) => item === items[place]);
  const [first, ...rest] = mixed;
  return isRightOrder && first ? [...rest, first] : mixed;
}

/** An order that follows from the seed alone. */
export function inChance<T>(items: readonly T[], seed: string): T[] {
  const keyed = items.map((item, index) => ({ item, key: digest(`${seed}:${index}`) }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ item }) => item);
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** What a form sent, field by field: `q0` for a choice or a number, `q0-1` for the place of the second item shown. */
export type PaperForm = Record<string, string | string[] | undefined>;
export type PaperFault = { field: string; number: number; kind: 'missing' | 'number' | 'places' };
export type ReadAnswer = { answer: Answer } | { fault: PaperFault['kind'] };

/** The answers in a form, by question's code, and what must be mended before it counts as an attempt. */
export function readPaper(paper: PaperQuestion[], form: PaperForm) {
  const answers: Record<string, Answer> = {};
  const faults: PaperFault[] = [];
  for (const [index, question] of paper.entries()) {
    const read = readAnswer(question, form, index);
    if ('answer' in read) answers[question.code] = read.answer;
    else faults.push({ field: fieldOf(question, index), number: index + 1, kind: read.fault });
  }
  return { answers, faults };
}

/** One question's answer in a form. */
export function readAnswer(question: PaperQuestion, form: PaperForm, index: number): ReadAnswer {
  if (question.kind === 'ordering') return readOrder(question, form, index);
  if (question.kind === 'matching') return readMatches(question, form, index);
  return readOne(question, form, index);
}

function readOne(question: PaperQuestion, form: PaperForm, index: number): ReadAnswer {
  const given = [form[`q${index}`] ?? []].flat().filter((value) => value.trim() !== '');
  const first = given[0];
  if (first === undefined) return { fault: 'missing' };
  if (question.kind === 'multiple') return { answer: given };
  if (question.kind === 'numeric' && numberIn(withoutUnit(first, question.unit)) === undefined)
    return { fault: 'number' };
  return { answer: first };
}

function readOrder(question: PaperQuestion, form: PaperForm, index: number): ReadAnswer {
  const items = question.items ?? [];
  const places = items.map((_, at) => Number([form[`q${index}-${at}`] ?? ''].flat()[0] || 0));
  if (places.every((place) => place === 0)) return { fault: 'missing' };
  const isWhole = items.every((_, place) => places.includes(place + 1));
  if (!isWhole) return { fault: 'places' };
  return { answer: items.map((_, place) => items[places.indexOf(place + 1)]?.code ?? '') };
}

function readMatches(question: PaperQuestion, form: PaperForm, index: number): ReadAnswer {
  const chosen = (question.items ?? []).map((_, at) => [form[`q${index}-${at}`] ?? ''].flat()[0] ?? '');
  return chosen.every((code) => code === '') ? { fault: 'missing' } : { answer: chosen };
}

/** An answer as form fields: the opposite of `readAnswer`. */
export function formOf(question: PaperQuestion, answer: Answer | undefined, index: number): PaperForm {
  if (answer === undefined) return {};
  if (question.kind !== 'ordering' && question.kind !== 'matching')
    return { [`q${index}`]: Array.isArray(answer) ? answer.map(String) : String(answer) };
  const codes = Array.isArray(answer) ? answer.map(String) : [String(answer)];
  const fields = (question.items ?? []).map((item, at) => {
    const value = question.kind === 'matching' ? (codes[at] ?? '') : placeIn(codes, item.code);
    return [`q${index}-${at}`, value] as const;
  });
  return Object.fromEntries(fields);
}

function placeIn(codes: string[], code: string): string {
  const place = codes.indexOf(code);
  return place < 0 ? '' : String(place + 1);
}

/** The form field that the error summary leads to. */
export function fieldOf(question: PaperQuestion, index: number): string {
  return question.kind === 'ordering' || question.kind === 'matching' ? `q${index}-0` : `q${index}`;
}

let paperSecret: string | undefined;

/** The installation's secret, set at the start: without it everybody could work out a shuffle, and so a key. */
export function setPaperSecret(secret: string): void {
  paperSecret = secret;
}

/** Of a quiz in an enrolment: the shuffle follows from it and the attempt, the codes that are shown from it alone. */
export function paperSeed(enrolmentId: string, lessonId: string, attempt?: number): string {
  if (!paperSecret) throw new Error('the secret of papers is not set');
  const at = `paper:${enrolmentId}:${lessonId}:${attempt ?? ''}`;
  return createHmac('sha256', paperSecret).update(at).digest('base64url');
}
