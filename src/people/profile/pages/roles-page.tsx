import { PageHeading, useFrame } from '../../../shell/index.ts';
import { RolesCard } from '../../desk/pages/record-cards.tsx';
import type { OwnProfile } from '../own-profile.ts';
import { ProfileTabs } from './profile-tabs.tsx';

export function OwnRolesPage({ title, profile }: { title: string; profile: OwnProfile }) {
  const { t } = useFrame();
  return (
    <>
      <PageHeading title={title} lead={t('people.ownRolesLead')} />
      <ProfileTabs active="roles" hasRoles />
      <RolesCard view={profile} />
    </>
  );
}
