import { formatDay } from '../../kernel/dates.ts';
import { type Language, pick } from '../../kernel/i18n.ts';
import { formatNumber } from '../../kernel/numbers.ts';
import { OfficeAsked, officeName } from '../../organisations/index.ts';
import {
  Button,
  ButtonRow,
  Card,
  DataTable,
  Details,
  EmptyState,
  ErrorSummary,
  errorFor,
  FilterBar,
  Form,
  HiddenFields,
  JobProgress,
  Notice,
  PageHeading,
  SelectField,
  SummaryList,
  TextArea,
  TextField,
  useFrame,
} from '../../shell/index.ts';
import { stateOf } from '../answers.ts';
import type { Calendar } from '../calendars/calendar.ts';
import type { StatementList } from '../statements/read-statement.ts';
import type { StatementFile } from '../stores/files.ts';
import type { StatementJob } from '../stores/jobs.ts';
import { durationText } from '../words.ts';
import { FilesCard } from './files.tsx';
import { promotionAddress } from './promotion.tsx';
import { StateTag } from './statement-view.tsx';

export const deskAddress = '/office/appraisal';
export type FormView = { values: Record<string, string>; errors: { field: string; text: string }[] };

export type DeskProps = {
  year: string;
  years: string[];
  officeCode: string;
  filter: 'all' | 'disputed' | 'corrected';
  /** The name or code looked for. */
  q?: string;
  list: StatementList;
  calendar: Calendar;
  jobs: StatementJob[];
  openObjections: number;
  mayIssue: boolean;
  today: string;
  state: FormView;
  /** Files of PDFs that the officer asked for; missing where he may not. */
  files?: StatementFile[];
};

/** A year's statements of the officer's subtree: where the cycle stands, what to do, who has one. */
export function DeskPage(props: DeskProps) {
  const { t } = useFrame();
  const { year, officeCode, list, state } = props;
  return (
    <>
      <ErrorSummary
        errors={state.errors}
        labels={{
          year: t('appraisal.year'),
          officeCode: t('appraisal.officeCode'),
          orderNumber: t('appraisal.orderNumber'),
          reason: t('appraisal.reason'),
        }}
      />
      <PageHeading
        title={t('appraisal.deskTitle')}
        lead={t('appraisal.deskLead')}
        actions={
          <Button href={promotionAddress} variant="secondary">
            {t('appraisal.promotionNav')}
          </Button>
        }
      />
      <FilterBar action={deskAddress}>
        <SelectField
          name="year"
          label={t('appraisal.year')}
          value={year}
          options={props.years.map((value) => ({ value, label: value }))}
        />
        <TextField name="q" label={t('appraisal.nameOrCode')} value={props.q} width="medium" />
        <OfficeAsked value={officeCode} />
        <SelectField
          name="state"
          label={t('appraisal.which')}
          value={props.filter}
          options={(['all', 'disputed', 'corrected'] as const).map((value) => ({
            value,
            label: t(`appraisal.which_${value}`),
          }))}
        />
      </FilterBar>
      <Cycle {...props} />
      {props.openObjections > 0 ? (
        <Notice tone="needs-you" title={t('appraisal.objectionsWait', { count: props.openObjections })}>
          {props.mayIssue ? (
            <p>
              <a href={`${deskAddress}/objections`}>{t('appraisal.objectionsOpen')}</a>
            </p>
          ) : (
            <p>{t('appraisal.objectionsElsewhere')}</p>
          )}
        </Notice>
      ) : null}
      {list.merged > 0 ? (
        <Notice tone="needs-you" title={t('appraisal.mergedTitle', { count: list.merged })}>
          <p>{t('appraisal.mergedText')}</p>
        </Notice>
      ) : null}
      {props.jobs.map((job) => (
        <Job key={job.jobId} job={job} mayStop={props.mayIssue} />
      ))}
      {props.mayIssue && list.counts.frozen === 0 ? <Work {...props} /> : null}
      <Statements list={list} year={year} office={officeCode} filter={props.filter} q={props.q} />
      {props.files ? (
        <FilesCard {...{ year, officeCode, files: props.files }} total={list.counts.frozen} />
      ) : null}
      {props.mayIssue && list.counts.frozen > 0 ? <Work {...props} /> : null}
    </>
  );
}

function Cycle({ calendar, list, year }: DeskProps) {
  const { t, language } = useFrame();
  const { counts } = list;
  const day = (text: string) => formatDay(text, language);
  return (
    <Card
      title={t('appraisal.cycle', { year })}
      aside={<a href={`${deskAddress}/calendars`}>{t('appraisal.calendars')}</a>}
    >
      <SummaryList
        rows={[
          { label: t('appraisal.cutOff'), value: day(calendar.cutOff) },
          { label: t('appraisal.freezeOn'), value: day(calendar.freezeOn) },
          { label: t('appraisal.serviceOn'), value: day(calendar.serviceOn) },
          { label: t('appraisal.objectionDays'), value: String(calendar.objectionDays) },
          { label: t('appraisal.calendarOrder'), value: calendar.orderNumber ?? t('appraisal.noOrder') },
          {
            label: t('appraisal.counts'),
            value: t('appraisal.countsText', grouped(counts, language)),
          },
        ]}
      />
    </Card>
  );
}

/** Figures as they stand in a sentence. */
function grouped(figures: Record<string, number>, language: Language): Record<string, string> {
  return Object.fromEntries(
    Object.entries(figures).map(([name, value]) => [name, formatNumber(value, language)]),
  );
}

