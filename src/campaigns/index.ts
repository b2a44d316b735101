import { observeFacts } from '../kernel/facts.ts';
import type { Feature } from '../kernel/feature.ts';
import { lasting } from '../kernel/jobs.ts';
import { addReconciler } from '../kernel/reconcilers.ts';
import { addHomeCard, addHomeNotice } from '../learning/index.ts';
import { addPersonSection } from '../people/index.ts';
import { addSiteLink } from '../shell/site/index.ts';
import { campaignsApi } from './api.ts';
import { countOrLater } from './count-campaigns.ts';
import { followCompletions } from './follow-completions.ts';
import { campaignNotices } from './home-notices.ts';
import { keepFoldingMet } from './keep-folding-met.ts';
import { keepResults } from './keep-results.ts';
import { loadDemonstrationCampaigns } from './load-demonstration.ts';
import { badgesCard } from './pages/badges-card.tsx';
import { homeCard } from './pages/home-card.tsx';
import { officeRoutes } from './pages/office-routes.tsx';
import { learnerRoutes } from './pages/routes.tsx';
import { rolesCampaigning } from './policy.ts';
import { reconcileCampaigns } from './reconcile-campaigns.ts';
import { repairCampaigns } from './repair-campaigns.ts';

/** Enters, announces, counts and cancels a learning week, for measurements. */
export { announceCampaign } from './announce-campaign.ts';
export { cancelCampaign } from './cancel-campaign.ts';
export { countCampaigns } from './count-campaigns.ts';
export { createCampaign } from './save-campaign.ts';
export { campaignInput } from './schema.ts';

let isObserving = false;

export const campaigns: Feature = {
  name: 'campaigns',
  prepare() {
    // Tests prepare several worlds in one process; a change must be counted once.
    if (!isObserving) observeFacts(followCompletions);
    isObserving = true;
    addReconciler('campaigns', reconcileCampaigns, repairCampaigns);
    addHomeCard('campaigns', homeCard);
    addHomeNotice('campaigns', campaignNotices);
    addPersonSection({ name: 'campaigns', on: 'profile', order: 56, render: badgesCard });
    addSiteLink({
      ...{ key: 'campaigns', area: 'office', label: 'campaigns.nav', href: '/office/campaigns' },
      ...{ icon: 'clock', roles: rolesCampaigning, group: 'learning', order: 38 },
    });
  },
  demonstration: loadDemonstrationCampaigns,
  http(app) {
    campaignsApi(app);
    learnerRoutes(app);
    officeRoutes(app);
  },
  jobs(runtime) {
    keepFoldingMet(runtime);
    return {
      'campaigns:count': lasting(countOrLater),
      'campaigns:keep': lasting(async (ctx) => {
        await countOrLater(ctx);
        await keepResults(ctx);
      }),
    };
  },
  // Ten past midnight in India and every hour after it: until a result is kept, figures are those of now.
  crontab: ['40 * * * * campaigns:keep ?max=1'],
};
