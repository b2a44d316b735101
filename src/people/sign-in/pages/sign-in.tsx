import { cast, castOffices, demonstrationPassword } from '../../../../demo/cast.ts';
import { pick } from '../../../kernel/i18n.ts';
import {
  Button,
  ButtonRow,
  Card,
  Details,
  ErrorSummary,
  errorFor,
  type FieldError,
  Form,
  HiddenFields,
  Notice,
  PageHeading,
  PasswordField,
  PersonLine,
  TextField,
  useFrame,
} from '../../../shell/index.ts';
import { demonstrationPins } from '../load-demonstration.ts';

type Props = {
  identifier?: string;
  next?: string;
  errors: FieldError[];
  canSendCodes: boolean;
  isDemonstration: boolean;
};

export function SignInPage({ identifier, next, errors, canSendCodes, isDemonstration }: Props) {
  const { t } = useFrame();
  return (
    <>
      <ErrorSummary errors={errors} />
      <PageHeading title={t('signin.title')} lead={t('signin.lead')} />
      <Card>
        <Form action="/sign-in">
          <HiddenFields values={{ next }} />
          <TextField
            name="identifier"
            label={t('signin.identifier')}
            hint={t('signin.identifierHint')}
            error={errorFor(errors, 'identifier')}
            value={identifier}
            autocomplete="username"
            spellcheck={false}
            isRequired
          />
          <PasswordField
            name="password"
            label={t('signin.password')}
            error={errorFor(errors, 'password')}
            autocomplete="current-password"
          />
          <Button isWide>{t('signin.submit')}</Button>
          {canSendCodes ? <CodeButton /> : null}
        </Form>
      </Card>
      {canSendCodes ? null : <Notice tone="info">{t('signin.noChannels')}</Notice>}
      <OtherWays />
      {isDemonstration ? <DemonstrationAccounts next={next} /> : null}
    </>
  );
}

/** The same form, sent elsewhere: what stands in the first field is asked for no second time. */
function CodeButton() {
  const { t } = useFrame();
  return (
    <>
      <Button variant="secondary" formAction="/sign-in/codes" isWide>
        {t('signin.sendCode')}
      </Button>
      <p class="hint">{t('signin.sendCodeHint')}</p>
    </>
  );
}

function OtherWays() {
  const { t } = useFrame();
  return (
    <Card title={t('signin.otherWays')}>
      <ul>
        <li>
          <a href="/sign-in/first-use">{t('signin.firstUseLink')}</a>
        </li>
        <li>
          <a href="/sign-in/slip">{t('signin.slipLink')}</a>
        </li>
        <li>
          <a href="/sign-in/help">{t('signin.helpLink')}</a>
        </li>
      </ul>
    </Card>
  );
}

function DemonstrationAccounts({ next }: { next?: string }) {
  const { t } = useFrame();
  const shared = cast.filter((member) => demonstrationPins[member.key]);
  const pins = shared.map((member) => `${member.nameHi} ${demonstrationPins[member.key]}`).join(', ');
  return (
    <Card
      title={t('signin.demoTitle')}
      lead={t('signin.demoLead', { password: demonstrationPassword })}
      aside={<a href="/mailbox">{t('signin.demoMailbox')}</a>}
    >
      {cast.map((member) => (
        <DemonstrationAccount key={member.key} member={member} next={next} />
      ))}
      <Details summary={shared.map((member) => member.nameHi).join(' · ')}>
        {t('signin.demoShared', { mobile: shared[0]?.mobile ?? '', pins })}
      </Details>
    </Card>
  );
}

function DemonstrationAccount({ member, next }: { member: (typeof cast)[number]; next?: string }) {
  const { t, language } = useFrame();
  const office = castOffices.find((one) => one.code === member.office);
  const name = pick({ hi: member.nameHi, en: member.nameEn }, language);
  const roles = member.roles.map((one) => t(`signin.role_${one.role}` as 'signin.role_nodal')).join(', ');
  const where = office ? pick({ hi: office.nameHi, en: office.nameEn }, language) : '';
  return (
    <Form action="/sign-in" label={t('signin.demoEnterAs', { name })}>
      <HiddenFields values={{ identifier: member.code, password: demonstrationPassword, next }} />
      <ButtonRow>
        <PersonLine
          name={name}
          code={member.code}
          detail={[roles, member.designation, where].filter(Boolean).join(' · ')}
        />
        <Button variant="secondary">
          {t('signin.demoEnter')}
          <span class="hidden-text">: {name}</span>
        </Button>
      </ButtonRow>
    </Form>
  );
}
