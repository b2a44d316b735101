import type { App, Runtime } from '../kernel/feature.ts';
import { addPersonSection } from '../people/index.ts';
import { exemptionApi } from './exemptions/api.ts';
import { serviceApi } from './service/api.ts';
import { serviceCard, serviceRoutes } from './service/routes.tsx';

/** What moves the clocks of orders, hooked to lower features. */
export function prepareServiceFacts(): void {
  addPersonSection({ name: 'service', on: 'office', order: 45, render: serviceCard });
}

export function serviceFactRoutes(app: App, _runtime: Runtime): void {
  serviceRoutes(app);
  serviceApi(app);
  exemptionApi(app);
}
