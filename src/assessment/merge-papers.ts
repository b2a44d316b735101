import type { MergeHandler } from '../people/index.ts';
import { moveLearnersPapers } from './stores/papers.ts';

/** Papers follow the survivor of two records that prove to be one person; extra time does not. */
export const mergePapers: MergeHandler = {
  name: 'assessment',
  preview: async () => [],
  async move(tx, ctx, pair) {
    await moveLearnersPapers(tx, pair, ctx.clock.now());
  },
};
