import type { FastifyReply, FastifyRequest } from 'fastify';
import { pick, translator } from '../../kernel/i18n.ts';
import type { OfficeRow } from '../../organisations/index.ts';
import { Card, EmptyState, PageHeading } from '../../shell/index.ts';
import { sendPage, WaitingNotice, waitingWork } from '../../shell/site/index.ts';
import { trainingHref } from './words.ts';

/** For those who answer for several offices, or for none. */
export async function sendOwnOfficesPage(request: FastifyRequest, reply: FastifyReply, offices: OfficeRow[]) {
  const { language } = request.ctx;
  const t = translator(language);
  const title = t('insight.yourOffices');
  const waiting = (await waitingWork(request.ctx)) ?? [];
  return sendPage(
    request,
    reply,
    { title, area: 'office', activeLink: 'review' },
    <>
      <PageHeading title={title} lead={offices.length > 0 ? t('insight.yourOfficesLead') : undefined} />
      <WaitingNotice waiting={waiting} language={language} />
      {offices.length === 0 ? (
        <EmptyState title={t('insight.noOfficeTitle')} icon="building">
          {t('insight.noOffice')}
        </EmptyState>
      ) : (
        <Card>
          <ul>
            {offices.map((office) => (
              <li key={office.code}>
                <a href={trainingHref(office.code)}>
                  {pick({ hi: office.nameHi, en: office.nameEn }, language)}
                </a>
              </li>
            ))}
          </ul>
        </Card>
      )}
    </>,
  );
}
