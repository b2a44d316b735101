import type { Feature } from '../kernel/feature.ts';
import { onPersonsMerged } from '../people/index.ts';
import { mergePapers } from './merge-papers.ts';
import { paperRoutes } from './pages/paper-routes.tsx';
import { closePaper, prepareSubmissions } from './submit-paper.ts';

export const assessment: Feature = {
  name: 'assessment',
  prepare(runtime) {
    prepareSubmissions(runtime);
    onPersonsMerged(mergePapers);
  },
  http(app) {
    paperRoutes(app);
  },
  jobs: () => ({
    'assessment:close-paper': async (ctx, payload) => {
      await closePaper(ctx, { personId: String(payload['personId']), paperId: String(payload['paperId']) });
    },
  }),
};
