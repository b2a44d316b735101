import type { Answer, Question } from '../catalogue/index.ts';
import { shownAnswer } from '../catalogue/index.ts';
import type { Ctx } from '../kernel/context.ts';
import { paperQuestionAt } from './paper-view.ts';
import { questionContents } from './stores/banks.ts';
import { type PaperKey, paperByKey } from './stores/papers.ts';

/** The answer that earns everything. */
export function keyOf(question: Question): Answer {
  switch (question.kind) {
    case 'numeric':
      return question.answer;
    case 'truth':
      return String(question.answer);
    case 'fill':
      return question.accepted[0] ?? '';
    case 'short':
      return 'उत्तर';
    case 'ordering':
      return question.items.map((item) => item.code);
    case 'matching':
      return question.pairs.map((pair) => pair.match.code);
    default: {
      const right = question.options.filter((option) => option.correct).map((option) => option.code);
      return question.kind === 'single' ? (right[0] ?? '') : right;
    }
  }
}

/** The key of each question of a paper, in the codes that its learner sees. */
export async function keysOfPaper(ctx: Ctx, key: PaperKey): Promise<Answer[]> {
  const paper = await paperByKey(ctx.db.read, key);
  if (!paper) return [];
  const contentOf = await questionContents(ctx.db, paper.questions);
  return Promise.all(
    paper.questions.map(async (drawn, place) =>
      shownAnswer(await paperQuestionAt(ctx, paper, place), keyOf(contentOf(drawn)), paper.seed),
    ),
  );
}
