import { formatDay, formatDayTime } from '../../kernel/dates.ts';
import { pick } from '../../kernel/i18n.ts';
import { officeName } from '../../organisations/index.ts';
import {
  Button,
  ButtonRow,
  Card,
  DataTable,
  EmptyState,
  PageHeading,
  SummaryList,
  useFrame,
} from '../../shell/index.ts';
import { isGone } from '../ask-run.ts';
import { subjectIds } from '../definition.ts';
import type { SavedReport } from '../stores/reports.ts';
import type { Run } from '../stores/runs.ts';
import { subjects } from '../stores/subjects.ts';
import { key, subjectText } from '../words.ts';
import { home } from './query.ts';

type ListProps = { reports: SavedReport[]; runs: Run[]; ownerId: string | undefined; maySeeTaken: boolean };

/** What was kept, what others share, and where to begin. */
export function ReportsPage({ reports, runs, ownerId, maySeeTaken }: ListProps) {
  const { t, language } = useFrame();
  return (
    <>
      <PageHeading title={t('reports.title')} lead={t('reports.lead')} />
      <Card title={t('reports.beginTitle')} lead={t('reports.beginLead')}>
        <SummaryList
          rows={subjectIds.map((id) => ({
            label: subjectText(id, language),
            value: pick(subjects[id].lead, language),
            changeHref: `${home}/new?subject=${id}`,
            changeLabel: t('reports.begin'),
          }))}
        />
      </Card>
      <Card title={t('reports.savedTitle')}>
        <DataTable
          caption={t('reports.savedTitle')}
          isCaptionHidden
          rows={reports}
          rowKey={(row) => row.reportId}
          isCountHidden={reports.length === 0}
          empty={
            <EmptyState title={t('reports.savedNone')} icon="file">
              {t('reports.savedNoneAdvice')}
            </EmptyState>
          }
          columns={[
            {
              key: 'name',
              label: t('reports.name'),
              kind: 'link',
              isRowHeading: true,
              value: (row) => row.name,
              href: (row) => `${home}/${row.reportId}`,
            },
            {
              key: 'subject',
              label: t('reports.subject'),
              value: (row) => subjectText(row.definition.subject, language),
            },
            {
              key: 'office',
              label: t('reports.office'),
              value: (row) => officeName({ nameHi: row.officeHi, nameEn: row.officeEn }, language),
            },
            { key: 'whose', label: t('reports.whose'), value: (row) => t(key(whoseOf(row, ownerId))) },
            {
              key: 'schedule',
              label: t('reports.schedule'),
              value: (row) => t(key(`schedule_${row.schedule}`)),
            },
            { key: 'changed', label: t('reports.changed'), kind: 'date', value: (row) => row.changedAt },
          ]}
        />
      </Card>
      <RunsCard runs={runs} />
      {maySeeTaken ? (
        <Card title={t('reports.takenTitle')} lead={t('reports.takenLead')}>
          <Button href={`${home}/taken`} variant="secondary" icon="search">
            {t('reports.takenOpen')}
          </Button>
        </Card>
      ) : null}
    </>
  );
}

function whoseOf(report: SavedReport, ownerId: string | undefined): string {
  if (report.ownerId !== ownerId) return 'whose_shared';
  return report.isShared ? 'whose_ownShared' : 'whose_own';
}

export function RunsCard({ runs }: { runs: Run[] }) {
  const { t, language } = useFrame();
  if (runs.length === 0) return null;
  return (
    <Card title={t('reports.filesTitle')} lead={t('reports.filesLead')}>
      <SummaryList
        rows={runs.map((run) => ({
          label: formatDayTime(run.createdAt, language),
          value: (
            <a href={`${home}/files/${run.runId}`}>
              {run.name} · {run.format.toUpperCase()} ·{' '}
              {t(isGone(run) ? 'reports.gone' : key(`state_${run.state}`))}
            </a>
          ),
        }))}
      />
    </Card>
  );
}

export function dayText(day: string | null, language: 'hi' | 'en'): string {
  return day ? formatDay(day, language) : '–';
}

export function BackToReports() {
  const { t } = useFrame();
  return (
    <ButtonRow>
      <Button href={home} variant="quiet" icon="back">
        {t('reports.title')}
      </Button>
    </ButtonRow>
  );
}
