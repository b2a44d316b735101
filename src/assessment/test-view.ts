import { courseById } from '../catalogue/index.ts';
import type { Ctx } from '../kernel/context.ts';
import { todayInIndia } from '../kernel/dates.ts';
import { type ExtraAttempt, extraAttemptsOf } from '../learning/index.ts';
import { opensAgainAt, type Test, type TestPlace, testOf } from './begin-paper.ts';
import type { BlueprintRules } from './rules.ts';
import { rulesOf } from './stores/blueprints.ts';
import { extraTimeOf } from './stores/extra-time.ts';
import { type PaperRow, papersOf } from './stores/papers.ts';
import { submitIfOver } from './submit-paper.ts';

export type TestView = Test & {
  courseCode: string;
  papers: PaperRow[];
  open: PaperRow | undefined;
  /** Those of the open paper, else those by which the next one would be drawn. */
  rules: BlueprintRules;
  waiting: PaperRow | undefined;
  /** Attempts still allowed; null: as many as wanted. */
  left: number | null;
  /** When the next may begin, if not yet. */
  again: Date | null;
  isPassed: boolean;
  /** The attempt that a nodal officer gave last. */
  given: ExtraAttempt | undefined;
  extraPercent: number;
};

/** A test as its learner stands before it. */
export async function testView(ctx: Ctx, at: TestPlace): Promise<TestView> {
  const test = await testOf(ctx, at);
  const [course, extra, given, papers] = await Promise.all([
    courseById(ctx.db, test.courseId),
    extraTimeOf(ctx.db.read, test.personId, todayInIndia(ctx.clock)),
    extraAttemptsOf(ctx, test),
    currentPapers(ctx, test),
  ]);
  const { attempts } = test.blueprint.rules;
  const again = await opensAgainAt(ctx, papers);
  const open = papers.find((paper) => paper.submittedAt === null);
  return {
    ...test,
    courseCode: course?.code ?? '',
    papers,
    open,
    // A paper keeps the rules by which it was begun, whatever its author changes meanwhile.
    rules: open ? await rulesOf(ctx.db, open.blueprintId, open.blueprintRevision) : test.blueprint.rules,
    waiting: papers.find((paper) => paper.waitsForMarker),
    left: attempts === null ? null : Math.max(0, attempts + given.length - papers.length),
    again: again && again > ctx.clock.now() ? again : null,
    given: given[0],
    isPassed: papers.some((paper) => paper.isPassed),
    extraPercent: extra?.percent ?? 0,
  };
}

/** An open paper whose time is over is closed by the visit. */
async function currentPapers(ctx: Ctx, test: Test): Promise<PaperRow[]> {
  const papers = await papersOf(ctx.db.read, test);
  const open = papers.find((paper) => paper.submittedAt === null);
  if (!open) return papers;
  const isClosed = await submitIfOver(
    ctx,
    open,
    await rulesOf(ctx.db, open.blueprintId, open.blueprintRevision),
  );
  return isClosed ? papersOf(ctx.db.read, test) : papers;
}
