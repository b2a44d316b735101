import {
  Button,
  Card,
  Details,
  ErrorSummary,
  errorFor,
  type FieldError,
  Form,
  HiddenFields,
  PageHeading,
  PasswordField,
  PersonLine,
  RadioGroup,
  TextField,
  useFrame,
} from '../../../shell/index.ts';
import type { FlowState } from '../flow.ts';
import type { SignInPerson } from '../stores/persons.ts';
import { IdentityFields } from './identity-fields.tsx';
import { nameOf, subtitleOf } from './person-words.ts';

type Props = { state: FlowState; errors: FieldError[]; values: Record<string, string | undefined> };

/** The one question that this way in has come to. */
export function FlowPage(props: Props) {
  const { step } = props.state;
  if (step === 'code') return <CodePage {...props} />;
  if (step === 'person') return <PersonPage {...props} />;
  if (step === 'identity') return <IdentityPage {...props} />;
  if (step === 'pin') return <PinPage {...props} />;
  if (step === 'setup') return <SetupPage {...props} />;
  return <NobodyPage />;
}

function CodePage({ errors }: Props) {
  const { t } = useFrame();
  return (
    <>
      <ErrorSummary errors={errors} />
      <PageHeading title={t('signin.codeTitle')} lead={t('signin.codeLead')} />
      <Card>
        <Form action="/sign-in/code">
          <TextField
            name="code"
            label={t('signin.code')}
            hint={t('signin.codeHint')}
            error={errorFor(errors, 'code')}
            inputmode="numeric"
            autocomplete="one-time-code"
            maxLength={12}
            width="short"
            isRequired
          />
          <Button isWide>{t('signin.codeSubmit')}</Button>
        </Form>
      </Card>
      <Details summary={t('signin.codeNotCome')}>
        <p>{t('signin.codeNotComeText')}</p>
        <p>
          <a href="/sign-in">{t('signin.codeAgain')}</a> · <a href="/sign-in/help">{t('signin.toHelp')}</a>
        </p>
      </Details>
    </>
  );
}

function PersonPage({ state, errors }: Props) {
  const { t, language } = useFrame();
  const options = state.candidates.map((person) => ({
    value: person.personId,
    label: nameOf(person, language),
    hint: subtitleOf(person, language),
  }));
  return (
    <>
      <ErrorSummary errors={errors} />
      <PageHeading title={t('signin.personTitle')} lead={t('signin.personLead')} />
      <Card>
        <Form action="/sign-in/person">
          <RadioGroup
            name="personId"
            label={t('signin.personChoice')}
            options={options}
            error={errorFor(errors, 'personId')}
            isRequired
          />
          <Button isWide>{t('signin.personSubmit')}</Button>
        </Form>
      </Card>
      <Details summary={t('signin.notMeAll')}>
        <p>{t('signin.notMeText')}</p>
        {state.candidates.map((person) => (
          <NotMe key={person.personId} person={person} />
        ))}
      </Details>
    </>
  );
}

/** A button by the name: nothing is taken from the record, the nodal officer is told. */
function NotMe({ person }: { person: SignInPerson }) {
  const { t, language } = useFrame();
  return (
    <Form action="/sign-in/disputes">
      <HiddenFields values={{ personId: person.personId }} />
      <Button variant="secondary">{t('signin.notMeOf', { name: nameOf(person, language) })}</Button>
    </Form>
  );
}

/** Among several: back to the list. Alone on this number: the roster is wrong, and the office is told. */
function SomebodyElse({ state }: { state: FlowState }) {
  const { t } = useFrame();
  if (state.candidates.length > 1)
    return (
      <Button variant="quiet" href="/sign-in/person">
        {t('signin.notThisPerson')}
      </Button>
    );
  const isByNumber = state.flow.purpose === 'sign_in' && state.person;
  return isByNumber && state.person ? <NotMe person={state.person} /> : null;
}

function IdentityPage({ state, errors, values }: Props) {
  const { t } = useFrame();
  return (
    <>
      <ErrorSummary errors={errors} />
      <PageHeading title={t('signin.identityTitle')} lead={t('signin.identityLead')} />
      <Card>
        <SigningIn person={state.person} />
        <Form action="/sign-in/identity">
          <IdentityFields errors={errors} values={values} />
          <Button isWide>{t('signin.continue')}</Button>
        </Form>
      </Card>
      <SomebodyElse state={state} />
    </>
  );
}

function PinPage({ state, errors }: Props) {
  const { t } = useFrame();
  return (
    <>
      <ErrorSummary errors={errors} />
      <PageHeading title={t('signin.pinTitle')} lead={t('signin.pinLead')} />
      <Card>
        <SigningIn person={state.person} />
        <Form action="/sign-in/pin">
          <PinField name="pin" label={t('signin.pin')} error={errorFor(errors, 'pin')} />
          <Button isWide>{t('signin.submit')}</Button>
        </Form>
        <p class="hint">{t('signin.pinForgotten')}</p>
      </Card>
      <SomebodyElse state={state} />
    </>
  );
}

function SetupPage({ state, errors }: Props) {
  const { t } = useFrame();
  const { needsPin } = state;
  return (
    <>
      <ErrorSummary errors={errors} />
      <PageHeading
        title={t(needsPin ? 'signin.setupPinTitle' : 'signin.setupPasswordTitle')}
        lead={t(needsPin ? 'signin.setupPinLead' : 'signin.setupPasswordLead')}
      />
      <Card>
        <SigningIn person={state.person} />
        <Form action="/sign-in/setup">
          {needsPin ? <NewPinFields errors={errors} /> : <NewPasswordFields errors={errors} />}
          <Button isWide>{t('signin.setupSubmit')}</Button>
        </Form>
      </Card>
    </>
  );
}

export function NewPinFields({ errors }: { errors: FieldError[] }) {
  const { t } = useFrame();
  return (
    <>
      <PinField
        name="pin"
        label={t('signin.newPin')}
        hint={t('signin.newPinHint')}
        error={errorFor(errors, 'pin')}
      />
      <PinField name="again" label={t('signin.again')} error={errorFor(errors, 'again')} />
    </>
  );
}

export function NewPasswordFields({ errors }: { errors: FieldError[] }) {
  const { t } = useFrame();
  return (
    <>
      <PasswordField
        name="password"
        label={t('signin.newPassword')}
        hint={t('signin.newPasswordHint')}
        error={errorFor(errors, 'password')}
        autocomplete="new-password"
        isRequired
      />
      <PasswordField
        name="again"
        label={t('signin.again')}
        error={errorFor(errors, 'again')}
        autocomplete="new-password"
        isRequired
      />
    </>
  );
}

/** Shown as typed: on a phone in the hand a wrong digit costs more than a look over the shoulder. */
export function PinField(props: { name: string; label: string; hint?: string; error?: string }) {
  return (
    <TextField {...props} inputmode="numeric" autocomplete="off" maxLength={6} width="short" isRequired />
  );
}

function SigningIn({ person }: { person?: SignInPerson }) {
  const { language } = useFrame();
  if (!person) return null;
  return <PersonLine name={nameOf(person, language)} detail={subtitleOf(person, language)} />;
}

function NobodyPage() {
  const { t } = useFrame();
  return (
    <>
      <PageHeading title={t('signin.nobodyTitle')} />
      <Card>
        <p>{t('signin.nobodyText')}</p>
        <Button href="/sign-in">{t('signin.submit')}</Button>
      </Card>
    </>
  );
}
