import type { App, Runtime } from '../kernel/feature.ts';
import { registerImportKind } from '../kernel/imports/index.ts';
import { addPersonSection, onPersonsMerged } from '../people/index.ts';
import { addSiteLink, addWaitingKind } from '../shell/site/index.ts';
import { attendanceApi } from './attendance/api.ts';
import { attendanceKind } from './attendance/attendance-kind.ts';
import { attendanceRoutes } from './attendance/own-attendance.tsx';
import { claimApi } from './claims/api.ts';
import { countWaitingClaims } from './claims/claims.ts';
import { elsewhereCard } from './claims/elsewhere-card.tsx';
import { claimRoutes } from './claims/routes.tsx';
import { rolesDeciding } from './deciding.ts';
import { exemptionApi } from './exemptions/api.ts';
import { extensionApi } from './extensions/api.ts';
import { countWaitingRequests } from './extensions/decide-extension.ts';
import { extensionRoutes } from './extensions/routes.tsx';
import { mergeServiceFacts } from './merge-service-facts.ts';
import { ownTrainingCard } from './own-links.tsx';
import { serviceApi } from './service/api.ts';
import { deathNotice } from './service/death.tsx';
import { serviceCard, serviceRoutes } from './service/routes.tsx';
import { serviceKind } from './service/service-kind.ts';

/** What moves the clocks of orders, hooked to lower features. */
export function prepareServiceFacts(): void {
  registerImportKind(serviceKind);
  registerImportKind(attendanceKind);
  onPersonsMerged(mergeServiceFacts);
  addPersonSection({ name: 'death', on: 'office-top', order: 10, render: deathNotice });
  addPersonSection({ name: 'service', on: 'office', order: 45, render: serviceCard });
  addPersonSection({ name: 'elsewhere', on: 'office', order: 51, render: elsewhereCard });
  addPersonSection({ name: 'training', on: 'profile', order: 22, render: ownTrainingCard });
  const link = 'decisions';
  const href = '/office/decisions';
  addSiteLink({
    key: link,
    area: 'office',
    label: 'service.decisions',
    href,
    icon: 'check',
    roles: rolesDeciding,
    group: 'orders',
    order: 34,
  });
  const waiting = { link, roles: rolesDeciding, href };
  addWaitingKind({ ...waiting, label: 'service.waitExtensions', count: countWaitingRequests });
  addWaitingKind({ ...waiting, label: 'service.waitClaims', count: countWaitingClaims });
}

export function serviceFactRoutes(app: App, runtime: Runtime): void {
  serviceRoutes(app);
  extensionRoutes(app);
  claimRoutes(app, runtime);
  attendanceRoutes(app);
  serviceApi(app);
  exemptionApi(app);
  extensionApi(app);
  claimApi(app, runtime);
  attendanceApi(app);
}
