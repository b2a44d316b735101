import { formatDay, formatDayTime, indiaDay } from '../../../kernel/dates.ts';
import {
  Button,
  ButtonRow,
  Card,
  ConfirmPanel,
  CopyCode,
  EmptyState,
  ErrorSummary,
  errorFor,
  type FieldError,
  FilterBar,
  Form,
  Notice,
  PageHeading,
  Prose,
  SummaryList,
  Tag,
  TextField,
  useFrame,
} from '../../../shell/index.ts';
import { maskEmail, maskMobile } from '../../desk/contact.ts';
import { RevealContact } from '../../pages/reveal-contact.tsx';
import type { MadeSlip } from '../make-slip.ts';
import type { SignInPerson } from '../stores/persons.ts';
import type { RequestContact, WaitingDispute, WaitingRequest } from '../stores/requests.ts';
import { nameOf, officeOf, subtitleOf } from './person-words.ts';

type PersonProps = {
  person: SignInPerson;
  isMobileShared: boolean;
  openSlip?: { expiresAt: Date };
  mayResetFactor: boolean;
};

/** What the office can do for one who cannot get in. */
export function PersonSignInPage(props: PersonProps) {
  const { t, language } = useFrame();
  const { person } = props;
  const base = `/office/persons/${person.personId}/sign-in`;
  return (
    <>
      <PageHeading
        title={`${t('signin.personSignInTitle')}: ${nameOf(person, language)}`}
        lead={subtitleOf(person, language)}
        actions={<Button href={`/office/persons/${person.personId}/slip`}>{t('signin.slipMake')}</Button>}
      />
      <Card>
        <SummaryList rows={stateRows(props, useFrame())} />
      </Card>
      {person.pinHash ? (
        <Help action={`${base}/pin-reset`} label={t('signin.pinReset')} text={t('signin.pinResetText')} />
      ) : null}
      <Help
        action={`${base}/endings`}
        label={t('signin.endAllSessions')}
        text={t('signin.endAllSessionsText')}
      />
      {props.mayResetFactor ? (
        <Help
          action={`${base}/second-factor-reset`}
          label={t('signin.factorReset')}
          text={t('signin.factorResetText')}
        />
      ) : null}
    </>
  );
}

function stateRows(props: PersonProps, { t, language }: ReturnType<typeof useFrame>) {
  const { person, isMobileShared, openSlip } = props;
  const isSet = (hash: string | null) => t(hash ? 'signin.isSet' : 'signin.isNotSet');
  const mobile = person.mobile
    ? `${maskMobile(person.mobile)}${isMobileShared ? ` (${t('signin.sharedBy')})` : ''}`
    : '—';
  return [
    { label: t('signin.employeeCode'), value: person.employeeCode ?? '—' },
    { label: t('signin.mobile'), value: mobile },
    {
      label: t('signin.lastSignIn'),
      value: person.signedInDay ? formatDay(person.signedInDay, language) : t('signin.neverSignedIn'),
    },
    { label: t('signin.hasPassword'), value: isSet(person.passwordHash) },
    { label: t('signin.hasPin'), value: isSet(person.pinHash) },
    {
      label: t('signin.openSlip'),
      value: openSlip
        ? t('signin.openSlipUntil', { day: formatDay(indiaDay(openSlip.expiresAt), language) })
        : '—',
    },
  ];
}

function Help({ action, label, text }: { action: string; label: string; text: string }) {
  return (
    <Card title={label} lead={text}>
      <Form action={action} label={label}>
        <Button variant="secondary">{label}</Button>
      </Form>
    </Card>
  );
}

export function SlipConfirmPage({ person }: { person: SignInPerson }) {
  const { t, language } = useFrame();
  const title = t('signin.slipMakeTitle', { name: nameOf(person, language) });
  return (
    <>
      <PageHeading title={title} lead={subtitleOf(person, language)} />
      <ConfirmPanel
        title={t('signin.slipMake')}
        consequences={[
          t('signin.slipMakeConsequence1'),
          t('signin.slipMakeConsequence2'),
          t('signin.slipMakeConsequence3'),
        ]}
        action={`/office/persons/${person.personId}/slip`}
        confirmLabel={t('signin.slipMake')}
        cancelHref={`/office/persons/${person.personId}/sign-in`}
        isReversible
      />
    </>
  );
}

type PaperProps = { person: SignInPerson; slip: MadeSlip; address: string; qr: string };

