import type { Feature } from '../kernel/feature.ts';
import { prepareOrderPages, serveOrderPages } from './pages/index.ts';
import { prepareServiceFacts, serviceFactRoutes } from './service-facts.ts';

/** Where a person stands under every order that binds him, as of a day and as recorded by an instant. */
export {
  type ConditionStanding,
  type MandateStatus,
  type PersonMandate,
  type StandingAt,
  standingOfPerson,
} from './standing.ts';

export const mandates: Feature = {
  name: 'mandates',
  prepare() {
    prepareOrderPages();
    prepareServiceFacts();
  },
  http(app, runtime) {
    serveOrderPages(app, runtime);
    serviceFactRoutes(app, runtime);
  },
};
