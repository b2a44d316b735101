import { addOtherNumber } from '../credentials/index.ts';
import type { Feature } from '../kernel/feature.ts';
import { lasting } from '../kernel/jobs.ts';
import { addHomeNotice } from '../learning/index.ts';
import { addPersonSection } from '../people/index.ts';
import { addSiteLink } from '../shell/site/index.ts';
import { appraisalApi } from './api.ts';
import { statementCommand } from './commands.ts';
import { placeAll } from './feed/read-feed.ts';
import { fileJob, keepFilesJob } from './files/make-file.ts';
import { statementNotices } from './home-notices.ts';
import { loadDemonstrationAppraisal } from './load-demonstration.ts';
import { filePages, filesApi } from './pages/files-routes.tsx';
import { officePages } from './pages/office-routes.tsx';
import { ownCard, personCard } from './pages/person-card.tsx';
import { promotionPages } from './pages/promotion-routes.tsx';
import { statementPages } from './pages/routes.tsx';
import { rolesReading } from './policy.ts';
import { promotionApi } from './promotion/api.ts';
import { tallyJob } from './promotion/tally.ts';
import { looksLikeStatement, plainNumber, readStatementNumber } from './statements/number.ts';
import { serveStatements } from './statements/run-job.ts';
import { statementJob } from './statements/statement-job.ts';

/** What a statement says; its canonical JSON is what is signed. */
export type { MandateLine, StatementContent, StatementItem } from './statements/content.ts';
/** Freezes a year, and draws its statements, for measurements. */
export { measureFreeze, statementPainter } from './statements/measured.ts';

export const appraisal: Feature = {
  name: 'appraisal',
  prepare() {
    addOtherNumber('statement', (typed) => {
      if (!looksLikeStatement(typed)) return undefined;
      return `/statements/${encodeURIComponent(readStatementNumber(typed) ?? plainNumber(typed))}`;
    });
    addHomeNotice('statement', statementNotices);
    addPersonSection({ name: 'statement', on: 'profile', order: 52, render: ownCard });
    addPersonSection({ name: 'statement', on: 'office', order: 62, render: personCard });
    addSiteLink({
      key: 'appraisal',
      area: 'office',
      label: 'appraisal.navDesk',
      href: '/office/appraisal',
      icon: 'file',
      roles: rolesReading,
      group: 'orders',
      order: 22,
    });
  },
  http(app, runtime) {
    statementPages(app);
    filePages(app, runtime);
    filesApi(app, runtime);
    officePages(app);
    promotionPages(app);
    appraisalApi(app);
    promotionApi(app);
  },
  jobs: ({ storage }) => ({
    'appraisal:statements': lasting(statementJob),
    'appraisal:serve': lasting(async (ctx) => {
      await serveStatements(ctx);
      await placeAll(ctx, { untilMs: Number.POSITIVE_INFINITY });
    }),
    'appraisal:promotion-tally': lasting(tallyJob),
    'appraisal:statement-file': lasting(fileJob(storage)),
    'appraisal:keep-files': keepFilesJob(storage),
  }),
  // At 9:05 in India.
  crontab: ['35 3 * * * appraisal:serve ?max=1', '*/5 * * * * appraisal:keep-files ?max=1'],
  commands: [statementCommand],
  demonstration: loadDemonstrationAppraisal,
};
