import type { MergeHandler } from '../people/index.ts';
import { countDigests, moveReminders } from './stores/merge.ts';

/** What a merged record was told goes with the person, so that no step is told twice. */
export const mergeReminders: MergeHandler = {
  name: 'reminders',
  async preview(ctx, { mergedId }) {
    const count = await countDigests(ctx.db.read, mergedId);
    return [{ label: { hi: 'याद दिलाने की सूचनाएँ', en: 'Reminders' }, count }];
  },
  move: (tx, _ctx, pair) => moveReminders(tx, pair),
};
