import { formatDayTime } from '../../../kernel/dates.ts';
import { translator } from '../../../kernel/i18n.ts';
import {
  Button,
  Card,
  Checkbox,
  DataTable,
  Details,
  ErrorSummary,
  errorFor,
  type FieldError,
  Form,
  HiddenFields,
  Notice,
  PageHeading,
  PasswordField,
  RadioGroup,
  Tabs,
  Tag,
  useFrame,
} from '../../../shell/index.ts';
import { PrivacyNotice } from '../../privacy/privacy-notice.tsx';
import type { SessionRow } from '../stores/sessions.ts';
import { NewPasswordFields, NewPinFields, PinField } from './flow.tsx';

export type SecurityTab = 'sessions' | 'password' | 'factor';

/** The pages about one's own sign-in; the second factor only for who has to give one. */
export function SecurityTabs({ active, hasRights }: { active: SecurityTab; hasRights: boolean }) {
  const { t } = useFrame();
  const tabs = [
    { key: 'sessions', label: t('signin.sessionsTitle'), href: '/profile/sessions' },
    { key: 'password', label: t('signin.passwordTitle'), href: '/profile/password' },
    { key: 'factor', label: t('signin.factorTitle'), href: '/profile/second-factor' },
  ]
    .filter((tab) => tab.key !== 'factor' || hasRights)
    .map((tab) => ({ ...tab, isActive: tab.key === active }));
  return <Tabs label={t('signin.securityTabs')} tabs={tabs} />;
}

type SessionsProps = { sessions: SessionRow[]; currentId?: string; hasRights: boolean };

export function SessionsPage({ sessions, currentId, hasRights }: SessionsProps) {
  const { t, language } = useFrame();
  return (
    <>
      <PageHeading title={t('signin.sessionsTitle')} lead={t('signin.sessionsLead')} />
      <SecurityTabs active="sessions" hasRights={hasRights} />
      <DataTable
        caption={t('signin.sessionsTitle')}
        isCaptionHidden
        rows={sessions}
        rowKey={(row) => row.sessionId}
        columns={[
          {
            key: 'device',
            label: t('signin.sessionDevice'),
            kind: 'text',
            isRowHeading: true,
            value: (row) => row.device,
          },
          {
            key: 'method',
            label: t('signin.sessionMethod'),
            kind: 'text',
            value: (row) => t(`signin.method_${row.method}`),
          },
          {
            key: 'since',
            label: t('signin.sessionSince'),
            kind: 'text',
            value: (row) => formatDayTime(row.createdAt, language),
          },
          {
            key: 'seen',
            label: t('signin.sessionSeen'),
            kind: 'text',
            value: (row) => formatDayTime(row.lastSeenAt, language),
          },
          {
            key: 'end',
            label: t('signin.sessionEnd'),
            kind: 'actions',
            value: (row) =>
              row.sessionId === currentId ? (
                <Tag tone="done">{t('signin.sessionThis')}</Tag>
              ) : (
                <EndSession session={row} />
              ),
          },
        ]}
      />
      {sessions.length > 1 ? (
        <Form action="/profile/sessions/endings">
          <Button variant="secondary">{t('signin.sessionsEndOthers')}</Button>
        </Form>
      ) : null}
    </>
  );
}

function EndSession({ session }: { session: SessionRow }) {
  const { t } = useFrame();
  return (
    <Form
      action={`/profile/sessions/${session.sessionId}/ending`}
      label={t('signin.sessionEndOf', { device: session.device })}
    >
      <Button variant="secondary">{t('signin.sessionEnd')}</Button>
    </Form>
  );
}

type PasswordProps = { errors: FieldError[]; asksCurrent: boolean; hasRights: boolean; hasPin: boolean };

export function PasswordPage({ errors, asksCurrent, hasRights, hasPin }: PasswordProps) {
  const { t } = useFrame();
  return (
    <>
      <ErrorSummary errors={errors} />
      <PageHeading title={t('signin.passwordTitle')} lead={t('signin.passwordLead')} />
      <SecurityTabs active="password" hasRights={hasRights} />
      {asksCurrent ? null : <Notice tone="info">{t('signin.passwordWithoutOld')}</Notice>}
      <Card>
        <Form action="/profile/password">
          {asksCurrent ? (
            <PasswordField
              name="current"
              label={t('signin.currentPassword')}
              error={errorFor(errors, 'current')}
              autocomplete="current-password"
              isRequired
            />
          ) : null}
          <NewPasswordFields errors={errors} />
          <Button isWide>{t('signin.passwordSubmit')}</Button>
        </Form>
      </Card>
      {hasPin ? (
        <Card title={t('signin.pinOwnTitle')} lead={t('signin.pinChangeOffer')}>
          <Button variant="secondary" href="/profile/pin">
            {t('signin.pinChange')}
          </Button>
        </Card>
      ) : null}
    </>
  );
}

/** For who shares a mobile with others: the PIN is what parts them. */
export function PinPage({ errors, hasRights }: { errors: FieldError[]; hasRights: boolean }) {
  const { t } = useFrame();
  return (
    <>
      <ErrorSummary errors={errors} />
      <PageHeading title={t('signin.pinOwnTitle')} lead={t('signin.pinOwnLead')} />
      <SecurityTabs active="password" hasRights={hasRights} />
      <Card>
        <Form action="/profile/pin">
          <PinField name="current" label={t('signin.currentPin')} error={errorFor(errors, 'current')} />
          <NewPinFields errors={errors} />
          <Button isWide>{t('signin.pinChange')}</Button>
        </Form>
        <p class="hint">{t('signin.pinOwnForgotten')}</p>
      </Card>
    </>
  );
}

type WelcomeProps = { errors: FieldError[]; next?: string };

/** Before the first page: the notice, and the language in which everything will be shown. */
export function WelcomePage({ errors, next }: WelcomeProps) {
  const { t, language } = useFrame();
  const hindi = translator('hi');
  const english = translator('en');
  return (
    <>
      <ErrorSummary errors={errors} />
      <PageHeading title={t('signin.welcomeTitle')} lead={t('signin.welcomeLead')} />
      <Details summary={t('signin.welcomeNotice')} isOpen={errors.length > 0}>
        <PrivacyNotice />
      </Details>
      <Card tone="needs-you">
        <Form action="/welcome">
          <HiddenFields values={{ next }} />
          <RadioGroup
            name="language"
            label={t('signin.welcomeLanguage')}
            value={language}
            options={[
              { value: 'hi', label: hindi('signin.hindi') },
              { value: 'en', label: english('signin.english') },
            ]}
            isInline
          />
          <Checkbox
            name="accepted"
            label={t('signin.welcomeAccept')}
            error={errorFor(errors, 'accepted')}
            isRequired
          />
          <Button isWide>{t('signin.welcomeSubmit')}</Button>
        </Form>
      </Card>
      <Form action="/sign-out">
        <Button variant="quiet">{t('signin.welcomeOther')}</Button>
      </Form>
    </>
  );
}
