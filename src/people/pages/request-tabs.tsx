import { Tabs, useFrame } from '../../shell/index.ts';
import type { RequestCounts } from '../request-counts.ts';

type Props = { active: 'registrations' | 'names'; counts: RequestCounts };

/** The two kinds of requests that wait at the people desk. */
export function RequestTabs({ active, counts }: Props) {
  const { t } = useFrame();
  return (
    <Tabs
      label={t('people.requests')}
      tabs={[
        {
          label: t('people.registrations'),
          href: '/office/registrations',
          isActive: active === 'registrations',
          count: counts.registrations,
        },
        {
          label: t('people.nameRequests'),
          href: '/office/name-requests',
          isActive: active === 'names',
          count: counts.names,
        },
      ]}
    />
  );
}
