import type { FastifyRequest } from 'fastify';
import { formatDay, formatDayTime, indiaDay } from '../../kernel/dates.ts';
import { type Language, pick, translator } from '../../kernel/i18n.ts';
import { Card, SummaryList, type SummaryRow } from '../../shell/index.ts';
import type { Certificate, TwoScripts } from '../content.ts';
import type { SignedPayload } from '../signed-payload.ts';
import type { Verdict } from '../verify-certificate.ts';

/** Only what is printed on the certificate itself. */
export function Facts({ verdict, request }: { verdict: Found; request: FastifyRequest }) {
  const { certificate, state, trail } = verdict;
  const { language, clock } = request.ctx;
  const t = translator(language);
  const { content } = certificate;
  const issuer = content.issuer.department ?? content.issuer.government;
  // The name of a replaced one was perhaps wrong: the one that counts stands on the new certificate.
  const name = {
    label: t('credentials.factName'),
    value: <InBoth text={content.name} language={language} />,
  };
  const rows: SummaryRow[] = [
    ...(state === 'replaced' ? [] : [name]),
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
      {trail.length > 1 ? <Trail trail={trail} language={language} /> : null}
      <p class="soft">
        {t('credentials.privacyNote')}{' '}
        <a href="/.well-known/daksh-keys.json">{t('credentials.publicKeys')}</a>
      </p>
    </Card>
  );
}

type Found = Extract<Verdict, { certificate: Certificate }>;

/** What was made out for this completion, when, and why another took its place; no name of before. */
function Trail({ trail, language }: { trail: Certificate[]; language: Language }) {
  const t = translator(language);
  const reasons = {
    name: t('credentials.becauseName'),
    template: t('credentials.becauseTemplate'),
    other: t('credentials.becauseOther'),
  };
  return (
    <>
      <h2>{t('credentials.trailTitle')}</h2>
      <ol>
        {trail.map((step) => (
          <li key={step.certificateNo}>
            <NumberLink number={step.certificateNo} />{' '}
            {t('credentials.trailIssued', { day: formatDay(step.content.issuedDay, language) })}
            {step.replacedAt ? (
              <>
                {' · '}
                {t('credentials.trailReplaced', { day: formatDay(indiaDay(step.replacedAt), language) })}:{' '}
                {reasons[step.replacedClass ?? 'other']}
              </>
            ) : null}
            {step.revokedAt ? ` · ${t('credentials.stateRevoked')}` : ''}
          </li>
        ))}
      </ol>
    </>
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
