import { rolesSeeingPersons } from '../../organisations/index.ts';
import { addSiteLink } from '../../shell/site/index.ts';
import { rolesChangingPersons } from './policy.ts';

export function addDeskLinks(): void {
  addSiteLink({
    key: 'persons',
    area: 'office',
    label: 'people.persons',
    href: '/office/persons',
    icon: 'people',
    roles: rolesSeeingPersons,
    group: 'people',
    order: 20,
  });
  addSiteLink({
    key: 'requests',
    area: 'office',
    label: 'people.navRequests',
    href: '/office/registrations',
    icon: 'file',
    roles: rolesChangingPersons,
    group: 'people',
    order: 22,
  });
}
