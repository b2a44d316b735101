import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Day, formatDay, indiaDay } from '../../kernel/dates.ts';
import { type Language, pick, translator } from '../../kernel/i18n.ts';
import {
  Button,
  ButtonRow,
  Card,
  CopyCode,
  Details,
  EmptyState,
  KeyValue,
  PageHeading,
  Pagination,
} from '../../shell/index.ts';
import { sendPage } from '../../shell/site/index.ts';
import type { Certificate } from '../content.ts';
import { durationText } from '../duration.ts';
import { verifyUrl } from '../render-certificate.ts';
import { StateTag } from './state-tag.tsx';

type Page = { items: Certificate[]; next: string | null };

export function sendOwnCertificates(request: FastifyRequest, reply: FastifyReply, page: Page) {
  const { language, config } = request.ctx;
  const t = translator(language);
  return sendPage(
    request,
    reply,
    { title: t('credentials.listTitle'), area: 'learner', activeLink: 'certificates' },
    <>
      <PageHeading title={t('credentials.listTitle')} lead={t('credentials.listLead')} />
      {page.items.length === 0 ? (
        <EmptyState
          icon="certificate"
          title={t('credentials.emptyTitle')}
          action={<Button href="/courses">{t('credentials.emptyAction')}</Button>}
        >
          {t('credentials.emptyText')}
        </EmptyState>
      ) : null}
      {page.items.map((certificate) => (
        <CertificateCard key={certificate.certificateNo} certificate={certificate} request={request} />
      ))}
      <Pagination nextHref={page.next ? `/certificates?after=${page.next}` : undefined} />
      {page.items.length > 0 ? (
        <Details summary={t('credentials.howTitle')}>
          <ul>
            <li>{t('credentials.howQr')}</li>
            <li>{t('credentials.howNumber', { address: `${config.baseUrl}/verify` })}</li>
            <li>{t('credentials.howOffline')}</li>
          </ul>
          <p>{t('credentials.howName')}</p>
        </Details>
      ) : null}
    </>,
  );
}

function CertificateCard({ certificate, request }: { certificate: Certificate; request: FastifyRequest }) {
  const { language, config } = request.ctx;
  const t = translator(language);
  const { content, certificateNo } = certificate;
  const items = [
    { label: t('credentials.factCompletedOn'), value: formatDay(content.completedDay, language) },
    { label: t('credentials.factMinutes'), value: durationText(content.minutes, language) },
    { label: t('credentials.number'), value: certificateNo },
  ];
  return (
    <Card title={pick(content.course.title, language)} aside={<StateTag certificate={certificate} />}>
      <KeyValue items={items} />
      {certificate.replacesNo ? (
        <p class="soft">{t('credentials.replacesNo', { number: certificate.replacesNo })}</p>
      ) : null}
      {certificate.revokedAt ? (
        <Revoked certificateNo={certificateNo} day={indiaDay(certificate.revokedAt)} language={language} />
      ) : (
        <ToShow
          certificateNo={certificateNo}
          address={verifyUrl(certificateNo, config)}
          language={language}
        />
      )}
    </Card>
  );
}

type ToShowProps = { certificateNo: string; address: string; language: Language };

function ToShow({ certificateNo, address, language }: ToShowProps) {
  const t = translator(language);
  return (
    <>
      <ButtonRow>
        <Button href={`/certificates/${certificateNo}.pdf`} icon="download" variant="secondary">
          {t('credentials.downloadPdf')}
        </Button>
        <Button href={`/verify/${certificateNo}`} variant="quiet">
          {t('credentials.openCheckPage')}
        </Button>
        <Button href={`/certificates/${certificateNo}.jwt`} variant="quiet" isDownload>
          {t('credentials.downloadBadge')}
        </Button>
      </ButtonRow>
      <CopyCode label={t('credentials.shareLink')}>{address}</CopyCode>
    </>
  );
}

/** Nothing to hand on any more; the reason stays with the office. */
function Revoked({ certificateNo, day, language }: { certificateNo: string; day: Day; language: Language }) {
  const t = translator(language);
  return (
    <>
      <p>{t('credentials.ownRevoked', { day: formatDay(day, language) })}</p>
      <Button href={`/verify/${certificateNo}`} variant="quiet">
        {t('credentials.openCheckPage')}
      </Button>
    </>
  );
}
