import type { Feature } from '../kernel/feature.ts';
import { addSiteLink } from '../shell/site/index.ts';
import { servePages } from './pages/routes.ts';
import { rolesReviewing } from './policy.ts';

export const review: Feature = {
  name: 'review',
  prepare() {
    addSiteLink({
      key: 'reviewSheet',
      area: 'office',
      label: 'review.nav',
      href: '/office/review',
      icon: 'quiz',
      roles: rolesReviewing,
      order: 11,
    });
  },
  http(app) {
    servePages(app);
  },
};
