import { todayInIndia } from '../kernel/dates.ts';
import { observeFacts } from '../kernel/facts.ts';
import type { Feature } from '../kernel/feature.ts';
import { lasting } from '../kernel/jobs.ts';
import { addSiteLink } from '../shell/site/index.ts';
import { serveApi } from './api.ts';
import { servePages } from './pages/routes.ts';
import { serveSnapshots } from './pages/snapshot-routes.ts';
import { rolesReviewing } from './policy.ts';
import { readRosterReach } from './stores/board.ts';
import { countFieldCadres } from './stores/field-cadres.ts';
import { forgetRosterChanges, noteRosterChanges } from './stores/waiting-roster.ts';

/** Publishes the demonstration's sheets, once everything else of it is there. */
export { loadDemonstrationReviews } from './load-demonstration.ts';
/** For who writes persons past `changeFacts`, in the same transaction. */
export { noteRosterChange } from './stores/waiting-roster.ts';

let isObserving = false;

export const review: Feature = {
  name: 'review',
  prepare() {
    // Tests prepare several worlds in one process; a change is noted once.
    if (!isObserving) observeFacts(noteRosterChanges);
    isObserving = true;
    addSiteLink({
      key: 'reviewSheet',
      area: 'office',
      label: 'review.nav',
      href: '/office/review',
      icon: 'quiz',
      roles: rolesReviewing,
      order: 11,
    });
  },
  // A roster's import is read once, soon after it was committed.
  jobs: () => ({
    'review:roster-reach': lasting(async (ctx) => {
      await readRosterReach(ctx.db);
    }),
    'review:field-cadres': lasting(async (ctx) => {
      await countFieldCadres(ctx.db, todayInIndia(ctx.clock));
    }),
    'review:forget-roster-changes': (ctx) => forgetRosterChanges(ctx.db),
  }),
  crontab: [
    '*/2 * * * * review:roster-reach ?max=1',
    '*/30 * * * * review:field-cadres ?max=1',
    '17 * * * * review:forget-roster-changes ?max=3',
  ],
  http(app) {
    serveApi(app);
    servePages(app);
    serveSnapshots(app);
  },
};
