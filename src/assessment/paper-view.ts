import {
  type Answer,
  type PaperQuestion,
  type Question,
  shownAnswer,
  shuffledPaperQuestion,
  veiled,
} from '../catalogue/index.ts';
import { type Ctx, requirePerson } from '../kernel/context.ts';
import { notFound } from '../kernel/errors.ts';
import type { BlueprintRules } from './rules.ts';
import { questionContents } from './stores/banks.ts';
import { rulesOf } from './stores/blueprints.ts';
import { type AnswerRow, answersOf, type PaperRow, paperByKey } from './stores/papers.ts';
import { submitIfOver } from './submit-paper.ts';

export type PaperView = {
  paper: PaperRow;
  rules: BlueprintRules;
  /** As the learner sees them: no key. */
  questions: (PaperQuestion & { section: number })[];
  answers: Map<number, Answer>;
};

/** One's own paper without its keys. A paper whose time is over is closed first. */
export async function paperView(ctx: Ctx, paperId: string): Promise<PaperView> {
  const personId = requirePerson(ctx);
  const found = await paperByKey(ctx.db.read, { personId, paperId });
  if (!found) throw notFound();
  const rules = await rulesOf(ctx.db, found.blueprintId, found.blueprintRevision);
  const wasOpen = found.submittedAt === null;
  const isClosed = wasOpen && (await submitIfOver(ctx, found, rules));
  const paper = isClosed ? ((await paperByKey(ctx.db.read, { personId, paperId })) ?? found) : found;
  const [contentOf, rows] = await Promise.all([
    questionContents(ctx.db, paper.questions),
    answersOf(ctx.db.read, [paper]),
  ]);
  const questions = paper.questions.map((drawn) => ({
    ...bare(paper, contentOf(drawn), { ...drawn, isShuffled: rules.isShuffled }),
    section: drawn.section,
  }));
  const shown = questions.map(({ section, ...question }) => ({ ...veiled(question, paper.seed), section }));
  return { paper, rules, questions: shown, answers: answersByPlace(rows, questions, paper.seed) };
}

/** One question of a paper with the author's codes, in which answers are kept. */
export async function paperQuestionAt(ctx: Ctx, paper: PaperRow, place: number): Promise<PaperQuestion> {
  const drawn = paper.questions[place];
  if (!drawn) throw notFound();
  const contentOf = await questionContents(ctx.db, [drawn]);
  return bare(paper, contentOf(drawn), { ...drawn, isShuffled: true });
}

/** Whether options are shuffled is the blueprint's; that keys of orders and matches are, is not. */
function bare(
  paper: PaperRow,
  content: Question,
  drawn: { questionId: string; points: number; isShuffled: boolean },
): PaperQuestion {
  const question = { ...content, points: drawn.points, code: drawn.questionId };
  const paperQuestion = shuffledPaperQuestion(question, paper.seed);
  const isChoice = content.kind === 'single' || content.kind === 'multiple';
  if (drawn.isShuffled || !isChoice) return paperQuestion;
  return { ...paperQuestion, options: content.options.map(({ code, text }) => ({ code, text })) };
}

function answersByPlace(rows: AnswerRow[], questions: PaperQuestion[], seed: string): Map<number, Answer> {
  return new Map(
    rows.flatMap(({ place, answer }) => {
      const question = questions[place];
      return answer === null || !question ? [] : [[place, shownAnswer(question, answer, seed)] as const];
    }),
  );
}

export type ResultLine = {
  question: Question;
  answer: Answer | null;
  points: number | null;
  maxPoints: number;
  share: number | null;
  isWaiting: boolean;
  note: string | null;
};
export type ResultView = { paper: PaperRow; rules: BlueprintRules; lines: ResultLine[] };

/** One's own handed-in paper; each question as far as the author's setting shows it. */
export async function resultView(ctx: Ctx, paperId: string): Promise<ResultView> {
  const { paper, rules } = await paperView(ctx, paperId);
  if (!paper.submittedAt) throw notFound();
  if (rules.feedback === 'score') return { paper, rules, lines: [] };
  const [contentOf, rows] = await Promise.all([
    questionContents(ctx.db, paper.questions),
    answersOf(ctx.db.read, [paper]),
  ]);
  const byPlace = new Map(rows.map((row) => [row.place, row]));
  const lines = paper.questions.map((drawn, place): ResultLine => {
    const row = byPlace.get(place);
    return {
      question: contentOf(drawn),
      answer: row?.answer ?? null,
      points: row?.points ?? null,
      maxPoints: drawn.points,
      share: row?.share ?? null,
      isWaiting: row?.markState === 'waiting',
      note: row?.markNote ?? null,
    };
  });
  return { paper, rules, lines };
}
