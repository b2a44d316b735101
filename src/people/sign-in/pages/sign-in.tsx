import { cast, castOffices, demonstrationPassword } from '../../../../demo/cast.ts';
import { type Language, pick, type Translate } from '../../../kernel/i18n.ts';
import {
  Button,
  Card,
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
          <IdentifierField identifier={identifier} errors={errors} />
          <PasswordField
            name="password"
            label={t('signin.password')}
            error={errorFor(errors, 'password')}
            autocomplete="current-password"
          />
          <p>
            <a href="/sign-in/forgotten">{t('signin.forgottenLink')}</a>
          </p>
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

type ForgottenProps = Pick<Props, 'identifier' | 'errors' | 'canSendCodes'>;

/** Says what will happen, asks who it is, and sends the code. */
export function ForgottenPage({ identifier, errors, canSendCodes }: ForgottenProps) {
  const { t } = useFrame();
  return (
    <>
      <ErrorSummary errors={errors} />
      <PageHeading title={t('signin.forgottenTitle')} lead={t('signin.forgottenLead')} />
      {canSendCodes ? (
        <Card>
          <Form action="/sign-in/forgotten">
            <IdentifierField identifier={identifier} errors={errors} />
            <Button isWide>{t('signin.forgottenSubmit')}</Button>
          </Form>
        </Card>
      ) : (
        <Notice tone="info">{t('signin.noChannels')}</Notice>
      )}
      <OtherWays />
    </>
  );
}

function IdentifierField({ identifier, errors }: Pick<Props, 'identifier' | 'errors'>) {
  const { t } = useFrame();
  return (
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
  const ways = [
    { href: '/sign-in/first-use', label: t('signin.firstUseLink') },
    { href: '/sign-in/slip', label: t('signin.slipLink') },
    { href: '/sign-in/help', label: t('signin.helpLink') },
  ];
  return (
    <Card title={t('signin.otherWays')}>
      {ways.map((way) => (
        <Button key={way.href} href={way.href} variant="quiet" icon="arrow">
          {way.label}
        </Button>
      ))}
    </Card>
  );
}

// One of each kind stands first; thirteen in a row are a long way down on a phone.
const shownFirst = ['sunita', 'ramesh', 'secretary', 'author', 'operator'];

function DemonstrationAccounts({ next }: { next?: string }) {
  const { t, language } = useFrame();
  const shared = cast.filter((member) => demonstrationPins[member.key]);
  const pins = shared
    .map((member) => `${nameIn(member, language)} ${demonstrationPins[member.key]}`)
    .join(', ');
  return (
    <Card
      title={t('signin.demoTitle')}
      lead={t('signin.demoLead', { password: demonstrationPassword })}
      aside={<a href="/mailbox">{t('signin.demoMailbox')}</a>}
    >
      <Accounts
        members={cast.filter((member) => shownFirst.includes(member.key))}
        caption={t('signin.demoTitle')}
        next={next}
      />
      <Details summary={t('signin.demoMore')}>
        <Accounts
          members={cast.filter((member) => !shownFirst.includes(member.key))}
          caption={t('signin.demoMore')}
          next={next}
        />
      </Details>
      <Details summary={t('signin.demoSharedTitle')}>
        {t('signin.demoShared', { mobile: shared[0]?.mobile ?? '', pins })}
      </Details>
    </Card>
  );
}

type Member = (typeof cast)[number];
type AccountsProps = { members: Member[]; caption: string; next?: string };

function Accounts({ members, caption, next }: AccountsProps) {
  const { t, language } = useFrame();
  return (
    <DataTable
      caption={caption}
      isCaptionHidden
      isCountHidden
      rows={members}
      rowKey={(member) => member.key}
      columns={[
        {
          key: 'name',
          label: t('signin.rolesPerson'),
          kind: 'text',
          isRowHeading: true,
          value: (member) => nameIn(member, language),
        },
        {
          key: 'post',
          label: t('signin.demoPost'),
          kind: 'text',
          value: (member) =>
            [rolesOf(member, t), member.designation, officeOf(member, language)].filter(Boolean).join(' · '),
        },
        {
          key: 'enter',
          label: t('signin.demoEnter'),
          kind: 'actions',
          value: (member) => <Enter member={member} next={next} />,
        },
      ]}
    />
  );
}

function nameIn(member: Member, language: Language): string {
  return pick({ hi: member.nameHi, en: member.nameEn }, language);
}

function rolesOf(member: Member, t: Translate): string {
  return member.roles.map(({ role }) => t(`signin.role_${role}` as 'signin.role_nodal')).join(', ');
}

function officeOf(member: Member, language: Language): string {
  const office = castOffices.find((one) => one.code === member.office);
  return office ? pick({ hi: office.nameHi, en: office.nameEn }, language) : '';
}

/** The ordinary form, filled in beforehand: one touch signs in, also without script. */
function Enter({ member, next }: { member: Member; next?: string }) {
  const { t, language } = useFrame();
  return (
    <Form action="/sign-in" label={t('signin.demoEnterAs', { name: nameIn(member, language) })}>
      <HiddenFields values={{ identifier: member.code, password: demonstrationPassword, next }} />
      <Button variant="secondary">
        {t('signin.demoEnter')}
        <span class="hidden-text">: {nameIn(member, language)}</span>
      </Button>
    </Form>
  );
}
