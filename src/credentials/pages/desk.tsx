import type { FastifyReply, FastifyRequest } from 'fastify';
import { formatDay } from '../../kernel/dates.ts';
import type { FormState } from '../../kernel/http/answer-form.ts';
import { type Language, pick, translator } from '../../kernel/i18n.ts';
import {
  Button,
  ButtonRow,
  Card,
  ConfirmPanel,
  EmptyState,
  ErrorSummary,
  errorFor,
  FilterBar,
  PageHeading,
  SummaryList,
  type SummaryRow,
  TextArea,
  TextField,
  useFrame,
} from '../../shell/index.ts';
import { sendPage } from '../../shell/site/index.ts';
import { type Certificate, stateOf, type TwoScripts } from '../content.ts';
import { reasonLength } from '../reason.ts';
import { StateTag } from './state-tag.tsx';

type DeskView = {
  typed?: string;
  found: Certificate[];
  /** Whether the actor keeps certificates of some office, and so may do more than read. */
  isKeeper: boolean;
  mayChange(certificate: Certificate): boolean;
};

/** The office's desk: find a certificate, then take it back or have it made out anew. */
export function sendDesk(request: FastifyRequest, reply: FastifyReply, view: DeskView) {
  const t = translator(request.ctx.language);
  return sendPage(
    request,
    reply,
    { title: t('credentials.deskTitle'), area: 'office', activeLink: 'certificates' },
    <>
      <PageHeading title={t('credentials.deskTitle')} lead={t('credentials.deskLead')} />
      {view.isKeeper ? (
        <ButtonRow>
          <Button variant="secondary" href="/office/certificate-templates">
            {t('credentials.templatesTitle')}
          </Button>
          <Button variant="secondary" href="/office/certificate-batches">
            {t('credentials.batchesTitle')}
          </Button>
        </ButtonRow>
      ) : null}
      <FilterBar action="/office/certificates" submitLabel={t('credentials.deskSearch')}>
        <TextField
          name="no"
          label={t('credentials.deskField')}
          value={view.typed}
          autocomplete="off"
          spellcheck={false}
          maxLength={100}
        />
      </FilterBar>
      {view.found.length === 0 ? (
        <EmptyState
          icon="certificate"
          title={t(view.typed ? 'credentials.deskNothing' : 'credentials.deskStart')}
        >
          {t(view.typed ? 'credentials.deskNothingText' : 'credentials.deskStartText')}
        </EmptyState>
      ) : null}
      {view.found.map((certificate) => (
        <DeskCard
          key={certificate.certificateNo}
          certificate={certificate}
          language={request.ctx.language}
          mayChange={view.mayChange(certificate)}
        />
      ))}
    </>,
  );
}

type DeskCardProps = { certificate: Certificate; language: Language; mayChange: boolean };

function DeskCard({ certificate, language, mayChange }: DeskCardProps) {
  const t = translator(language);
  const address = `/office/certificates/${certificate.certificateNo}`;
  const state = stateOf(certificate);
  return (
    <Card title={certificate.certificateNo} aside={<StateTag certificate={certificate} />}>
      <SummaryList rows={rowsOf(certificate, language)} />
      <ButtonRow>
        <Button href={`/certificates/${certificate.certificateNo}.pdf`} icon="download" variant="secondary">
          {t('credentials.downloadPdf')}
        </Button>
        {mayChange && state !== 'replaced' ? (
          <Button href={`${address}/replacement`} variant="secondary">
            {t('credentials.replace')}
          </Button>
        ) : null}
        {mayChange && state === 'valid' ? (
          <Button href={`${address}/revocation`} variant="quiet">
            {t('credentials.revoke')}
          </Button>
        ) : null}
      </ButtonRow>
    </Card>
  );
}

