import { createHash } from 'node:crypto';
import type { PaperChoice, PaperQuestion } from './quiz-paper.ts';
import type { Answer } from './scoring.ts';

/**
 * The codes that a learner's page and program see. An author's own codes would tell the key: "a" is often the right
 * option, and items are numbered in their right order. The seed never leaves the server, so neither do they.
 */
export function veiled(question: PaperQuestion, seed: string): PaperQuestion {
  if (question.kind === 'truth') return question;
  const hide = (choices: PaperChoice[]) =>
    choices.map(({ code, text }) => ({ code: veil(question, code, seed), text }));
  const { options, items } = question;
  return { ...question, ...(options && { options: hide(options) }), ...(items && { items: hide(items) }) };
}

/** An answer as kept, in the codes that its learner sees. `question` has the author's codes. */
export function shownAnswer(question: PaperQuestion, answer: Answer, seed: string): Answer {
  return translated(answer, new Map(codesOf(question).map((code) => [code, veil(question, code, seed)])));
}

/** The opposite: what a learner sent, in the author's codes. A code that was not shown stays as it came. */
export function keptAnswer(question: PaperQuestion, answer: Answer, seed: string): Answer {
  return translated(answer, new Map(codesOf(question).map((code) => [veil(question, code, seed), code])));
}

function codesOf(question: PaperQuestion): string[] {
  if (question.kind === 'truth') return [];
  return [...(question.options ?? []), ...(question.items ?? [])].map((one) => one.code);
}

function translated(answer: Answer, codes: ReadonlyMap<string, string>): Answer {
  if (codes.size === 0) return answer;
  const say = (one: string | number) => codes.get(String(one)) ?? one;
  return Array.isArray(answer) ? answer.map((one) => String(say(one))) : say(answer);
}

function veil(question: PaperQuestion, code: string, seed: string): string {
  return createHash('sha256').update(`${seed}|${question.code}|${code}`).digest('base64url').slice(0, 10);
}
