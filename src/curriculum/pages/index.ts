import type { App } from '../../kernel/feature.ts';
import { addSiteLink } from '../../shell/site/index.ts';
import { rolesReading } from '../policy.ts';
import { figurePages } from './figure-routes.tsx';
import { planPages } from './plan-routes.tsx';
import { programmePages } from './programme-routes.tsx';
import { rulePages } from './rule-routes.tsx';
import { home } from './words.ts';

export function addCurriculumLink(): void {
  addSiteLink({
    key: 'curriculum',
    area: 'office',
    label: 'curriculum.nav',
    href: home,
    icon: 'course',
    roles: rolesReading,
    group: 'orders',
    order: 24,
  });
}

export function curriculumPages(app: App): void {
  figurePages(app);
  programmePages(app);
  planPages(app);
  rulePages(app);
}
