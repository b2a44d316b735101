import type { App } from '../../kernel/feature.ts';
import { personsApi } from './api.ts';
import { detailsRoutes } from './pages/details-routes.tsx';
import { exportRoutes } from './pages/export-routes.ts';
import { mergeRoutes } from './pages/merge-routes.tsx';
import { newPersonRoutes } from './pages/new-person-routes.tsx';
import { personsRoutes } from './pages/persons-routes.tsx';
import { postingRoutes } from './pages/posting-routes.tsx';

export function deskRoutes(app: App): void {
  personsRoutes(app);
  exportRoutes(app);
  newPersonRoutes(app);
  detailsRoutes(app);
  postingRoutes(app);
  mergeRoutes(app);
  personsApi(app);
}
