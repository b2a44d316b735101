import type { Ctx } from '../kernel/context.ts';
import { todayInIndia } from '../kernel/dates.ts';
import type { Tx } from '../kernel/db.ts';
import type { MergeEffect, MergeHandler, MergePair } from '../people/index.ts';
import { reassignCases } from './review-cases/store.ts';
import { countLearning, moveCompletions, moveEnrolments, moveProgress } from './stores/merging.ts';

/** What becomes of learning when two records prove to be one person: all of it follows the survivor. */
export const mergeLearning: MergeHandler = {
  name: 'learning',
  async preview(ctx: Ctx, pair: MergePair): Promise<MergeEffect[]> {
    const counts = await countLearning(ctx.db.read, pair);
    return [
      {
        label: { hi: 'जुड़ने वाले पूरे किए गए कोर्स', en: 'Completions that are added' },
        count: counts.completions,
      },
      {
        label: {
          hi: 'दोनों में एक ही दिन पूरे हुए कोर्स, जो एक बार गिने जाएँगे',
          en: 'Completions in both, which count once',
        },
        count: counts.same,
      },
      { label: { hi: 'जुड़ने वाले नामांकन', en: 'Enrolments that are added' }, count: counts.enrolments },
    ];
  },
  async move(tx: Tx, ctx: Ctx, pair: MergePair): Promise<void> {
    const now = ctx.clock.now();
    await moveCompletions(tx, pair, now);
    await moveEnrolments(tx, pair, { now, day: todayInIndia(ctx.clock) });
    await moveProgress(tx, pair);
    await reassignCases(tx, pair);
  },
};
