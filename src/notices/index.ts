import { onCourseEvent } from '../catalogue/index.ts';
import type { Feature } from '../kernel/feature.ts';
import { lasting } from '../kernel/jobs.ts';
import { addHomeNotice } from '../learning/index.ts';
import { onOrderEvent } from '../mandates/index.ts';
import { onDeskEvent, onPersonsMerged } from '../people/index.ts';
import { addSiteLink } from '../shell/site/index.ts';
import { helpApi } from './help/api.ts';
import { forgetClosed } from './help/forget-closed.ts';
import { helpDeskRoutes } from './help/pages/desk-routes.tsx';
import { helpRoutes } from './help/pages/help-routes.tsx';
import { rolesAnswering } from './help/policy.ts';
import { countHelpOf, reassignHelp } from './help/store.ts';
import { openNoticesOf } from './inbox/open-notices.ts';
import { inboxRoutes } from './inbox/routes.tsx';
import { reassignNotices } from './inbox/store.ts';
import { tellCourseNotice } from './inbox/tell-course-notice.ts';
import { tellDeskEvent } from './inbox/tell-desk-event.ts';
import { ordersBegunJob } from './inbox/tell-order-begins.ts';
import { tellOrderNotice } from './inbox/tell-order-event.ts';
import { statementRoutes } from './pages/statement-routes.tsx';

/** What waits for a person: answers to questions and news from the people desk, newest first. */
export { openNoticesOf } from './inbox/open-notices.ts';

export const notices: Feature = {
  name: 'notices',
  prepare() {
    addHomeNotice('notices', openNoticesOf);
    onDeskEvent('notices', tellDeskEvent);
    onCourseEvent('notices', tellCourseNotice);
    onOrderEvent('notices', tellOrderNotice);
    hookToMerges();
    addSiteLink({
      key: 'help',
      area: 'office',
      label: 'notices.navHelp',
      href: '/office/help',
      icon: 'help',
      roles: rolesAnswering,
      group: 'setup',
      order: 80,
    });
  },
  jobs: () => ({ 'notices:forget': forgetClosed, 'notices:orders': lasting(ordersBegunJob) }),
  // At 8:05, 12:05 and 16:05 in India: whom an order begins to bind hears of it on that day.
  crontab: ['55 20 * * * notices:forget ?max=1', '35 2,6,10 * * * notices:orders ?max=1'],
  http(app) {
    helpRoutes(app);
    helpDeskRoutes(app);
    helpApi(app);
    inboxRoutes(app);
    statementRoutes(app);
  },
};

function hookToMerges(): void {
  onPersonsMerged({
    name: 'notices',
    async preview(ctx, pair) {
      const count = await countHelpOf(ctx.db.read, pair.mergedId);
      return [{ label: { hi: 'सहायता के प्रश्न', en: 'Questions for help' }, count }];
    },
    async move(tx, _ctx, pair) {
      await reassignHelp(tx, pair);
      await reassignNotices(tx, pair);
    },
  });
}