/** The paper itself: shown once, made to be printed. */
export function SlipPaperPage({ person, slip, address, qr }: PaperProps) {
  const { t, language } = useFrame();
  return (
    <>
      {/* A row of controls is left out of print, and so is this word about printing. */}
      <ButtonRow>
        <Notice tone="needs-you">{t('signin.slipOnce')}</Notice>
      </ButtonRow>
      <PageHeading title={t('signin.slipPaperTitle')} lead={t('signin.slipPaperKeep')} />
      <Card title={nameOf(person, language)} lead={subtitleOf(person, language)}>
        <SummaryList
          rows={[
            { label: t('signin.employeeCode'), value: <CopyCode>{person.employeeCode ?? ''}</CopyCode> },
            { label: t('signin.slipPaperKey'), value: <CopyCode>{slip.key}</CopyCode> },
          ]}
        />
        <p>{t('signin.slipPaperUntil', { day: formatDay(indiaDay(slip.expiresAt), language) })}</p>
        <h3>{t('signin.slipPaperHow')}</h3>
        <Prose>
          <ol>
            <li>{t('signin.slipPaperStep1', { address })}</li>
            <li>{t('signin.slipPaperStep2')}</li>
            <li>{t('signin.slipPaperStep3')}</li>
          </ol>
        </Prose>
        <p>
          <img src={qr} alt={t('signin.slipQr')} width={140} height={140} />
        </p>
      </Card>
    </>
  );
}

/** The one request whose whole numbers were asked for. */
export type Revealed = RequestContact & { id: string };
type RequestsProps = {
  requests: WaitingRequest[];
  disputes: WaitingDispute[];
  revealed?: Revealed;
  /** Of the search for whom to help. */
  code?: string;
  errors?: FieldError[];
};

export function RequestsPage({ requests, disputes, revealed, code, errors = [] }: RequestsProps) {
  const { t } = useFrame();
  const shownOf = ({ id }: { id: string }) => (revealed?.id === id ? revealed : undefined);
  const isEmpty = requests.length + disputes.length === 0;
  return (
    <>
      <ErrorSummary errors={errors} />
      <PageHeading title={t('signin.requestsTitle')} lead={t('signin.requestsLead')} />
      <Card title={t('signin.helpByCode')} lead={t('signin.helpByCodeLead')}>
        <FilterBar action="/office/sign-in-requests" submitLabel={t('signin.helpByCodeSubmit')}>
          <TextField
            name="code"
            label={t('signin.employeeCode')}
            value={code}
            error={errorFor(errors, 'code')}
            width="medium"
          />
        </FilterBar>
      </Card>
      {isEmpty ? (
        <EmptyState title={t('signin.requestsNone')} icon="check">
          {t('signin.requestsNoneText')}
        </EmptyState>
      ) : null}
      {requests.length > 0 ? <h2>{t('signin.requestsMobile')}</h2> : null}
      {requests.map((request) => (
        <MobileRequest key={request.id} request={request} revealed={shownOf(request)} />
      ))}
      {disputes.length > 0 ? <h2>{t('signin.requestsDispute')}</h2> : null}
      {disputes.map((dispute) => (
        <Dispute key={dispute.id} dispute={dispute} revealed={shownOf(dispute)} />
      ))}
    </>
  );
}

function MobileRequest({ request, revealed }: { request: WaitingRequest; revealed?: RequestContact }) {
  const { t, language } = useFrame();
  const base = `/office/sign-in-requests/${request.id}`;
  const mobile = (value: string | null) => (value ? (revealed ? value : maskMobile(value)) : '—');
  return (
    <Card
      title={nameOf(request, language)}
      headingLevel={3}
      lead={[request.employeeCode, officeOf(request, language)].filter(Boolean).join(' · ')}
      aside={request.isNewShared ? <Tag tone="due">{t('signin.requestShared')}</Tag> : null}
    >
      <SummaryList
        rows={[
          { label: t('signin.requestOld'), value: mobile(request.oldMobile) },
          { label: t('signin.requestNew'), value: mobile(request.value) },
          { label: t('signin.requestAt'), value: formatDayTime(request.at, language) },
        ]}
      />
      {revealed ? null : <RevealContact action={`${base}/contact`} />}
      <Form action={`${base}/approval`}>
        <Button>{t('signin.requestApprove')}</Button>
      </Form>
      <Form action={`${base}/refusal`}>
        <TextField
          name="note"
          id={`note-${request.id}`}
          label={t('signin.requestNote')}
          maxLength={300}
          isOptional
        />
        <Button variant="secondary">{t('signin.requestRefuse')}</Button>
      </Form>
    </Card>
  );
}

function masked({ kind, value }: WaitingDispute): string {
  return kind === 'mobile' ? maskMobile(value) : maskEmail(value);
}

function Dispute({ dispute, revealed }: { dispute: WaitingDispute; revealed?: RequestContact }) {
  const { t, language } = useFrame();
  const base = `/office/contact-disputes/${dispute.id}`;
  return (
    <Card
      title={nameOf(dispute, language)}
      headingLevel={3}
      lead={[dispute.employeeCode, officeOf(dispute, language), formatDayTime(dispute.at, language)]
        .filter(Boolean)
        .join(' · ')}
    >
      <p>{t('signin.disputeText', { value: revealed?.value ?? masked(dispute) })}</p>
      {revealed ? null : <RevealContact action={`${base}/contact`} />}
      <ButtonRow>
        <Form action={`${base}/removal`}>
          <Button>{t('signin.disputeRemove')}</Button>
        </Form>
        <Form action={`${base}/keeping`}>
          <Button variant="secondary">{t('signin.disputeKeep')}</Button>
        </Form>
      </ButtonRow>
    </Card>
  );
}
