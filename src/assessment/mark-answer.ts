import { audit } from '../kernel/audit.ts';
import { type Ctx, personIdOf, requireRole } from '../kernel/context.ts';
import { notFound, Refusal } from '../kernel/errors.ts';
import { lockGroup } from '../kernel/facts.ts';
import { keepDecided, scoreAll } from './decide-submissions.ts';
import { holdsOver, markerRoles } from './policy.ts';
import { answersToMark, answerToMark, keepMark, type MarkRow } from './stores/marking.ts';
import { paperByKey } from './stores/papers.ts';

/** Answers that wait for a marker, or were marked, in one's offices. Whose they are is not told. */
export async function markingDesk(ctx: Ctx, state: 'waiting' | 'marked'): Promise<MarkRow[]> {
  const scopes = requireRole(ctx, markerRoles);
  return answersToMark(ctx, { scopes, state, exceptPersonId: personIdOf(ctx.actor) ?? null });
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
 * decided, and its course completed where that was all it waited for. An answer is marked once.
 */
export async function markAnswer(
  ctx: Ctx,
  at: { paperId: string; place: number },
  mark: { criteria: string[]; note: string | null },
): Promise<void> {
  const seen = await visibleAnswer(ctx, at);
  await ctx.db.transaction(async (tx) => {
    await lockGroup(tx, [seen.personId], 'wait');
    const row = await answerToMark(tx, at);
    if (row?.state !== 'waiting') throw alreadyMarked();
    const rubric = row.content.kind === 'short' ? row.content.rubric : [];
    const found = rubric.filter((one) => mark.criteria.includes(one.code));
    const share = Math.min(
      1,
      found.reduce((sum, one) => sum + one.share, 0),
    );
    const criteria = found.map((one) => one.code);
    const by = personIdOf(ctx.actor) ?? null;
    await keepMark(tx, { row, share, criteria, note: mark.note, now: ctx.clock.now(), by });
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

function alreadyMarked(): Refusal {
  return new Refusal(
    'conflict',
    { hi: 'यह उत्तर जाँचा जा चुका है।', en: 'This answer has been marked already.' },
    { reason: 'already_marked' },
  );
}
