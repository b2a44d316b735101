import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { App } from '../../kernel/feature.ts';
import { translator } from '../../kernel/i18n.ts';
import { formatNumber } from '../../kernel/numbers.ts';
import {
  Button,
  Card,
  DataTable,
  Form,
  HiddenFields,
  Notice,
  PageHeading,
  ProgressBar,
  SummaryList,
  useFrame,
} from '../../shell/index.ts';
import { addSiteLink, flash, seeOther, sendPage } from '../../shell/site/index.ts';
import { retryRenditions } from './plan-renditions.ts';
import { type RecordingsStanding, recordingsStanding } from './standing.ts';
import type { FailedCopy } from './standing-store.ts';

const href = '/office/recordings';
const operators = { access: { roles: ['operator'] } };

export function addRecordingsLink(): void {
  addSiteLink({
    ...{ key: 'recordings', area: 'office', label: 'media.recordings', href },
    ...{ icon: 'video', roles: ['operator'], group: 'setup', order: 92 },
  });
}

/** For operators: how far the lighter copies are, what failed and why, and trying it again. */
export function recordingsRoutes(app: App): void {
  app.get(href, { config: operators, schema: { hide: true } }, draw);
  app.post(
    `${href}/retries`,
    { config: operators, schema: { body: z.object({ fileId: z.uuid() }), hide: true } },
    async (request, reply) => {
      await retryRenditions(request.ctx, request.body.fileId);
      flash(reply, { kind: 'success', key: 'media.retrying' });
      return seeOther(reply, href);
    },
  );
}

async function draw(request: FastifyRequest, reply: FastifyReply) {
  const standing = await recordingsStanding(request.ctx);
  const title = translator(request.ctx.language)('media.recordings');
  return sendPage(
    request,
    reply,
    { title, area: 'office', activeLink: 'recordings' },
    <RecordingsPage title={title} standing={standing} />,
  );
}

type Props = { title: string; standing: RecordingsStanding };

function RecordingsPage({ title, standing }: Props) {
  const { t } = useFrame();
  const { made, heavier, waiting, making, failed } = standing;
  const all = made + heavier + waiting + making + failed.length;
  return (
    <>
      <PageHeading title={title} lead={t('media.recordingsLead')} />
      {standing.hasFfmpeg ? null : (
        <Notice tone="needs-you" title={t('media.noFfmpeg')}>
          <p>{t('media.noFfmpegAdvice')}</p>
        </Notice>
      )}
      <Card title={t('media.copies')}>
        <ProgressBar
          percent={all === 0 ? 100 : (100 * (made + heavier)) / all}
          label={t('media.copiesReady')}
          isLabelShown
        />
        <Figures standing={standing} />
      </Card>
      <Card title={t('media.failedCopies')}>
        {failed.length === 0 ? <p>{t('media.noneFailed')}</p> : <Failed failed={failed} />}
      </Card>
    </>
  );
}

function Figures({ standing }: { standing: RecordingsStanding }) {
  const { t, language } = useFrame();
  const names = [
    ...(['recordings', 'unplanned', 'waiting', 'making', 'made', 'heavier'] as const),
    ...(['pdfs', 'pdfsDrawn', 'pdfsUnreadable'] as const),
  ];
  return (
    <SummaryList
      rows={names.map((name) => ({
        label: t(`media.standing_${name}`),
        value: formatNumber(standing[name], language),
      }))}
    />
  );
}

function Failed({ failed }: { failed: FailedCopy[] }) {
  const { t } = useFrame();
  return (
    <DataTable<FailedCopy>
      caption={t('media.failedCopies')}
      isCaptionHidden
      rows={failed}
      rowKey={(row) => row.fileId + row.kind}
      columns={[
        { key: 'name', label: t('media.fileName'), isRowHeading: true, value: (row) => row.name },
        { key: 'kind', label: t('media.copy'), value: (row) => t(`media.${row.kind}`) },
        { key: 'fault', label: t('media.why'), value: (row) => row.fault || t('media.noReason') },
        { key: 'retry', label: t('media.again'), value: (row) => <Retry row={row} /> },
      ]}
    />
  );
}

function Retry({ row }: { row: FailedCopy }) {
  const { t } = useFrame();
  return (
    <Form action={`${href}/retries`}>
      <HiddenFields values={{ fileId: row.fileId }} />
      <Button variant="secondary">
        {t('media.again')}
        <span class="hidden-text">: {row.name}</span>
      </Button>
    </Form>
  );
}
