import { setBlueprintFacts } from '../catalogue/index.ts';
import type { Feature } from '../kernel/feature.ts';
import { onPersonsMerged } from '../people/index.ts';
import { authorApi } from './api.ts';
import { blueprintFacts } from './blueprint-facts.ts';
import { mergePapers } from './merge-papers.ts';
import { paperRoutes } from './pages/paper-routes.tsx';
import { paperApi } from './paper-api.ts';
import { closePaper, prepareSubmissions } from './submit-paper.ts';

export const assessment: Feature = {
  name: 'assessment',
  prepare(runtime) {
    prepareSubmissions(runtime);
    setBlueprintFacts(blueprintFacts);
    onPersonsMerged(mergePapers);
  },
  http(app) {
    authorApi(app);
    paperApi(app);
    paperRoutes(app);
  },
  jobs: () => ({
    'assessment:close-paper': async (ctx, payload) => {
      await closePaper(ctx, { personId: String(payload['personId']), paperId: String(payload['paperId']) });
    },
  }),
};
