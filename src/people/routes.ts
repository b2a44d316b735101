import type { App } from '../kernel/feature.ts';
import { deskRoutes } from './desk/routes.ts';
import { privacyRoutes } from './privacy/routes.tsx';
import { nameRequestsRoutes } from './profile/pages/name-requests-routes.tsx';
import { profileRoutes } from './profile/pages/profile-routes.tsx';
import { registerRoutes } from './registration/pages/register-routes.tsx';
import { registrationsRoutes } from './registration/pages/registrations-routes.tsx';
import { requestsApi } from './requests-api.ts';

/** All pages and API of the people desk, the profile, registration and the privacy notice. */
export function peopleRoutes(app: App): void {
  privacyRoutes(app);
  deskRoutes(app);
  profileRoutes(app);
  registerRoutes(app);
  registrationsRoutes(app);
  nameRequestsRoutes(app);
  requestsApi(app);
}
