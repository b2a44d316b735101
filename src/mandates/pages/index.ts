import type { App, Runtime } from '../../kernel/feature.ts';
import { addOrdersToHome, personOrderRoutes } from './person-routes.tsx';

/** What the pages of orders hook up before anything runs. */
export function prepareOrderPages(): void {
  addOrdersToHome();
}

export function serveOrderPages(app: App, _runtime: Runtime): void {
  personOrderRoutes(app);
}
