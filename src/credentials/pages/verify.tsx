import type { FastifyReply, FastifyRequest } from 'fastify';
import { formatDay, indiaDay } from '../../kernel/dates.ts';
import { type Language, translator } from '../../kernel/i18n.ts';
import {
  Button,
  Card,
  ErrorSummary,
  errorFor,
  type FieldError,
  Form,
  Notice,
  type NoticeTone,
  PageHeading,
  TextField,
} from '../../shell/index.ts';
import { sendPage } from '../../shell/site/index.ts';
import type { SignedPayload } from '../signed-payload.ts';
import type { Verdict } from '../verify-certificate.ts';
import { Facts, SignedFacts } from './verify-facts.tsx';

export type VerifyView = {
  typed?: string;
  errors?: FieldError[];
  verdict?: Verdict | { state: 'forged' };
  /** What a pasted QR code says by itself. */
  signed?: SignedPayload;
};

/** The public check page: the verdict first, then what is printed, then the way to check another one. */
export function sendVerifyPage(request: FastifyRequest, reply: FastifyReply, view: VerifyView) {
  const t = translator(request.ctx.language);
  const { verdict, errors = [] } = view;
  const isFound = verdict !== undefined && 'certificate' in verdict;
  reply.header('x-robots-tag', 'noindex').header('vary', 'Accept, Cookie');
  const status = errors.length > 0 ? 422 : isFound || !verdict ? 200 : 404;
  return sendPage(
    request,
    reply,
    {
      title: verdict ? titleOf(verdict, request.ctx.language) : t('credentials.verifyEither'),
      area: request.ctx.actor.kind === 'anonymous' ? 'public' : 'learner',
      activeLink: 'verify',
      hasErrors: errors.length > 0,
      status,
    },
    <>
      <ErrorSummary errors={errors} />
      <PageHeading
        title={t(isFound ? 'credentials.verifyTitle' : 'credentials.verifyEither')}
        lead={verdict ? undefined : t('credentials.verifyLead')}
      />
      {verdict ? <VerdictNotice verdict={verdict} language={request.ctx.language} /> : null}
      {isFound ? <Facts verdict={verdict} request={request} /> : null}
      {view.signed ? <SignedFacts signed={view.signed} language={request.ctx.language} /> : null}
      {isFound ? (
        <div>
          <Button href="/verify" variant="secondary" icon="search">
            {t('credentials.verifyAnother')}
          </Button>
        </div>
      ) : (
        <>
          <NumberForm view={view} language={request.ctx.language} />
          <p>
            <a href="/check">{t('credentials.checkLink')}</a>
          </p>
        </>
      )}
    </>,
  );
}

function NumberForm({ view, language }: { view: VerifyView; language: Language }) {
  const t = translator(language);
  return (
    <Card>
      <Form action="/verify" method="get">
        <TextField
          name="no"
          label={t('credentials.verifyTyped')}
          hint={t('credentials.verifyHint')}
          value={view.typed}
          error={errorFor(view.errors ?? [], 'no')}
          autocomplete="off"
          spellcheck={false}
          maxLength={2000}
        />
        <Button icon="search">{t('credentials.verifyButton')}</Button>
      </Form>
    </Card>
  );
}

type Shown = NonNullable<VerifyView['verdict']>;
type State = Shown['state'];

const words = {
  valid: ['done', 'credentials.verdictValid', 'credentials.verdictValidText'],
  revoked: ['refused', 'credentials.verdictRevoked', 'credentials.verdictRevokedText'],
  replaced: ['needs-you', 'credentials.verdictReplaced', 'credentials.verdictReplacedText'],
  damaged: ['refused', 'credentials.verdictDamaged', 'credentials.verdictDamagedText'],
  unknown: ['refused', 'credentials.verdictUnknown', 'credentials.verdictUnknownText'],
  mistyped: ['needs-you', 'credentials.verdictMistyped', 'credentials.verdictMistypedText'],
  forged: ['refused', 'credentials.verdictForged', 'credentials.verdictForgedText'],
} as const satisfies Record<State, readonly [NoticeTone, string, string]>;

function titleOf(verdict: Shown, language: Language): string {
  return translator(language)(words[verdict.state][1]);
}

/** In both languages: who checks may come from another state. */
function VerdictNotice({ verdict, language }: { verdict: Shown; language: Language }) {
  const [tone] = words[verdict.state];
  const other = language === 'hi' ? 'en' : 'hi';
  return (
    <Notice tone={tone} title={titleOf(verdict, language)}>
      <p>{verdictText(verdict, language)}</p>
      <p lang={other} class="soft">
        <b>{titleOf(verdict, other)}:</b> {verdictText(verdict, other)}
      </p>
      {'certificate' in verdict && verdict.certificate.replacedByNo ? (
        <p>
          <a href={`/verify/${verdict.certificate.replacedByNo}`}>
            {translator(language)('credentials.verdictReplacedLink')}: {verdict.certificate.replacedByNo}
          </a>
        </p>
      ) : null}
    </Notice>
  );
}

function verdictText(verdict: Shown, language: Language): string {
  const certificate = 'certificate' in verdict ? verdict.certificate : undefined;
  const at = verdict.state === 'replaced' ? certificate?.replacedAt : certificate?.revokedAt;
  return translator(language)(words[verdict.state][2], {
    day: at ? formatDay(indiaDay(at), language) : '',
    number: certificate?.replacedByNo ?? '',
  });
}
