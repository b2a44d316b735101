import type { App, Runtime } from '../../kernel/feature.ts';
import { addPersonSection } from '../../people/index.ts';
import { addSiteLink } from '../../shell/site/index.ts';
import { rolesReadingOrders } from '../policy.ts';
import { citingOrderRoutes } from './cite-routes.tsx';
import { draftDeletionRoutes } from './deletion-routes.tsx';
import { deskCard } from './desk-card.tsx';
import { orderDeskRoutes } from './office-routes.tsx';
import { addOrdersToHome, personOrderRoutes } from './person-routes.tsx';
import { scanRoutes } from './scan-routes.ts';
import { orderStatusRoutes } from './status-routes.tsx';

/** What the pages of orders hook up before anything runs. */
export function prepareOrderPages(): void {
  addOrdersToHome();
  addPersonSection({ name: 'orders', on: 'office', order: 44, render: deskCard });
  addSiteLink({
    key: 'orders',
    area: 'office',
    label: 'orders.desk',
    href: '/office/orders',
    icon: 'order',
    roles: rolesReadingOrders,
    group: 'orders',
    order: 20,
  });
}

export function serveOrderPages(app: App, runtime: Runtime): void {
  personOrderRoutes(app, runtime);
  orderDeskRoutes(app);
  orderStatusRoutes(app);
  citingOrderRoutes(app);
  draftDeletionRoutes(app);
  scanRoutes(app, runtime);
}
