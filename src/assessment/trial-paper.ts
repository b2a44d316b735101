import { randomBytes } from 'node:crypto';
import { type Answer, type PaperQuestion, type Question, shuffledPaperQuestion } from '../catalogue/index.ts';
import type { Ctx } from '../kernel/context.ts';
import { visibleBlueprint } from './queries.ts';
import { checkRules } from './save-blueprint.ts';
import { type PaperScore, scorePaper } from './score-paper.ts';
import { questionContents } from './stores/banks.ts';
import type { BlueprintRow } from './stores/blueprints.ts';

export type Trial = {
  blueprint: BlueprintRow;
  seed: string;
  contents: Question[];
  questions: (PaperQuestion & { section: number })[];
};

/** A paper as a learner would get it, for its author to try; nothing of it is kept. The seed draws the same again. */
export async function trialPaper(ctx: Ctx, code: string, given?: string): Promise<Trial> {
  const blueprint = await visibleBlueprint(ctx, code);
  const seed = given || randomBytes(6).toString('hex');
  const { questions: drawn } = await checkRules(ctx, blueprint.rules, seed);
  const contentOf = await questionContents(ctx.db, drawn);
  const contents = drawn.map((one) => ({ ...contentOf(one), points: one.points, code: one.questionId }));
  const questions = contents.map((question, place) => ({
    ...shuffledPaperQuestion(question, seed),
    section: drawn[place]?.section ?? 0,
  }));
  return { blueprint, seed, contents, questions };
}

export function scoreTrial(trial: Trial, answers: (Answer | null)[]): PaperScore {
  const paper = trial.contents.map((question, place) => ({
    question,
    section: trial.questions[place]?.section ?? 0,
    points: question.points,
    answer: answers[place] ?? null,
  }));
  return scorePaper(trial.blueprint.rules, paper);
}
