import type { FastifyReply, FastifyRequest } from 'fastify';
import { formatDay, formatDayTime, indiaDay } from '../../kernel/dates.ts';
import { type Language, pick, translator } from '../../kernel/i18n.ts';
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
  SummaryList,
  type SummaryRow,
  TextField,
} from '../../shell/index.ts';
import { sendPage } from '../../shell/site/index.ts';
import type { Certificate, TwoScripts } from '../content.ts';
import type { SignedPayload } from '../signed-payload.ts';
import type { Verdict } from '../verify-certificate.ts';

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
      title: verdict ? titleOf(verdict, request.ctx.language) : t('credentials.verifyTitle'),
      area: request.ctx.actor.kind === 'anonymous' ? 'public' : 'learner',
      activeLink: 'verify',
      hasErrors: errors.length > 0,
      status,
    },
    <>
      <ErrorSummary errors={errors} />
      <PageHeading
        title={t('credentials.verifyTitle')}
        lead={verdict ? undefined : t('credentials.verifyLead')}
      />
      {verdict ? <VerdictNotice verdict={verdict} language={request.ctx.language} /> : null}
      {isFound ? <Facts certificate={verdict.certificate} request={request} /> : null}
      {view.signed ? <SignedFacts signed={view.signed} language={request.ctx.language} /> : null}
      {isFound ? (
        <div>
          <Button href="/verify" variant="secondary" icon="search">
            {t('credentials.verifyAnother')}
          </Button>
        </div>
      ) : (
        <NumberForm view={view} language={request.ctx.language} />
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
          label={t('credentials.verifyField')}
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

// Beside the words, a mark that a black-and-white print keeps: a stamp says at a glance what the colour says.
const marks: Record<State, string> = {
  valid: '✓',
  revoked: '✕',
  replaced: '→',
  damaged: '✕',
  unknown: '?',
  mistyped: '?',
  forged: '✕',
};

function titleOf(verdict: Shown, language: Language): string {
  return translator(language)(words[verdict.state][1]);
}

/** In both languages: who checks may come from another state. */
function VerdictNotice({ verdict, language }: { verdict: Shown; language: Language }) {
  const [tone] = words[verdict.state];
  const other = language === 'hi' ? 'en' : 'hi';
  return (
    <Notice tone={tone} title={`${marks[verdict.state]} ${titleOf(verdict, language)}`}>
      <p>{verdictText(verdict, language)}</p>
      <p lang={other} class="soft">
        <b>{titleOf(verdict, other)}.</b> {verdictText(verdict, other)}
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

/** Only what is printed on the certificate itself. */
function Facts({ certificate, request }: { certificate: Certificate; request: FastifyRequest }) {
  const { language, clock } = request.ctx;
  const t = translator(language);
  const { content } = certificate;
  const issuer = content.issuer.department ?? content.issuer.government;
  const rows: SummaryRow[] = [
    { label: t('credentials.factName'), value: <InBoth text={content.name} language={language} /> },
    { label: t('credentials.factCourse'), value: <InBoth text={content.course.title} language={language} /> },
    { label: t('credentials.factCompletedOn'), value: formatDay(content.completedDay, language) },
    { label: t('credentials.factIssuer'), value: <InBoth text={issuer} language={language} /> },
    { label: t('credentials.verifyField'), value: certificate.certificateNo },
    { label: t('credentials.factIssuedOn'), value: formatDay(content.issuedDay, language) },
  ];
  if (certificate.replacesNo)
    rows.push({
      label: t('credentials.factReplaces'),
      value: <NumberLink number={certificate.replacesNo} />,
    });
  rows.push({ label: t('credentials.factCheckedAt'), value: formatDayTime(clock.now(), language) });
  return (
    <Card>
      <SummaryList rows={rows} />
      <p class="soft">
        {t('credentials.privacyNote')}{' '}
        <a href="/.well-known/daksh-keys.json">{t('credentials.publicKeys')}</a>
      </p>
    </Card>
  );
}

function NumberLink({ number }: { number: string }) {
  return <a href={`/verify/${number}`}>{number}</a>;
}

function InBoth({ text, language }: { text: TwoScripts; language: Language }) {
  const other = language === 'hi' ? 'en' : 'hi';
  const shown = pick(text, language);
  const second = text[other];
  return (
    <>
      <b>{shown}</b>
      {second && second !== shown ? (
        <>
          <br />
          <span lang={other}>{second}</span>
        </>
      ) : null}
    </>
  );
}

function SignedFacts({ signed, language }: { signed: SignedPayload; language: Language }) {
  const t = translator(language);
  return (
    <Card title={t('credentials.qrSays')}>
      <SummaryList
        rows={[
          { label: t('credentials.verifyField'), value: signed.certificateNo },
          { label: t('credentials.factName'), value: signed.name },
          { label: t('credentials.factCourse'), value: `${signed.course} (${signed.courseCode})` },
          { label: t('credentials.factCompletedOn'), value: formatDay(signed.completedDay, language) },
          { label: t('credentials.factIssuer'), value: signed.issuer },
        ]}
      />
    </Card>
  );
}
