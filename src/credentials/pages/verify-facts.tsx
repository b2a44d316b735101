import type { FastifyRequest } from 'fastify';
import { formatDay, formatDayTime } from '../../kernel/dates.ts';
import { type Language, pick, translator } from '../../kernel/i18n.ts';
import { Card, SummaryList, type SummaryRow } from '../../shell/index.ts';
import type { Certificate, TwoScripts } from '../content.ts';
import type { SignedPayload } from '../signed-payload.ts';

/** Only what is printed on the certificate itself. */
export function Facts({ certificate, request }: { certificate: Certificate; request: FastifyRequest }) {
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

/** What a pasted QR code says by itself. */
export function SignedFacts({ signed, language }: { signed: SignedPayload; language: Language }) {
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
