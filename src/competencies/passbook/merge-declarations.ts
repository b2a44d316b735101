import { audit } from '../../kernel/audit.ts';
import { translator } from '../../kernel/i18n.ts';
import type { MergeHandler } from '../../people/index.ts';
import { declarationsOf, moveDeclarations } from '../stores/declarations.ts';

/** Statements of two records that prove to be one person: they stand with the survivor. */
export const mergeDeclarations: MergeHandler = {
  name: 'competencies',
  async preview(ctx, pair) {
    const { length: count } = await declarationsOf(ctx.db.read, pair.mergedId);
    const key = 'competencies.mergeMoves';
    return count === 0 ? [] : [{ label: { hi: translator('hi')(key), en: translator('en')(key) }, count }];
  },
  async move(tx, ctx, { survivorId, mergedId }) {
    const { length: count } = await declarationsOf(tx, mergedId);
    if (count === 0) return;
    await moveDeclarations(tx, { survivorId, mergedId, now: ctx.clock.now() });
    await audit(tx, ctx, {
      action: 'competency_declaration.moved',
      subjectKind: 'person',
      subjectId: survivorId,
      personId: survivorId,
      detail: { from: mergedId, count },
    });
  },
};
