import { addPackagePart, setBlueprintChoices, setBlueprintFacts } from '../catalogue/index.ts';
import { addEvidenceSource } from '../competencies/index.ts';
import type { Feature } from '../kernel/feature.ts';
import { onCoursesResumed, setTestStandings } from '../learning/index.ts';
import { addPersonSection, onPersonsMerged } from '../people/index.ts';
import { addSiteLink, addWaitingKind } from '../shell/site/index.ts';
import { authorApi } from './api.ts';
import { blueprintChoices, blueprintFacts } from './blueprint-facts.ts';
import { evidenceOfPapers } from './evidence-of-papers.ts';
import { testsPart } from './exchange/package-part.ts';
import { exchangeApi } from './exchange-api.ts';
import { loadDemonstrationPapers } from './load-demonstration.ts';
import { countWaitingAnswers } from './mark-answer.ts';
import { markingApi } from './marking-api.ts';
import { mergePapers } from './merge-papers.ts';
import { analysisRoutes } from './pages/analysis-page.tsx';
import { bankRoutes } from './pages/bank-routes.tsx';
import { blueprintRoutes } from './pages/blueprint-routes.tsx';
import { exchangeRoutes } from './pages/exchange-pages.tsx';
import { extraTimeCard, extraTimeRoutes } from './pages/extra-time.tsx';
import { markingRoutes } from './pages/marking-pages.tsx';
import { paperRoutes } from './pages/paper-routes.tsx';
import { questionRoutes } from './pages/question-routes.tsx';
import { paperApi } from './paper-api.ts';
import { markerRoles } from './policy.ts';
import { movePapers } from './stores/papers.ts';
import { closePaper, prepareSubmissions } from './submit-paper.ts';
import { testStandings } from './test-standings.ts';

export const assessment: Feature = {
  name: 'assessment',
  prepare(runtime) {
    prepareSubmissions(runtime);
    setBlueprintFacts(blueprintFacts);
    addPackagePart(testsPart);
    setBlueprintChoices(blueprintChoices);
    addEvidenceSource('papers', evidenceOfPapers);
    onCoursesResumed(movePapers);
    setTestStandings(testStandings);
    onPersonsMerged(mergePapers);
    addPersonSection({ name: 'extra-time', on: 'office', order: 70, render: extraTimeCard });
    addSiteLink({
      key: 'banks',
      area: 'office',
      label: 'assessment.tests',
      href: '/office/banks',
      icon: 'quiz',
      roles: ['author', 'reviewer', 'publisher'],
      group: 'learning',
      order: 36,
    });
    addWaitingKind({
      link: 'banks',
      roles: [...markerRoles],
      label: 'assessment.waitingCount',
      href: '/office/marking',
      count: countWaitingAnswers,
    });
  },
  http(app) {
    authorApi(app);
    paperApi(app);
    bankRoutes(app);
    questionRoutes(app);
    blueprintRoutes(app);
    exchangeApi(app);
    markingApi(app);
    exchangeRoutes(app);
    analysisRoutes(app);
    markingRoutes(app);
    extraTimeRoutes(app);
    paperRoutes(app);
  },
  jobs: () => ({
    'assessment:close-paper': async (ctx, payload) => {
      await closePaper(ctx, { personId: String(payload['personId']), paperId: String(payload['paperId']) });
    },
  }),
  async demonstration(ctx) {
    await loadDemonstrationPapers(ctx);
  },
};
