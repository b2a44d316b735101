import type { ComponentChildren } from 'preact';
import { formatDay, formatDayTime } from '../../../kernel/dates.ts';
import type { MessageKey } from '../../../kernel/i18n.ts';
import {
  Button,
  Card,
  Details,
  Notice,
  PageHeading,
  SummaryList,
  type SummaryRow,
  Tag,
  useFrame,
} from '../../../shell/index.ts';
import { RevealContact } from '../../pages/reveal-contact.tsx';
import { maskEmail, maskMobile } from '../contact.ts';
import type { PersonView } from '../person-view.ts';
import { mainPosting } from '../policy.ts';
import { designationOf, officeOf, otherName, personName } from '../words.ts';
import { PostingsCard } from './postings-card.tsx';
import { RolesCard, TrailCard } from './record-cards.tsx';

export type Revealed = { mobile: string | null; email: string | null };
type Props = {
  view: PersonView;
  revealed?: Revealed;
  notices?: ComponentChildren[];
  sections: ComponentChildren[];
};

export function PersonPage({ view, revealed, notices, sections }: Props) {
  const { t, language } = useFrame();
  const { person } = view;
  return (
    <>
      <PageHeading
        title={personName(person, language)}
        lead={<Lead view={view} />}
        actions={<Actions view={view} />}
      />
      {person.mergedInto ? (
        <Notice
          tone="info"
          actions={<Button href={`/office/persons/${person.mergedInto}`}>{t('people.toSurvivor')}</Button>}
        >
          <p>{t('people.mergedNotice')}</p>
        </Notice>
      ) : null}
      {notices}
      <PostingsCard view={view} />
      <Card title={t('people.details')}>
        <SummaryList rows={detailRows({ view, revealed, sections: [] }, { t, language })} />
        {revealed || (!person.mobile && !person.email) ? null : (
          <RevealContact action={`/office/persons/${person.personId}/contact`} />
        )}
        <PastNames view={view} />
      </Card>
      {sections}
      <RolesCard view={view} />
      <TrailCard trail={view.trail} />
    </>
  );
}

function Lead({ view }: { view: PersonView }) {
  const { language } = useFrame();
  const posting = mainPosting(view.person.postings, view.today);
  const parts = [
    otherName(view.person, language),
    view.person.code,
    posting && designationOf(posting, language),
    posting && officeOf(posting, language),
  ];
  return <>{parts.filter(Boolean).join(' · ')}</>;
}

function Actions({ view }: { view: PersonView }) {
  const { t } = useFrame();
  const base = `/office/persons/${view.person.personId}`;
  if (!view.mayManage || view.person.mergedInto) return null;
  return (
    <>
      <Button variant="secondary" icon="text" href={`${base}/details`}>
        {t('people.editDetails')}
      </Button>
      <Button icon="arrow" href={`${base}/transfer`}>
        {t('people.transfer')}
      </Button>
    </>
  );
}

type Words = Pick<ReturnType<typeof useFrame>, 't' | 'language'>;

function detailRows({ view, revealed }: Props, { t, language }: Words): SummaryRow[] {
  const { person, codes } = view;
  const dash = '–';
  const day = (value: string | null) => (value ? formatDay(value, language) : dash);
  const others = codes.filter((code) => code.code !== person.code || code.issuer !== person.issuer);
  const mobile = revealed ? revealed.mobile : person.mobile && maskMobile(person.mobile);
  const email = revealed ? revealed.email : person.email && maskEmail(person.email);
  return [
    { label: t('people.nameHiField'), value: person.nameHi ?? dash },
    { label: t('people.nameEnField'), value: person.nameEn ?? dash },
    { label: t('people.employeeCode'), value: person.code ? `${person.code} (${person.issuer})` : dash },
    ...(others.length > 0
      ? [{ label: t('people.otherCodes'), value: others.map((c) => `${c.code} (${c.issuer})`).join(', ') }]
      : []),
    { label: t('people.mobileField'), value: mobile ?? dash },
    { label: t('people.emailField'), value: email ?? dash },
    { label: t('people.languageField'), value: t(`people.language_${person.language}` as MessageKey) },
    { label: t('people.joinedOnField'), value: day(person.joinedOn) },
    { label: t('people.retiresOnField'), value: day(person.retiresOn) },
    {
      label: t('people.accountField'),
      value: person.accountDay
        ? t('people.accountSince', { day: formatDay(person.accountDay, language) })
        : t('people.noAccount'),
    },
    { label: t('people.signInState'), value: signInText(view, { t, language }) },
  ];
}

function signInText({ person }: PersonView, { t, language }: Words): ComponentChildren {
  if (!person.lastSignedInAt) return <Tag tone="due">{t('people.neverSignedIn')}</Tag>;
  return t('people.lastSignIn', { when: formatDayTime(person.lastSignedInAt, language) });
}

function PastNames({ view }: { view: PersonView }) {
  const { t, language } = useFrame();
  if (view.names.length < 2) return null;
  return (
    <Details summary={t('people.pastNames')}>
      <SummaryList
        rows={view.names.map((name) => ({
          label: [name.nameHi, name.nameEn].filter(Boolean).join(' · '),
          value: `${formatDay(name.startsOn, language)} · ${nameReason(name.reason, t)}`,
        }))}
      />
    </Details>
  );
}

/** Reasons that the program writes have words; one that an officer wrote stands as it is. */
function nameReason(reason: string, t: Words['t']): string {
  const keys: Record<string, MessageKey> = {
    first: 'people.firstName',
    'as first recorded': 'people.firstName',
    'roster import': 'acts.import_committed',
    'import undone': 'acts.import_undone',
  };
  const key = keys[reason];
  return key ? t(key) : reason;
}
