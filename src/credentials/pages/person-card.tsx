import type { ComponentChildren } from 'preact';
import type { Ctx } from '../../kernel/context.ts';
import { pick, translator } from '../../kernel/i18n.ts';
import { Card, DataTable } from '../../shell/index.ts';
import { certificatesOf } from '../list-certificates.ts';
import { StateTag } from './state-tag.tsx';

/** The certificates of one person, on the person's page of the office. */
export async function personCard(ctx: Ctx, personId: string): Promise<ComponentChildren> {
  const t = translator(ctx.language);
  const certificates = await certificatesOf(ctx, personId);
  if (certificates.length === 0)
    return <Card title={t('credentials.cardTitle')}>{<p class="soft">{t('credentials.cardNone')}</p>}</Card>;
  return (
    <Card title={t('credentials.cardTitle')}>
      <DataTable
        caption={t('credentials.cardTitle')}
        isCaptionHidden
        rows={certificates}
        rowKey={(row) => row.certificateNo}
        columns={[
          {
            key: 'number',
            label: t('credentials.number'),
            kind: 'link',
            isRowHeading: true,
            value: (row) => row.certificateNo,
            href: (row) => `/office/certificates?no=${row.certificateNo}`,
          },
          {
            key: 'course',
            label: t('credentials.factCourse'),
            kind: 'text',
            value: (row) => pick(row.content.course.title, ctx.language),
          },
          {
            key: 'completed',
            label: t('credentials.factCompletedOn'),
            kind: 'date',
            value: (row) => row.content.completedDay,
          },
          {
            key: 'state',
            label: t('credentials.state'),
            kind: 'actions',
            value: (row) => <StateTag certificate={row} />,
          },
        ]}
      />
    </Card>
  );
}
