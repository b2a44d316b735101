import { type Ctx, requirePerson } from '../kernel/context.ts';
import type { Db } from '../kernel/db.ts';
import { notFound } from '../kernel/errors.ts';
import type { Runtime } from '../kernel/feature.ts';
import { grouping } from '../kernel/group.ts';
import { describeError } from '../kernel/log.ts';
import { forLockedPersons } from '../learning/index.ts';
import { decideSubmissions, type Submission, type SubmissionResult } from './decide-submissions.ts';
import { type BlueprintRules, closesAt } from './rules.ts';
import { rulesOf } from './stores/blueprints.ts';
import { type PaperRow, paperByKey } from './stores/papers.ts';

type Submit = (submission: Submission) => Promise<SubmissionResult>;
const floods = new WeakMap<Db, Submit>();

/** Papers handed in within the same milliseconds are decided together, and each is answered after the commit. */
export function prepareSubmissions({ db, log }: Pick<Runtime, 'db' | 'log'>): void {
  const rules = {
    keyOf: ({ personId }: Submission) => personId,
    onFailure: (error: unknown, size: number) => log({ group: size, ...describeError(error) }),
  };
  floods.set(db, grouping<Submission, SubmissionResult>(forLockedPersons(db, decideSubmissions), rules));
}

/** Hands one's own paper in; again, it answers the same result. */
export async function submitPaper(ctx: Ctx, paperId: string): Promise<SubmissionResult> {
  const personId = requirePerson(ctx);
  const paper = await paperByKey(ctx.db.read, { personId, paperId });
  if (!paper) throw notFound();
  const rules = await rulesOf(ctx.db, paper.blueprintId, paper.blueprintRevision);
  return submit(ctx, { personId, paperId, submittedBy: isOver(ctx, paper, rules) ? 'clock' : 'person' });
}

/** Closes a paper whose time is over, by the job or at the next visit; true where it did or somebody had. */
export async function submitIfOver(ctx: Ctx, paper: PaperRow, rules: BlueprintRules): Promise<boolean> {
  if (paper.submittedAt) return true;
  if (!isOver(ctx, paper, rules)) return false;
  await submit(ctx, { personId: paper.personId, paperId: paper.paperId, submittedBy: 'clock' });
  return true;
}

/** The job of a paper with a time limit. */
export async function closePaper(ctx: Ctx, key: { personId: string; paperId: string }): Promise<void> {
  const paper = await paperByKey(ctx.db.read, key);
  if (paper)
    await submitIfOver(ctx, paper, await rulesOf(ctx.db, paper.blueprintId, paper.blueprintRevision));
}

export function isOver(ctx: Ctx, paper: Pick<PaperRow, 'dueAt'>, rules: BlueprintRules): boolean {
  const closes = closesAt(rules, paper.dueAt);
  return closes !== null && ctx.clock.now() > closes;
}

function submit(ctx: Ctx, given: Omit<Submission, 'ctx'>): Promise<SubmissionResult> {
  const flood = floods.get(ctx.db);
  if (!flood) throw new Error('assessment.prepare has not run for this database');
  return flood({ ctx, ...given });
}
