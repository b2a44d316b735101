import { formatDayTime } from '../../kernel/dates.ts';
import { formatBytes, formatNumber } from '../../kernel/numbers.ts';
import { Card, DataTable, MeterBar, SummaryList, useFrame } from '../../shell/index.ts';
import type { Figures } from '../metrics/database-figures.ts';
import type { Build } from './standing-store.ts';
import { lineIn } from './words.ts';

/** Work that has lists of its own, beside the queue. */
export function OtherWork({ builds, figures }: { builds: Build[]; figures: Figures | undefined }) {
  const { t } = useFrame();
  return (
    <Card title={t('operation.builds')}>
      {builds.length === 0 ? <p>{t('operation.noBuilds')}</p> : <Builds builds={builds} />}
      {figures ? <Waiting figures={figures} /> : null}
    </Card>
  );
}

function Builds({ builds }: { builds: Build[] }) {
  const { t, language } = useFrame();
  return (
    <DataTable<Build>
      caption={t('operation.builds')}
      isCaptionHidden
      isCountHidden
      rows={builds}
      rowKey={(row) => row.id}
      columns={[
        {
          ...{ key: 'order', label: t('operation.order'), isRowHeading: true },
          value: (row) => row.number ?? t('operation.allOrders'),
        },
        {
          ...{ key: 'asked', label: t('operation.askedAt') },
          value: (row) => formatDayTime(row.askedAt, language),
        },
        {
          ...{ key: 'done', label: t('operation.progress') },
          value: (row) =>
            row.parts === 0 ? t('operation.notPlanned') : <MeterBar percent={(100 * row.done) / row.parts} />,
        },
        {
          ...{ key: 'failure', label: t('operation.state') },
          value: (row) =>
            row.failure === null
              ? t('operation.underWay')
              : lineIn(language, row.failure) || t('operation.failed'),
        },
      ]}
    />
  );
}

function Waiting({ figures: { work, timeReports } }: { figures: Figures }) {
  const { t, language } = useFrame();
  const due = formatNumber(Math.round(timeReports.waiting), language);
  return (
    <SummaryList
      rows={[
        { label: t('operation.remindersWaiting'), value: work.reminders },
        { label: t('operation.reportsWaiting'), value: work.reports },
        { label: t('operation.unsealed'), value: work.unsealed },
        {
          label: t('operation.timeReports'),
          value: t('operation.timeReportsKept', {
            count: formatNumber(Math.round(timeReports.kept), language),
            size: formatBytes(timeReports.bytes),
            due,
          }),
        },
      ]}
    />
  );
}
