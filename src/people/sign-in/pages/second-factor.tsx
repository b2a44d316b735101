import {
  Button,
  ButtonRow,
  Card,
  CopyCode,
  ErrorSummary,
  errorFor,
  type FieldError,
  Form,
  HiddenFields,
  Notice,
  PageHeading,
  Prose,
  TextField,
  useFrame,
} from '../../../shell/index.ts';
import type { Enrolment } from '../second-factor.ts';
import { SecurityTabs } from './account.tsx';

export function SecondFactorPage({ errors, next }: { errors: FieldError[]; next?: string }) {
  const { t } = useFrame();
  return (
    <>
      <ErrorSummary errors={errors} />
      <PageHeading title={t('signin.factorTitle')} lead={t('signin.factorLead')} />
      <Card>
        <Form action="/second-factor">
          <HiddenFields values={{ next }} />
          <TextField
            name="code"
            label={t('signin.factorCode')}
            hint={t('signin.factorCodeHint')}
            error={errorFor(errors, 'code')}
            autocomplete="one-time-code"
            spellcheck={false}
            maxLength={16}
            width="short"
            isRequired
          />
          <Button isWide>{t('signin.factorSubmit')}</Button>
        </Form>
        <p class="hint">{t('signin.factorLost')}</p>
      </Card>
    </>
  );
}

type EnrolmentProps = { enrolment: Enrolment; errors: FieldError[]; next?: string };

export function EnrolmentPage({ enrolment, errors, next }: EnrolmentProps) {
  const { t } = useFrame();
  return (
    <>
      <ErrorSummary errors={errors} />
      <PageHeading title={t('signin.enrolTitle')} lead={t('signin.enrolLead')} />
      <Card>
        <Prose>
          <ol>
            <li>{t('signin.enrolStep1')}</li>
            <li>{t('signin.enrolStep2')}</li>
            <li>{t('signin.enrolStep3')}</li>
          </ol>
        </Prose>
        <p>
          <img src={enrolment.qr} alt={t('signin.enrolQr')} width={220} height={220} />
        </p>
        <CopyCode label={t('signin.enrolKey')}>{enrolment.secretText}</CopyCode>
        <Form action="/second-factor/enrolment">
          <HiddenFields values={{ sealed: enrolment.sealed, next }} />
          <TextField
            name="code"
            label={t('signin.factorCode')}
            error={errorFor(errors, 'code')}
            inputmode="numeric"
            autocomplete="one-time-code"
            maxLength={8}
            width="short"
            isRequired
          />
          <Button isWide>{t('signin.factorSubmit')}</Button>
        </Form>
      </Card>
    </>
  );
}

/** Shown once, in the answer to the form itself. */
export function RecoveryCodesPage({ codes, next }: { codes: string[]; next: string }) {
  const { t } = useFrame();
  return (
    <>
      <PageHeading title={t('signin.recoveryTitle')} lead={t('signin.recoveryLead')} />
      <Card tone="needs-you">
        {codes.map((code) => (
          <CopyCode key={code}>{code}</CopyCode>
        ))}
        <Button href={next} isWide>
          {t('signin.recoveryDone')}
        </Button>
      </Card>
    </>
  );
}

type SettingsProps = { isEnrolled: boolean; codesLeft: number };

export function FactorSettingsPage({ isEnrolled, codesLeft }: SettingsProps) {
  const { t } = useFrame();
  return (
    <>
      <PageHeading title={t('signin.factorTitle')} lead={t('signin.factorLead')} />
      <SecurityTabs active="factor" hasRights />
      <Notice tone={isEnrolled ? 'done' : 'needs-you'}>
        <p>{t(isEnrolled ? 'signin.factorIsOn' : 'signin.factorIsOff')}</p>
        {isEnrolled ? <p>{t('signin.recoveryLeft', { count: codesLeft })}</p> : null}
      </Notice>
      <ButtonRow>
        <Button
          href="/second-factor/enrolment?next=/profile/second-factor"
          variant={isEnrolled ? 'secondary' : 'primary'}
        >
          {t(isEnrolled ? 'signin.factorReplace' : 'signin.factorAdd')}
        </Button>
      </ButtonRow>
      {isEnrolled ? (
        <Form action="/second-factor/recovery-codes">
          <Button variant="secondary">{t('signin.recoveryRenew')}</Button>
        </Form>
      ) : null}
    </>
  );
}
