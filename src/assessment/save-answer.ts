import { type Answer, isAnswered, keptAnswer, type PaperQuestion, veiled } from '../catalogue/index.ts';
import { type Ctx, requirePerson } from '../kernel/context.ts';
import { notFound } from '../kernel/errors.ts';
import { paperQuestionAt } from './paper-view.ts';
import { answerMisfits, paperClosed } from './refusals.ts';
import { rulesOf } from './stores/blueprints.ts';
import { keepAnswer, type PaperRow, paperByKey } from './stores/papers.ts';
import { submitIfOver } from './submit-paper.ts';

/** `answer` in the codes that the paper shows. */
export type AnswerInput = { paperId: string; place: number; answer: Answer | null };

/**
 * Keeps one answer of an open paper, also within the grace seconds; null takes it back. No audit row each: the
 * hand-in has one, and `saved_at` stands beside the answer. After the time the paper is closed instead.
 */
export async function saveAnswer(ctx: Ctx, input: AnswerInput): Promise<{ savedAt: Date }> {
  const personId = requirePerson(ctx);
  const paper = await paperByKey(ctx.db.read, { personId, paperId: input.paperId });
  const question = paper?.questions[input.place];
  if (!paper || !question) throw notFound();
  const bare = await paperQuestionAt(ctx, paper, input.place);
  const given = isAnswered(input.answer) ? input.answer : null;
  // Asked of the codes that were shown: the author's own would be a way round their veil.
  if (given !== null && !fits(veiled(bare, paper.seed), given)) throw answerMisfits();
  const answer = given === null ? null : keptAnswer(bare, given, paper.seed);
  const rules = await rulesOf(ctx.db, paper.blueprintId, paper.blueprintRevision);
  const now = ctx.clock.now();
  const { graceSeconds } = rules;
  const saved = { personId, paperId: paper.paperId, place: input.place, question, answer, now, graceSeconds };
  const isKept = await ctx.db.transaction((tx) => keepAnswer(tx, saved));
  if (!isKept) return refuseClosed(ctx, paper, rules);
  return { savedAt: now };
}

async function refuseClosed(
  ctx: Ctx,
  paper: PaperRow,
  rules: Parameters<typeof submitIfOver>[2],
): Promise<never> {
  await submitIfOver(ctx, paper, rules);
  throw paperClosed();
}

/** Codes must be some of those shown, each once where one is placed; texts and numbers are read when scored. */
export function fits(question: PaperQuestion, answer: Answer): boolean {
  const list = Array.isArray(answer) ? answer : [answer];
  const codes = new Set((question.options ?? []).map((one) => one.code));
  switch (question.kind) {
    case 'single':
    case 'truth':
      return list.length === 1 && codes.has(String(list[0]));
    case 'multiple':
      return list.length <= codes.size && list.every((one) => codes.has(String(one)));
    case 'matching':
      return (
        list.length <= (question.items ?? []).length &&
        list.every((one) => one === '' || codes.has(String(one)))
      );
    case 'ordering': {
      const items = new Set((question.items ?? []).map((one) => one.code));
      return new Set(list).size === list.length && list.every((one) => items.has(String(one)));
    }
    default:
      return !Array.isArray(answer) && String(answer).length <= (question.kind === 'short' ? 8000 : 400);
  }
}
