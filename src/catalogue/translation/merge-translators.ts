import { audit } from '../../kernel/audit.ts';
import { translator } from '../../kernel/i18n.ts';
import type { MergeHandler } from '../../people/index.ts';
import { liveInvitations, moveInvitations } from './translators-store.ts';

/** What a merged record was asked to translate is the survivor's to translate, until the same day. */
export const mergeTranslators: MergeHandler = {
  name: 'translators',
  async preview(ctx, pair) {
    const count = await liveInvitations(ctx.db.read, pair.mergedId);
    const key = 'workflow.mergeMovesTranslator';
    return count === 0 ? [] : [{ label: { hi: translator('hi')(key), en: translator('en')(key) }, count }];
  },
  async move(tx, ctx, pair) {
    const count = await liveInvitations(tx, pair.mergedId);
    if (count === 0) return;
    await moveInvitations(tx, { ...pair, now: ctx.clock.now() });
    await audit(tx, ctx, {
      action: 'course_translator.moved',
      subjectKind: 'person',
      subjectId: pair.survivorId,
      personId: pair.survivorId,
      detail: { from: pair.mergedId, count },
    });
  },
};
