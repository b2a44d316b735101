import { auditAll } from '../kernel/audit.ts';
import type { Ctx } from '../kernel/context.ts';
import type { Tx } from '../kernel/db.ts';
import { notFound } from '../kernel/errors.ts';
import { changeFacts } from '../kernel/facts.ts';
import type { Outcome } from '../kernel/group.ts';
import { correctPaper, decidePapers, type PaperResult } from '../learning/index.ts';
import { type Answered, type PaperScore, scorePaper } from './score-paper.ts';
import { questionContents } from './stores/banks.ts';
import { rulesOf } from './stores/blueprints.ts';
import {
  type AnswerRow,
  answersOf,
  type Decided,
  keepResults,
  lockPapers,
  type PaperKey,
  type PaperRow,
} from './stores/papers.ts';

export type Submission = PaperKey & { ctx: Ctx; submittedBy: 'person' | 'clock' };
export type SubmissionResult = { paperId: string; courseCompleted: boolean };

/**
 * Scores papers of different persons, whose locks the caller holds, keeps what they were worth, and completes
 * what they complete: some ten statements, however many the persons are.
 */
export async function decideSubmissions(tx: Tx, asked: Submission[]): Promise<Outcome<SubmissionResult>[]> {
  const papers = new Map((await lockPapers(tx, asked)).map((paper) => [paper.paperId, paper]));
  const open = asked.filter((one) => papers.get(one.paperId)?.submittedAt === null);
  const found = open.flatMap((one) => papers.get(one.paperId) ?? []);
  const results = await scoreAll(tx, open[0]?.ctx, found);
  const decided = open.flatMap((one): (Decided & { ctx: Ctx })[] => {
    const [paper, result] = [papers.get(one.paperId), results.get(one.paperId)];
    return paper && result ? [{ ctx: one.ctx, paper, result, submittedBy: one.submittedBy }] : [];
  });
  const completed = await keepDecided(tx, decided);
  return asked.map((one) => {
    const paper = papers.get(one.paperId);
    if (!paper) return { refusal: notFound() };
    return { answer: { paperId: paper.paperId, courseCompleted: completed.has(paper.enrolmentId) } };
  });
}

/** Writes results, tells learning of those that are final, and says so in the audit. */
export async function keepDecided(tx: Tx, decided: (Decided & { ctx: Ctx })[]): Promise<ReadonlySet<string>> {
  if (decided.length === 0) return new Set();
  const now = decided[0]?.ctx.clock.now() ?? new Date();
  const passed = decided.filter(({ result }) => !result.waits && result.isPassed);
  await keepAsFacts(tx, passed, () => keepResults(tx, decided, now));
  await auditAll(tx, decided.map(submissionAct));
  return decidePapers(tx, decided.filter((one) => !one.result.waits).map(paperResult));
}

/** Writes what a paper is worth after a correction, and lets learning follow. */
export async function keepCorrected(tx: Tx, decided: Decided & { ctx: Ctx }): Promise<void> {
  await keepAsFacts(tx, [decided], () => keepResults(tx, [decided], decided.ctx.clock.now()));
  if (!decided.result.waits) await correctPaper(tx, paperResult(decided));
}

/** A test that is passed, or passed no more, is a fact that orders look at; no figure of an office counts it. */
async function keepAsFacts(tx: Tx, changed: Decided[], keep: () => Promise<void>): Promise<void> {
  if (changed.length === 0) return keep();
  const ids = [...new Set(changed.map((one) => one.paper.personId))];
  await changeFacts(tx, { ids, hint: { kind: 'paper' } }, keep);
}

/** Scores papers from their answers as they stand in this transaction. */
export async function scoreAll(
  tx: Tx,
  ctx: Ctx | undefined,
  papers: PaperRow[],
): Promise<Map<string, PaperScore>> {
  if (!ctx || papers.length === 0) return new Map();
  const answers = Map.groupBy(await answersOf(tx, papers), (row) => row.paperId);
  const contentOf = await questionContents(
    ctx.db,
    papers.flatMap((paper) => paper.questions),
  );
  const scored = await Promise.all(
    papers.map(async (paper) => {
      const rules = await rulesOf(ctx.db, paper.blueprintId, paper.blueprintRevision);
      const given = new Map((answers.get(paper.paperId) ?? []).map((row) => [row.place, row]));
      const places = paper.questions.map(
        (drawn, place): Answered => ({ ...drawn, question: contentOf(drawn), ...givenOf(given.get(place)) }),
      );
      return [paper.paperId, scorePaper(rules, places)] as const;
    }),
  );
  return new Map(scored);
}

function givenOf(row: AnswerRow | undefined) {
  return { answer: row?.answer ?? null, markedShare: row?.markState === 'marked' ? row.share : null };
}

function paperResult({ ctx, paper, result }: Decided & { ctx: Ctx }): PaperResult {
  const { personId, enrolmentId, lessonId, paperId, number, blueprintCode } = paper;
  // Learning keeps no debts: a total below zero is nothing reached.
  const kept = { ...result, score: Math.max(0, result.score) };
  return {
    ctx,
    personId,
    enrolmentId,
    lessonId,
    blueprint: blueprintCode,
    attemptId: paperId,
    number,
    result: kept,
  };
}

function submissionAct({ ctx, paper, result, submittedBy }: Decided & { ctx: Ctx }) {
  const entry = {
    action: paper.submittedAt ? 'paper.marked' : 'paper.submitted',
    subjectKind: 'paper',
    subjectId: paper.paperId,
    personId: paper.personId,
    detail: {
      number: paper.number,
      by: submittedBy,
      ...(result.waits ? { waits: true } : { isPassed: result.isPassed }),
    },
  };
  return { ctx, entry };
}
