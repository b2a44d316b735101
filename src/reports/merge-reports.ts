import { audit } from '../kernel/audit.ts';
import type { Ctx } from '../kernel/context.ts';
import type { Tx } from '../kernel/db.ts';
import { inBothLanguages } from '../kernel/i18n.ts';
import type { MergeHandler } from '../people/index.ts';
import { toldApart } from './names.ts';
import { countKept, keptNames, moveKept } from './stores/merging.ts';
import { changeReport, holdNames } from './stores/reports.ts';

/** Saved reports with their schedules, and files, of a merged record are the survivor's. */
export const mergeReports: MergeHandler = {
  name: 'reports',
  async preview(ctx, { mergedId }) {
    const count = await countKept(ctx.db.read, mergedId);
    return count === 0 ? [] : [{ label: inBothLanguages('reports.mergeMoves'), count }];
  },
  async move(tx, ctx, pair) {
    await tellApart(tx, ctx, pair);
    const count = await moveKept(tx, pair);
    if (count === 0) return;
    await audit(tx, ctx, {
      action: 'report.moved',
      subjectKind: 'person',
      subjectId: pair.survivorId,
      personId: pair.survivorId,
      detail: { from: pair.mergedId, count },
    });
  },
};

/** What comes has a number behind a name that the survivor's list has already. */
async function tellApart(tx: Tx, ctx: Ctx, pair: { mergedId: string; survivorId: string }): Promise<void> {
  const taken = await holdNames(tx, pair.survivorId);
  for (const { reportId, name } of await keptNames(tx, pair.mergedId)) {
    const free = toldApart(name, taken);
    taken.push(free);
    if (free !== name) await changeReport(tx, reportId, { name: free, at: ctx.clock.now() });
  }
}
