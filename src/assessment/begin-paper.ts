import { randomBytes } from 'node:crypto';
import { audit } from '../kernel/audit.ts';
import { type Ctx, requirePerson } from '../kernel/context.ts';
import { todayInIndia } from '../kernel/dates.ts';
import type { Tx } from '../kernel/db.ts';
import { notFound } from '../kernel/errors.ts';
import { lockGroup } from '../kernel/facts.ts';
import { newId } from '../kernel/ids.ts';
import { addJob } from '../kernel/jobs.ts';
import { sideOf } from '../kernel/languages.ts';
import { enrolmentDetail, extraAttemptsOf } from '../learning/index.ts';
import { drawPaper } from './draw-paper.ts';
import { attemptsUsed, coolingDown, tooFewQuestions } from './refusals.ts';
import { closesAt, dueAt } from './rules.ts';
import { candidatesIn } from './stores/banks.ts';
import { type BlueprintRow, blueprintByCode, rulesOf } from './stores/blueprints.ts';
import { extraTimeOf } from './stores/extra-time.ts';
import { highestNumber, insertPaper, type NewPaper, type PaperRow, papersOf } from './stores/papers.ts';
import { submitIfOver } from './submit-paper.ts';

export type TestPlace = { enrolmentId: string; lessonId: string };

/**
 * Draws a paper for a test and starts its clock; the open one where there is one. Refuses where the attempts are
 * used (`attempts_used`), the pause runs (`cooling_down`) or the banks are too small (`bank_too_small`).
 */
export async function beginPaper(ctx: Ctx, at: TestPlace): Promise<{ paperId: string; isNew: boolean }> {
  const test = await testOf(ctx, at);
  const { personId, blueprint } = test;
  const given = await extraAttemptsOf(ctx, test);
  const [newest] = await papersOf(ctx.db.read, test);
  if (newest && !newest.submittedAt)
    await submitIfOver(ctx, newest, await rulesOf(ctx.db, newest.blueprintId, newest.blueprintRevision));
  return ctx.db.transaction(async (tx) => {
    await lockGroup(tx, [personId], 'wait');
    const papers = await papersOf(tx, test);
    const open = papers.find((one) => one.submittedAt === null);
    if (open) return { paperId: open.paperId, isNew: false };
    await refuseTooSoon(ctx, test, { papers, extra: given.length });
    const paper = await draw(tx, ctx, { test, papers });
    await insertPaper(tx, paper);
    await closeInTime(tx, blueprint, paper);
    const { paperId, number, seed, blueprintRevision } = paper;
    await audit(tx, ctx, {
      action: 'paper.begun',
      subjectKind: 'paper',
      subjectId: paperId,
      personId,
      detail: { blueprint: blueprint.code, revision: blueprintRevision, number, seed },
    });
    return { paperId, isNew: true };
  });
}

export type Test = TestPlace & {
  personId: string;
  courseId: string;
  lessonCode: string;
  blueprintId: string;
  language: 'hi' | 'en';
  blueprint: BlueprintRow;
};

/** The test that a lesson of one's own enrolment holds, or not found. */
export async function testOf(ctx: Ctx, at: TestPlace): Promise<Test> {
  const personId = requirePerson(ctx);
  const { enrolment, lessons } = await enrolmentDetail(ctx, at.enrolmentId);
  const lesson = lessons.find((one) => one.lessonId === at.lessonId);
  const code = lesson?.quiz?.blueprint;
  const blueprint = code ? await blueprintByCode(ctx.db.read, code) : undefined;
  if (!lesson || !blueprint) throw notFound();
  const { courseId, enrolmentId } = enrolment;
  // Banks speak Hindi and English.
  const language = sideOf(enrolment.language);
  const { lessonId, code: lessonCode } = lesson;
  const { blueprintId } = blueprint;
  return { enrolmentId, lessonId, lessonCode, personId, courseId, language, blueprint, blueprintId };
}

/** When the next attempt may begin, by the rules under which the last was taken; null: at once. */
export async function opensAgainAt(ctx: Pick<Ctx, 'db'>, papers: PaperRow[]): Promise<Date | null> {
  const last = papers.find((one) => one.submittedAt !== null);
  if (!last?.submittedAt) return null;
  const { coolingMinutes } = await rulesOf(ctx.db, last.blueprintId, last.blueprintRevision);
  return coolingMinutes === 0 ? null : new Date(last.submittedAt.getTime() + coolingMinutes * 60_000);
}

type Tried = { papers: PaperRow[]; extra: number };

async function refuseTooSoon(ctx: Ctx, { blueprint }: Test, { papers, extra }: Tried): Promise<void> {
  const { attempts } = blueprint.rules;
  if (attempts !== null && papers.length >= attempts + extra) throw attemptsUsed();
  const again = await opensAgainAt(ctx, papers);
  if (again && again > ctx.clock.now()) throw coolingDown(again);
}

async function draw(
  tx: Tx,
  ctx: Ctx,
  { test, papers }: { test: Test; papers: PaperRow[] },
): Promise<NewPaper> {
  const { personId, courseId, enrolmentId, lessonId, blueprint, language } = test;
  const { rules, blueprintId } = blueprint;
  const banks = rules.sections.flatMap((section) => section.parts.map((part) => part.bank));
  const seed = randomBytes(12).toString('hex');
  const seen = new Set(papers.flatMap((paper) => paper.questions.map((one) => one.questionId)));
  const { questions, shortages } = drawPaper(rules, await candidatesIn(tx, banks), { seed, seen });
  if (shortages.length > 0) throw tooFewQuestions();
  const startedAt = ctx.clock.now();
  const extra = await extraTimeOf(tx, personId, todayInIndia(ctx.clock));
  const extraPercent = extra?.percent ?? 0;
  return {
    ...{
      personId,
      courseId,
      enrolmentId,
      lessonId,
      blueprintId,
      language,
      seed,
      questions,
      startedAt,
      extraPercent,
    },
    paperId: newId(),
    blueprintRevision: blueprint.revision,
    number: (await highestNumber(tx, test)) + 1,
    dueAt: dueAt(rules, startedAt, extraPercent),
  };
}

async function closeInTime(tx: Tx, { rules }: BlueprintRow, paper: NewPaper): Promise<void> {
  const closes = closesAt(rules, paper.dueAt);
  if (!closes) return;
  const { personId, paperId } = paper;
  const runAt = new Date(closes.getTime() + 1000);
  await addJob(tx, 'assessment:close-paper', { personId, paperId }, { runAt, key: `paper:${paperId}` });
}
