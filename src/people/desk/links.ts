import { rolesSeeingPersons } from '../../organisations/index.ts';
import { addSiteLink } from '../../shell/site/index.ts';

export function addDeskLinks(): void {
  addSiteLink({
    key: 'persons',
    area: 'office',
    label: 'people.persons',
    href: '/office/persons',
    icon: 'people',
    roles: rolesSeeingPersons,
    order: 20,
  });
}
