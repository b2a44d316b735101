import { createHash } from 'node:crypto';
import type { Answer, Question, Quiz } from '../catalogue/index.ts';
import { numberIn } from '../catalogue/index.ts';

type LocalText = { hi?: string; en?: string };
export type PaperChoice = { code: string; text: LocalText };

/** A question as a learner gets it: no key, no explanation, and the items of an order never in that order. */
export type PaperQuestion = {
  code: string;
  kind: Question['kind'];
  text: LocalText;
  points: number;
  /** Of `single` and `multiple`. */
  options?: PaperChoice[];
  /** Of `ordering`: shuffled. */
  items?: PaperChoice[];
};

/** The questions of one attempt. The shuffle follows from `seed` alone, so a page drawn again is the same. */
export function paperOf(quiz: Quiz, seed: string): PaperQuestion[] {
  return quiz.questions.map((question) => {
    const base = {
      code: question.code,
      kind: question.kind,
      text: question.text,
      points: question.points,
    };
    if (question.kind === 'numeric') return base;
    if (question.kind === 'ordering')
      return { ...base, items: shuffled(question.items.map(bare), `${seed}:${question.code}`) };
    return { ...base, options: question.options.map(bare) };
  });
}

function bare({ code, text }: PaperChoice): PaperChoice {
  return { code, text };
}

function shuffled(items: PaperChoice[], seed: string): PaperChoice[] {
  const keyed = items.map((item, index) => ({ item, index, key: digest(`${seed}:${index}`) }));
  keyed.sort((a, b) => (a.key < b.key ? -1 : 1));
  const isRightOrder = keyed.every(({ index }, place) => index === place);
  const [first, ...rest] = keyed.map(({ item }) => item);
  return isRightOrder && first ? [...rest, first] : keyed.map(({ item }) => item);
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** What a form sent, field by field: `q0` for a choice or a number, `q0-1` for the place of the second item shown. */
export type PaperForm = Record<string, string | string[] | undefined>;
export type PaperFault = { field: string; number: number; kind: 'missing' | 'number' | 'places' };

/** The answers in a form, by question's code, and what must be mended before it counts as an attempt. */
export function readPaper(paper: PaperQuestion[], form: PaperForm) {
  const answers: Record<string, Answer> = {};
  const faults: PaperFault[] = [];
  for (const [index, question] of paper.entries()) {
    const read =
      question.kind === 'ordering' ? readOrder(question, form, index) : readOne(question, form, index);
    if ('answer' in read) answers[question.code] = read.answer;
    else faults.push({ field: fieldOf(question, index), number: index + 1, kind: read.fault });
  }
  return { answers, faults };
}

type Read = { answer: Answer } | { fault: PaperFault['kind'] };

function readOne(question: PaperQuestion, form: PaperForm, index: number): Read {
  const given = [form[`q${index}`] ?? []].flat().filter((value) => value.trim() !== '');
  const first = given[0];
  if (first === undefined) return { fault: 'missing' };
  if (question.kind === 'multiple') return { answer: given };
  if (question.kind === 'numeric' && numberIn(first) === undefined) return { fault: 'number' };
  return { answer: first };
}

function readOrder(question: PaperQuestion, form: PaperForm, index: number): Read {
  const items = question.items ?? [];
  const places = items.map((_, at) => Number([form[`q${index}-${at}`] ?? ''].flat()[0] || 0));
  if (places.every((place) => place === 0)) return { fault: 'missing' };
  const isWhole = items.every((_, place) => places.includes(place + 1));
  if (!isWhole) return { fault: 'places' };
  return { answer: items.map((_, place) => items[places.indexOf(place + 1)]?.code ?? '') };
}

/** The form field that the error summary leads to. */
export function fieldOf(question: PaperQuestion, index: number): string {
  return question.kind === 'ordering' ? `q${index}-0` : `q${index}`;
}

export function paperSeed(enrolmentId: string, lessonId: string, attempt: number): string {
  return `${enrolmentId}:${lessonId}:${attempt}`;
}
