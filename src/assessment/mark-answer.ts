import { audit } from '../kernel/audit.ts';
import { type Ctx, personIdOf, requireRole } from '../kernel/context.ts';
import type { Tx } from '../kernel/db.ts';
import { notFound, Refusal } from '../kernel/errors.ts';
import { lockGroup } from '../kernel/facts.ts';
import { keepCorrected, keepDecided, scoreAll } from './decide-submissions.ts';
import { holdsOver, markerRoles } from './policy.ts';
import {
  answersToMark,
  answerToMark,
  countToMark,
  isCertified,
  keepMark,
  type MarkRow,
} from './stores/marking.ts';
import { paperByKey } from './stores/papers.ts';

/** Answers that wait for a marker, or were marked, in one's offices. Whose they are is not told. */
export async function markingDesk(ctx: Ctx, state: 'waiting' | 'marked'): Promise<MarkRow[]> {
  const scopes = requireRole(ctx, markerRoles);
  return answersToMark(ctx, { scopes, state, exceptPersonId: personIdOf(ctx.actor) ?? null });
}

export function countWaitingAnswers(ctx: Ctx): Promise<number> {
  const scopes = requireRole(ctx, markerRoles);
  return countToMark(ctx, { scopes, exceptPersonId: personIdOf(ctx.actor) ?? null });
}

/** One answer to mark; one's own is nobody's to mark and not found. */
export async function visibleAnswer(ctx: Ctx, at: { paperId: string; place: number }): Promise<MarkRow> {
  requireRole(ctx, markerRoles);
  const row = await answerToMark(ctx.db.read, at);
  if (!row || !holdsOver(ctx, markerRoles, row) || row.personId === personIdOf(ctx.actor)) throw notFound();
  return row;
}

/**
 * Marks a short answer by the points of its rubric that were found. With the last of a paper its result is
 * decided, and its course completed where that was all it waited for. An answer is marked once; `correctMark` mends it.
 */
export async function markAnswer(
  ctx: Ctx,
  at: { paperId: string; place: number },
  mark: Mark,
): Promise<void> {
  const seen = await visibleAnswer(ctx, at);
  await ctx.db.transaction(async (tx) => {
    await lockGroup(tx, [seen.personId], 'wait');
    const row = await answerToMark(tx, at);
    if (row?.state !== 'waiting') throw alreadyMarked();
    const { share, criteria } = await keepShare(tx, ctx, { row, mark });
    await audit(tx, ctx, {
      action: 'paper.answer_marked',
      subjectKind: 'paper',
      subjectId: row.paperId,
      personId: row.personId,
      detail: { place: row.place + 1, share, criteria },
    });
    const paper = await paperByKey(tx, row);
    const result = paper && (await scoreAll(tx, ctx, [paper])).get(paper.paperId);
    if (paper && result)
      await keepDecided(tx, [{ ctx, paper, result, submittedBy: paper.submittedBy ?? 'person' }]);
  });
}

/**
 * Corrects a mark, with a reason that the trail keeps. Refused once the course is certified: a certificate says
 * what was true when it was given.
 */
export async function correctMark(
  ctx: Ctx,
  at: { paperId: string; place: number },
  mark: Mark & { reason: string },
): Promise<void> {
  const seen = await visibleAnswer(ctx, at);
  await ctx.db.transaction(async (tx) => {
    await lockGroup(tx, [seen.personId], 'wait');
    const row = await answerToMark(tx, at);
    if (row?.state !== 'marked') throw notFound();
    if (await isCertified(tx, row)) throw certified();
    const { share, criteria } = await keepShare(tx, ctx, { row, mark });
    const before = { share: row.share, criteria: row.criteria };
    await audit(tx, ctx, {
      action: 'paper.answer_corrected',
      subjectKind: 'paper',
      subjectId: row.paperId,
      personId: row.personId,
      detail: { place: row.place + 1, before, after: { share, criteria }, reason: mark.reason },
    });
    const paper = await paperByKey(tx, row);
    const result = paper && (await scoreAll(tx, ctx, [paper])).get(paper.paperId);
    if (paper && result)
      await keepCorrected(tx, { ctx, paper, result, submittedBy: paper.submittedBy ?? 'person' });
  });
}

type Mark = { criteria: string[]; note: string | null };

async function keepShare(tx: Tx, ctx: Ctx, { row, mark }: { row: MarkRow; mark: Mark }) {
  const rubric = row.content.kind === 'short' ? row.content.rubric : [];
  const found = rubric.filter((one) => mark.criteria.includes(one.code));
  const sum = found.reduce((total, one) => total + one.share, 0);
  const share = Math.min(1, sum);
  const criteria = found.map((one) => one.code);
  const by = personIdOf(ctx.actor) ?? null;
  await keepMark(tx, { row, share, criteria, note: mark.note, now: ctx.clock.now(), by });
  return { share, criteria };
}

function certified(): Refusal {
  return new Refusal(
    'conflict',
    {
      hi: 'इस परीक्षा से पूरे हुए कोर्स का प्रमाणपत्र जारी हो चुका है, इसलिए अंक नहीं बदले जा सकते।',
      en: 'The course that this test completed has its certificate, so the mark can no longer be changed.',
    },
    { reason: 'certificate_issued' },
  );
}

function alreadyMarked(): Refusal {
  return new Refusal(
    'conflict',
    { hi: 'यह उत्तर जाँचा जा चुका है।', en: 'This answer has been marked already.' },
    { reason: 'already_marked' },
  );
}
