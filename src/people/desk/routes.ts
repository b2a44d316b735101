import type { App } from '../../kernel/feature.ts';
import { detailsRoutes } from './pages/details-routes.tsx';
import { personsRoutes } from './pages/persons-routes.tsx';
import { postingRoutes } from './pages/posting-routes.tsx';

export function deskRoutes(app: App): void {
  personsRoutes(app);
  detailsRoutes(app);
  postingRoutes(app);
}
