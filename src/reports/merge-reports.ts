import { audit } from '../kernel/audit.ts';
import { inBothLanguages } from '../kernel/i18n.ts';
import type { MergeHandler } from '../people/index.ts';
import { countKept, moveKept } from './stores/merging.ts';

/** Saved reports with their schedules, and files, of a merged record are the survivor's. */
export const mergeReports: MergeHandler = {
  name: 'reports',
  async preview(ctx, { mergedId }) {
    const count = await countKept(ctx.db.read, mergedId);
    return count === 0 ? [] : [{ label: inBothLanguages('reports.mergeMoves'), count }];
  },
  async move(tx, ctx, pair) {
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
