import {
  Button,
  Card,
  Details,
  ErrorSummary,
  errorFor,
  type FieldError,
  Form,
  Notice,
  PageHeading,
  TextField,
  useFrame,
} from '../../../shell/index.ts';
import { EmployeeCodeField, IdentityFields, JoinedOnField } from './identity-fields.tsx';

type Props = { errors: FieldError[]; values: Record<string, string | undefined>; canSendCodes: boolean };

export function FirstUsePage({ errors, values, canSendCodes }: Props) {
  const { t } = useFrame();
  return (
    <>
      <ErrorSummary errors={errors} />
      <PageHeading title={t('signin.firstTitle')} lead={t('signin.firstLead')} />
      {canSendCodes ? (
        <Card>
          <Form action="/sign-in/first-use">
            <IdentityFields errors={errors} values={values} />
            <Button isWide>{t('signin.firstSubmit')}</Button>
          </Form>
        </Card>
      ) : (
        <Notice tone="info" actions={<Button href="/sign-in/slip">{t('signin.slipLink')}</Button>}>
          {t('signin.noChannels')}
        </Notice>
      )}
      <Details summary={t('signin.firstNoPhone')}>
        <p>{t('signin.firstNoPhoneText')}</p>
        <p>
          <a href="/sign-in/slip">{t('signin.slipLink')}</a>
        </p>
      </Details>
    </>
  );
}

export function SlipPage({ errors, values }: Props) {
  const { t } = useFrame();
  return (
    <>
      <ErrorSummary errors={errors} />
      <PageHeading title={t('signin.slipTitle')} lead={t('signin.slipLead')} />
      <Card>
        <Form action="/sign-in/slip">
          <EmployeeCodeField errors={errors} values={values} />
          <TextField
            name="key"
            label={t('signin.slipKey')}
            hint={t('signin.slipKeyHint')}
            error={errorFor(errors, 'key')}
            value={values['key']}
            autocomplete="off"
            spellcheck={false}
            maxLength={40}
            width="medium"
            isRequired
          />
          <JoinedOnField errors={errors} values={values} />
          <Button isWide>{t('signin.continue')}</Button>
        </Form>
      </Card>
    </>
  );
}

export function HelpPage({ errors, values, canSendCodes }: Props) {
  const { t } = useFrame();
  return (
    <>
      <ErrorSummary errors={errors} />
      <PageHeading title={t('signin.helpTitle')} />
      <Card title={t('signin.helpForgotTitle')}>
        <p>{t(canSendCodes ? 'signin.helpForgotText' : 'signin.noChannels')}</p>
        {canSendCodes ? (
          <p>
            <a href="/sign-in/forgotten">{t('signin.helpForgotAction')}</a>
          </p>
        ) : null}
      </Card>
      <Card title={t('signin.helpMobileTitle')} lead={t('signin.helpMobileText')}>
        <Form action="/sign-in/requests">
          <IdentityFields errors={errors} values={values} />
          <TextField
            name="mobile"
            label={t('signin.newMobile')}
            error={errorFor(errors, 'mobile')}
            value={values['mobile']}
            type="tel"
            inputmode="tel"
            autocomplete="tel"
            maxLength={20}
            width="medium"
            isRequired
          />
          <Button isWide>{t('signin.helpMobileSubmit')}</Button>
        </Form>
      </Card>
      <Card title={t('signin.helpPhoneTitle')}>
        <p>{t('signin.firstNoPhoneText')}</p>
        <p>
          <a href="/sign-in/slip">{t('signin.slipLink')}</a>
        </p>
      </Card>
    </>
  );
}