function Job({ job, mayStop }: { job: StatementJob; mayStop: boolean }) {
  const { t, language } = useFrame();
  const title = `${t(`appraisal.job_${job.kind}`)}, ${job.year} (${job.officeCode})`;
  if (job.state === 'waiting' || job.state === 'running')
    return (
      <>
        <JobProgress
          title={title}
          done={job.done}
          total={Math.max(job.total, job.done)}
          refreshHref={`${deskAddress}?${new URLSearchParams({ year: job.year, office: job.officeCode })}`}
        />
        {job.failure ? <p>{t('appraisal.jobFault', { fault: job.failure })}</p> : null}
        {mayStop ? (
          <Form action={`${deskAddress}/jobs/${job.jobId}/stop`}>
            <Button variant="quiet">{t('appraisal.stopButton')}</Button>
          </Form>
        ) : null}
      </>
    );
  if (job.state === 'failed')
    return (
      <Notice tone="needs-you" title={`${title}: ${t('appraisal.jobState_failed')}`}>
        <p>{t('appraisal.jobFailed', { fault: job.failure ?? '–' })}</p>
        <p>
          {t(`appraisal.jobCounts_${job.kind}`, grouped({ made: job.made, leftOut: job.leftOut }, language))}
        </p>
      </Notice>
    );
  return (
    <p class="soft">
      {title}: {t(`appraisal.jobState_${job.state}`)};{' '}
      {t(`appraisal.jobCounts_${job.kind}`, grouped({ made: job.made, leftOut: job.leftOut }, language))}
    </p>
  );
}

type StatementsProps = { list: StatementList; year: string; office: string; filter: string; q?: string };

function Statements({ list, year, office, filter, q }: StatementsProps) {
  const { t, language } = useFrame();
  const same = new URLSearchParams({ year, office, state: filter });
  const query = new URLSearchParams({
    year,
    office,
    state: filter,
    ...(q ? { q } : {}),
    after: list.next ?? '',
  });
  return (
    <>
      <DataTable
        caption={t('appraisal.listCaption', { year })}
        rows={list.items}
        rowKey={(row) => row.statementNo}
        total={q ? undefined : list.counts.frozen}
        isCountHidden={q !== undefined && list.next !== null}
        empty={<EmptyState title={t('appraisal.listEmpty')}>{t('appraisal.listEmptyText')}</EmptyState>}
        nextHref={list.next ? `${deskAddress}?${query}` : undefined}
        columns={[
          {
            key: 'name',
            label: t('appraisal.name'),
            isRowHeading: true,
            value: (row) => `${pick(row.name, language)} (${row.code ?? '–'})`,
            href: (row) => `/statement/${row.statementNo}`,
          },
          {
            key: 'office',
            label: t('appraisal.office'),
            value: (row) => `${pick({ hi: row.officeHi, en: row.officeEn }, language)} (${row.officeCode})`,
          },
          { key: 'courses', label: t('appraisal.courses'), kind: 'number', value: (row) => row.courses },
          {
            key: 'time',
            label: t('appraisal.totalTime'),
            value: (row) => durationText(row.minutes, language),
          },
          { key: 'days', label: t('appraisal.days'), kind: 'number', value: (row) => row.days },
          {
            key: 'state',
            label: t('appraisal.status'),
            value: (row) => <StateTag state={stateOf({ isDisputed: row.isDisputed, replacedByNo: null })} />,
          },
          { key: 'served', label: t('appraisal.servedOn'), kind: 'date', value: (row) => row.servedOn },
        ]}
      />
      {list.items.length > 0 && office ? (
        <ButtonRow>
          <Button href={`${deskAddress}/statements.csv?${same}`} variant="quiet" icon="download">
            {t('appraisal.takeCsv')}
          </Button>
          <Button href={`${deskAddress}/statements.xlsx?${same}`} variant="quiet" icon="download">
            {t('appraisal.takeXlsx')}
          </Button>
        </ButtonRow>
      ) : null}
    </>
  );
}

function Work({ year, officeCode, calendar, today, state }: DeskProps) {
  const { t, language } = useFrame();
  const hidden = { year, officeCode };
  return (
    <>
      <Card title={t('appraisal.freezeTitle', { year })} lead={t('appraisal.freezeLead')}>
        {today < calendar.freezeOn ? (
          <p class="soft">{t('appraisal.freezeNotYet', { day: formatDay(calendar.freezeOn, language) })}</p>
        ) : (
          <Form action={`${deskAddress}/freezes`}>
            <HiddenFields values={hidden} />
            <Button>{t('appraisal.freezeButton')}</Button>
          </Form>
        )}
      </Card>
      <Details summary={t('appraisal.correctTitle')} isOpen={state.errors.length > 0}>
        <p>{t('appraisal.correctLead')}</p>
        <Form action={`${deskAddress}/corrections`}>
          <HiddenFields values={hidden} />
          <TextField
            name="orderNumber"
            label={t('appraisal.orderNumber')}
            value={state.values['orderNumber']}
            error={errorFor(state.errors, 'orderNumber')}
          />
          <TextArea
            name="reason"
            label={t('appraisal.reason')}
            value={state.values['reason']}
            error={errorFor(state.errors, 'reason')}
          />
          <Button variant="secondary">{t('appraisal.correctButton')}</Button>
        </Form>
      </Details>
    </>
  );
}

export function officeLabel(
  office: { officeHi: string; officeEn: string | null },
  language: 'hi' | 'en',
): string {
  return officeName({ nameHi: office.officeHi, nameEn: office.officeEn }, language);
}
