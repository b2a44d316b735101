import { courseById } from '../catalogue/index.ts';
import type { Ctx } from '../kernel/context.ts';
import { todayInIndia } from '../kernel/dates.ts';
import { opensAgainAt, type Test, type TestPlace, testOf } from './begin-paper.ts';
import { rulesOf } from './stores/blueprints.ts';
import { extraTimeOf } from './stores/extra-time.ts';
import { type PaperRow, papersOf } from './stores/papers.ts';
import { submitIfOver } from './submit-paper.ts';

export type TestView = Test & {
  courseCode: string;
  papers: PaperRow[];
  open: PaperRow | undefined;
  /** Attempts still allowed; null: as many as wanted. */
  left: number | null;
  /** When the next may begin, if not yet. */
  again: Date | null;
  isPassed: boolean;
  extraPercent: number;
};

/** A test as its learner stands before it. */
export async function testView(ctx: Ctx, at: TestPlace): Promise<TestView> {
  const test = await testOf(ctx, at);
  const [course, extra, papers] = await Promise.all([
    courseById(ctx.db, test.courseId),
    extraTimeOf(ctx.db.read, test.personId, todayInIndia(ctx.clock)),
    currentPapers(ctx, test),
  ]);
  const { attempts } = test.blueprint.rules;
  const again = opensAgainAt(test.blueprint, papers);
  return {
    ...test,
    courseCode: course?.code ?? '',
    papers,
    open: papers.find((paper) => paper.submittedAt === null),
    left: attempts === null ? null : Math.max(0, attempts - papers.length),
    again: again && again > ctx.clock.now() ? again : null,
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
