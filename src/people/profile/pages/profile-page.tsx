import type { ComponentChildren } from 'preact';
import { formatDay } from '../../../kernel/dates.ts';
import { pick } from '../../../kernel/i18n.ts';
import {
  Button,
  ButtonRow,
  Card,
  Form,
  PageHeading,
  RadioGroup,
  SummaryList,
  useFrame,
} from '../../../shell/index.ts';
import { maskEmail, maskMobile } from '../../desk/contact.ts';
import { designationOf, officeOf, word } from '../../desk/words.ts';
import type { OwnProfile } from '../own-profile.ts';
import { ProfileTabs } from './profile-tabs.tsx';

type Props = { title: string; profile: OwnProfile; sections: ComponentChildren[] };

export function ProfilePage({ title, profile, sections }: Props) {
  const { t, language } = useFrame();
  const name = pick({ hi: profile.person.nameHi, en: profile.person.nameEn }, language);
  return (
    <>
      <PageHeading title={title} lead={name} />
      <ProfileTabs active="data" hasRoles={profile.roles.length > 0} />
      <DataCard profile={profile} />
      <PostingsCard profile={profile} />
      {sections}
      <LanguageCard current={profile.person.language} />
      <Card title={t('people.keptTitle')}>
        <p>{t('people.keptText')}</p>
        <ButtonRow>
          <Button variant="secondary" href="/privacy">
            {t('people.privacyTitle')}
          </Button>
          <Button variant="quiet" href="/help?from=/profile">
            {t('people.askCorrection')}
          </Button>
        </ButtonRow>
      </Card>
    </>
  );
}

function DataCard({ profile }: { profile: OwnProfile }) {
  const { t, language } = useFrame();
  const { person, codes } = profile;
  const dash = '–';
  const day = (value: string | null) => (value ? formatDay(value, language) : dash);
  return (
    <Card title={t('people.tabData')}>
      <SummaryList
        rows={[
          { label: t('people.nameHiField'), value: person.nameHi ?? dash, changeHref: '/profile/name' },
          { label: t('people.nameEnField'), value: person.nameEn ?? dash, changeHref: '/profile/name' },
          {
            label: t('people.employeeCode'),
            value: codes.map((code) => `${code.code} (${code.issuer})`).join(', '),
          },
          { label: t('people.mobileField'), value: person.mobile ? maskMobile(person.mobile) : dash },
          { label: t('people.emailField'), value: person.email ? maskEmail(person.email) : dash },
          { label: t('people.joinedOnField'), value: day(person.joinedOn) },
          { label: t('people.retiresOnField'), value: day(person.retiresOn) },
          {
            label: t('people.accountField'),
            value: person.accountDay ? t('people.accountSince', { day: day(person.accountDay) }) : dash,
          },
        ]}
      />
    </Card>
  );
}

function PostingsCard({ profile }: { profile: OwnProfile }) {
  const { t, language } = useFrame();
  return (
    <Card title={t('people.postings')}>
      {profile.person.postings.length === 0 ? <p class="soft">{t('people.noPosting')}</p> : null}
      <SummaryList
        rows={profile.person.postings.map((posting) => ({
          label: `${formatDay(posting.startsOn, language)} – ${
            posting.endsOn ? formatDay(posting.endsOn, language) : t('people.tillNow')
          }`,
          value: (
            <>
              {officeOf(posting, language)}
              <span class="soft person-detail">
                {[
                  designationOf(posting, language),
                  posting.serviceGroup &&
                    t('people.groupOf', { group: word(t, 'group', posting.serviceGroup) ?? '' }),
                  word(t, 'engagement', posting.engagement),
                  posting.kind === 'regular' ? null : word(t, 'kind', posting.kind),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </>
          ),
        }))}
      />
    </Card>
  );
}

function LanguageCard({ current }: { current: string }) {
  const { t } = useFrame();
  return (
    <Card title={t('people.languageTitle')} lead={t('people.languageLead')}>
      <Form action="/profile/language">
        <RadioGroup
          name="language"
          label={t('people.languageField')}
          isInline
          value={current}
          options={[
            { value: 'hi', label: t('people.language_hi') },
            { value: 'en', label: t('people.language_en') },
          ]}
        />
        <ButtonRow>
          <Button variant="secondary">{t('common.save')}</Button>
        </ButtonRow>
      </Form>
    </Card>
  );
}
