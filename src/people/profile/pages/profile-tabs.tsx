import { Tabs, useFrame } from '../../../shell/index.ts';

type Props = { active: 'data' | 'name' | 'roles'; hasRoles: boolean };

/** The pages of one's own profile; sign-in keeps its own beside them. */
export function ProfileTabs({ active, hasRoles }: Props) {
  const { t } = useFrame();
  const tabs = [
    { key: 'data', label: t('people.tabData'), href: '/profile' },
    { key: 'name', label: t('people.tabName'), href: '/profile/name' },
    { key: 'roles', label: t('people.tabRoles'), href: '/profile/roles' },
    { key: 'sign-in', label: t('people.tabSignIn'), href: '/profile/sessions' },
  ]
    .filter((tab) => tab.key !== 'roles' || hasRoles)
    .map((tab) => ({ label: tab.label, href: tab.href, isActive: tab.key === active }));
  return <Tabs label={t('people.profileTitle')} tabs={tabs} />;
}
