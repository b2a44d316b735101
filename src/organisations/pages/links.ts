import { addSiteLink } from '../../shell/site/index.ts';
import { rolesReadingOffices } from '../desk/policy.ts';

export function addOfficeLinks(): void {
  const office = { area: 'office', roles: rolesReadingOffices } as const;
  addSiteLink({
    ...office,
    key: 'offices',
    label: 'organisations.offices',
    href: '/office/offices',
    icon: 'building',
    group: 'people',
    order: 30,
  });
  addSiteLink({
    ...office,
    key: 'areas',
    label: 'organisations.areas',
    href: '/office/areas',
    icon: 'language',
    group: 'setup',
    order: 95,
  });
}
