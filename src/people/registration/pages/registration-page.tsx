import { formatDay, formatDayTime } from '../../../kernel/dates.ts';
import type { FormState } from '../../../kernel/http/answer-form.ts';
import {
  Button,
  ButtonRow,
  Card,
  ErrorSummary,
  Form,
  Notice,
  PageHeading,
  PersonLine,
  SummaryList,
  Tag,
  useFrame,
} from '../../../shell/index.ts';
import { maskMobile } from '../../desk/contact.ts';
import { DayField, PostFields, ReasonField } from '../../desk/pages/forms.tsx';
import { officeOf, personName, word } from '../../desk/words.ts';
import { RevealContact } from '../../pages/reveal-contact.tsx';
import type { Likeness } from '../registrations.ts';
import type { Registration } from '../store.ts';

type Props = {
  title: string;
  registration: Registration;
  likeness: Likeness;
  approval: FormState;
  refusal: FormState;
  /** The whole mobile, once somebody has asked for it. */
  revealed?: string;
};

export function RegistrationPage({ title, registration, likeness, approval, refusal, revealed }: Props) {
  const { t } = useFrame();
  const base = `/office/registrations/${registration.registrationId}`;
  return (
    <>
      <ErrorSummary errors={[...approval.errors, ...refusal.errors]} />
      <PageHeading title={title} lead={<Asked registration={registration} />} />
      <Details registration={registration} revealed={revealed} />
      {registration.state === 'open' ? (
        <>
          <LikenessNotice likeness={likeness} />
          <Card title={t('people.approveTitle')} lead={t('people.approveLead')}>
            <Form action={`${base}/approval`} label={t('people.approveTitle')}>
              <DayField state={approval} name="startsOn" label={t('people.postedSince')} />
              <PostFields state={approval} />
              <ButtonRow>
                <Button>{t('people.approve')}</Button>
              </ButtonRow>
            </Form>
          </Card>
          <Card title={t('people.refuseTitle')}>
            <Form action={`${base}/refusal`} label={t('people.refuseTitle')}>
              <ReasonField state={refusal} hint={t('people.refuseHint')} />
              <ButtonRow>
                <Button variant="danger">{t('people.refuse')}</Button>
              </ButtonRow>
            </Form>
          </Card>
        </>
      ) : null}
    </>
  );
}

function Asked({ registration }: { registration: Registration }) {
  const { t, language } = useFrame();
  return <>{t('people.askedAt', { when: formatDayTime(registration.requestedAt, language) })}</>;
}

function Details({ registration, revealed }: { registration: Registration; revealed?: string }) {
  const { t, language } = useFrame();
  const dash = '–';
  const state = registration.state;
  return (
    <Card
      title={t('people.details')}
      aside={
        state === 'open' ? undefined : (
          <Tag tone={state === 'approved' ? 'done' : 'overdue'}>
            {t(state === 'approved' ? 'people.approved' : 'people.refused')}
          </Tag>
        )
      }
    >
      <SummaryList
        rows={[
          { label: t('people.nameHiField'), value: registration.nameHi ?? dash },
          { label: t('people.nameEnField'), value: registration.nameEn ?? dash },
          { label: t('people.employeeCode'), value: `${registration.code} (${registration.issuer})` },
          { label: t('people.mobileField'), value: revealed ?? maskMobile(registration.mobile) },
          {
            label: t('people.officeColumn'),
            value: `${officeOf(registration, language)} (${registration.officeCode})`,
          },
          { label: t('people.designationColumn'), value: registration.designation ?? dash },
          { label: t('people.groupField'), value: word(t, 'group', registration.serviceGroup) ?? dash },
          {
            label: t('people.engagementField'),
            value: word(t, 'engagement', registration.engagement) ?? dash,
          },
          {
            label: t('people.joinedOnField'),
            value: registration.joinedOn ? formatDay(registration.joinedOn, language) : dash,
          },
          ...(registration.decisionReason
            ? [{ label: t('people.reasonField'), value: registration.decisionReason }]
            : []),
        ]}
      />
      {revealed ? null : (
        <RevealContact action={`/office/registrations/${registration.registrationId}/contact`} />
      )}
    </Card>
  );
}

function LikenessNotice({ likeness }: { likeness: Likeness }) {
  const { t, language } = useFrame();
  if (likeness.visible.length + likeness.elsewhere === 0) return null;
  return (
    <Notice tone="needs-you" title={t('people.namesakesTitle')}>
      {likeness.isCodeTaken ? <p>{t('people.codeTakenNotice')}</p> : null}
      <ul>
        {likeness.visible.map((person) => (
          <li key={person.personId}>
            <PersonLine
              name={personName(person, language)}
              code={person.code ?? undefined}
              href={`/office/persons/${person.personId}`}
            />
          </li>
        ))}
      </ul>
      {likeness.elsewhere > 0 ? <p>{t('people.namesakesElsewhere', { count: likeness.elsewhere })}</p> : null}
    </Notice>
  );
}