function rowsOf(certificate: Certificate, language: Language): SummaryRow[] {
  const t = translator(language);
  const { content } = certificate;
  const link = (number: string) => <a href={`/office/certificates?no=${number}`}>{number}</a>;
  const rows: (SummaryRow | null)[] = [
    { label: t('credentials.factPerson'), value: bothNames(content.name, language) },
    { label: t('credentials.factCourse'), value: pick(content.course.title, language) },
    { label: t('credentials.factCompletedOn'), value: formatDay(content.completedDay, language) },
    { label: t('credentials.factIssuedOn'), value: formatDay(content.issuedDay, language) },
    certificate.replacesNo
      ? { label: t('credentials.factReplaces'), value: link(certificate.replacesNo) }
      : null,
    certificate.revokedReason
      ? { label: t('credentials.factRevokedReason'), value: certificate.revokedReason }
      : null,
    certificate.replacedByNo
      ? { label: t('credentials.stateReplaced'), value: link(certificate.replacedByNo) }
      : null,
    certificate.replacedReason
      ? { label: t('credentials.factReplacedReason'), value: certificate.replacedReason }
      : null,
  ];
  return rows.filter((row) => row !== null);
}

function bothNames({ hi, en }: TwoScripts, language: Language): string {
  const [first, second] = language === 'hi' ? [hi, en] : [en, hi];
  return first && second ? `${first} (${second})` : (first ?? second ?? '');
}

export type ChangeKind = 'revocation' | 'replacement';
type ChangeView = { kind: ChangeKind; certificate: Certificate; name: TwoScripts; state: FormState };

/** Asks before a certificate is taken back or made out anew; comes back with what was typed. */
export function sendChangePage(request: FastifyRequest, reply: FastifyReply, view: ChangeView) {
  const { language } = request.ctx;
  const t = translator(language);
  const number = view.certificate.certificateNo;
  const isRevocation = view.kind === 'revocation';
  const title = t(isRevocation ? 'credentials.pickRevoke' : 'credentials.pickReplace');
  return sendPage(
    request,
    reply,
    {
      title,
      area: 'office',
      activeLink: 'certificates',
      width: 'reading',
      hasErrors: view.state.errors.length > 0,
      breadcrumbs: [
        { label: t('credentials.navCertificates'), href: `/office/certificates?no=${number}` },
        { label: title },
      ],
    },
    <>
      <ErrorSummary errors={view.state.errors} />
      <PageHeading title={title} lead={`${bothNames(view.certificate.content.name, language)} · ${number}`} />
      <ConfirmPanel
        title={t(isRevocation ? 'credentials.revokeTitle' : 'credentials.replaceTitle', { number })}
        consequences={consequences(view, language)}
        action={`/office/certificates/${number}/${view.kind}`}
        confirmLabel={t(isRevocation ? 'credentials.revoke' : 'credentials.replace')}
        cancelHref={`/office/certificates?no=${number}`}
        variant={isRevocation ? 'danger' : 'primary'}
        isReversible={isRevocation}
      >
        {isRevocation ? null : <NameFields view={view} />}
        <TextArea
          name="reason"
          label={t('credentials.reason')}
          hint={t('credentials.reasonHint')}
          value={view.state.values['reason']}
          error={errorFor(view.state.errors, 'reason')}
          rows={3}
          maxLength={reasonLength.max}
          isRequired
        />
      </ConfirmPanel>
    </>,
  );
}

/** The name as it is known, to be corrected on the spot. */
function NameFields({ view }: { view: ChangeView }) {
  const { t } = useFrame();
  const fields = [
    { name: 'nameHi', lang: 'hi', label: t('credentials.replaceNameHi'), known: view.name.hi },
    { name: 'nameEn', lang: 'en', label: t('credentials.replaceNameEn'), known: view.name.en },
  ];
  return (
    <>
      {fields.map(({ name, lang, label, known }) => (
        <TextField
          key={name}
          name={name}
          lang={lang}
          label={label}
          hint={lang === 'hi' ? t('credentials.replaceNameHint') : undefined}
          value={view.state.values[name] ?? known ?? ''}
          error={errorFor(view.state.errors, name)}
          maxLength={120}
          autocomplete="off"
          spellcheck={false}
        />
      ))}
    </>
  );
}

function consequences({ kind, name }: ChangeView, language: Language): string[] {
  const t = translator(language);
  if (kind === 'revocation')
    return [
      t('credentials.revokeNow'),
      t('credentials.revokePdf'),
      t('credentials.revokeKeeps'),
      t('credentials.revokeAgain'),
    ];
  return [
    t('credentials.replaceName', { name: bothNames(name, language) }),
    t('credentials.replaceRest'),
    t('credentials.replaceOld'),
  ];
}
