import { formatDay } from '../../kernel/dates.ts';
import { durationText } from '../../kernel/duration.ts';
import type { MessageKey } from '../../kernel/i18n.ts';
import { formatNumber } from '../../kernel/numbers.ts';
import { courseHref } from '../../learning/index.ts';
import {
  Button,
  Card,
  DataTable,
  EmptyState,
  PageHeading,
  Stat,
  StatStrip,
  Tabs,
  Tag,
} from '../../shell/index.ts';
import { usualDay } from '../rules/training-day.ts';
import type { PersonMandate } from '../standing.ts';
import type { OtherItem } from '../stores/year-items.ts';
import { progressLines } from '../words.ts';
import type { TrainingYear } from '../year.ts';
import { ProgressText } from './progress-text.tsx';
import { officeText, type Say, statusKeys, statusTones, titleOfOrder, whenText } from './words.ts';

type YearProps = { training: TrainingYear; years: string[]; today: string; say: Say };

export function yearHref(name: string, kind = ''): string {
  return `/orders/year${kind}?year=${name}`;
}

/** One's own training of a year: no statement, but the same facts to look at any day. */
export function YearPage({ training, years, today, say }: YearProps) {
  const { t, language } = say;
  const { year, asOf } = training;
  return (
    <>
      <PageHeading
        title={t('orders.yearTitle', { year: year.name })}
        lead={t('orders.yearLead', { from: formatDay(year.from, language), to: formatDay(asOf, language) })}
        actions={
          <Button href={yearHref(year.name, '.pdf')} variant="secondary" icon="pdf" isDownload>
            {t('orders.yearPdf')}
          </Button>
        }
      />
      <Tabs
        label={t('orders.years')}
        tabs={years.map((name) => ({ label: name, href: yearHref(name), isActive: name === year.name }))}
      />
      <Totals training={training} say={say} />
      <Card title={t('orders.yearOrders')}>
        {training.orders.length === 0 ? <p>{noOrders(training, today, say)}</p> : null}
        <DataTable
          caption={t('orders.yearOrders')}
          isCaptionHidden
          isCountHidden
          rows={training.orders}
          rowKey={(row) => row.mandate.id}
          empty={<span />}
          columns={orderColumns(today, say)}
        />
      </Card>
      <CoursesCard training={training} say={say} />
      {training.others.length > 0 ? <OthersCard training={training} say={say} /> : null}
    </>
  );
}

function noOrders({ year }: TrainingYear, today: string, { t }: Say): string {
  return t(year.to < today ? 'orders.yearNoOrders' : 'orders.noneTitle');
}

function orderColumns(today: string, say: Say) {
  const { t, language } = say;
  return [
    {
      key: 'order',
      label: t('orders.order'),
      kind: 'link' as const,
      isRowHeading: true,
      value: (row: PersonMandate) => titleOfOrder(row.mandate, language),
      href: (row: PersonMandate) => `/orders/${row.mandate.id}`,
    },
    {
      key: 'status',
      label: t('orders.status'),
      value: (row: PersonMandate) => <Tag tone={statusTones[row.status]}>{t(statusKeys[row.status])}</Tag>,
    },
    { key: 'when', label: t('orders.dueDay'), value: (row: PersonMandate) => whenText(row, today, say) },
    {
      key: 'done',
      label: t('orders.doneSoFar'),
      value: (row: PersonMandate) => <ProgressText row={row} say={say} />,
    },
  ];
}

function Totals({ training, say }: { training: TrainingYear; say: Say }) {
  return (
    <StatStrip>
      {statsOf(training, say).map((stat) => (
        <Stat key={stat.label} {...stat} />
      ))}
    </StatStrip>
  );
}

/** The sums of the statement, of the year until today. */
function statsOf({ totals }: TrainingYear, { t, language }: Say) {
  const time = (minutes: number) => durationText(minutes, language);
  const { minutesPerDay, attendanceShare } = usualDay;
  const parts = {
    online: time(totals.onlineMinutes),
    classroom: time(totals.classroomMinutes),
    elsewhere: time(totals.elsewhereMinutes),
  };
  const least = time(minutesPerDay * attendanceShare);
  return [
    { label: t('orders.yearCourses'), value: totals.courses, detail: t('orders.yearCoursesDetail') },
    { label: t('orders.yearTime'), value: time(totals.minutes), detail: t('orders.yearTimeDetail', parts) },
    { label: t('orders.yearDays'), value: totals.days, detail: t('orders.yearDaysDetail', { least }) },
  ];
}

function CoursesCard({ training, say }: { training: TrainingYear; say: Say }) {
  const { t, language } = say;
  return (
    <Card title={t('orders.yearDone')}>
      <DataTable
        caption={t('orders.yearDone')}
        isCaptionHidden
        rows={training.courses}
        rowKey={(one) => one.completionId}
        empty={
          <EmptyState title={t('orders.yearNoneTitle')} icon="course" headingLevel={3}>
            {t('orders.yearNone')}
          </EmptyState>
        }
        columns={[
          {
            key: 'title',
            label: t('orders.course'),
            kind: 'link',
            isRowHeading: true,
            value: (one) =>
              officeText({ nameHi: one.title.hi, nameEn: one.title.en }, language) || one.courseCode,
            href: (one) => courseHref(one.courseCode),
          },
          { key: 'day', label: t('orders.doneDay'), kind: 'date', value: (one) => one.completedDay },
          { key: 'time', label: t('orders.time'), value: (one) => durationText(one.minutes, language) },
          { key: 'certificate', label: t('orders.certificate'), value: (one) => one.certificateNo },
          {
            key: 'renewal',
            label: t('orders.note'),
            value: (one) => (one.isRenewal ? t('orders.isRenewal') : null),
          },
        ]}
      />
    </Card>
  );
}

function OthersCard({ training, say }: { training: TrainingYear; say: Say }) {
  const { t, language } = say;
  return (
    <Card title={t('orders.yearOthers')}>
      <DataTable
        caption={t('orders.yearOthers')}
        isCaptionHidden
        rows={training.others}
        rowKey={(one) => `${one.kind}${one.day}${one.titleHi ?? one.titleEn}`}
        columns={[
          {
            key: 'title',
            label: t('orders.training'),
            isRowHeading: true,
            value: (one) => officeText({ nameHi: one.titleHi, nameEn: one.titleEn }, language),
          },
          { key: 'provider', label: t('orders.provider'), value: (one) => one.provider },
          { key: 'day', label: t('orders.doneDay'), kind: 'date', value: (one) => one.day },
          { key: 'time', label: t('orders.time'), value: (one) => durationText(one.minutes, language) },
          {
            key: 'kind',
            label: t('orders.note'),
            value: (one) => otherNote(one, say),
          },
        ]}
      />
    </Card>
  );
}

/** By which way a session was held; that a claim was accepted; and where its time is counted by the course. */
function otherNote({ kind, mode, isRenewal, isCounted }: OtherItem, { t }: Say): string {
  const what = t(kind === 'claim' ? 'orders.isClaim' : (`service.mode_${mode}` as MessageKey));
  if (isRenewal) return `${what}; ${t('orders.isRenewal')}`;
  return isCounted ? what : `${what}; ${t('orders.isCountedElsewhere')}`;
}

/** What the year's page says, as the PDF's template reads it. */
export function yearPdfData(
  { training, today, say }: Omit<YearProps, 'years'>,
  person: { name: string; subtitle: string; madeAt: string },
) {
  const { t, language } = say;
  const { year, asOf } = training;
  return {
    language,
    title: t('orders.yearTitle', { year: year.name }),
    person: person.name,
    subtitle: person.subtitle,
    lead: t('orders.yearLead', { from: formatDay(year.from, language), to: formatDay(asOf, language) }),
    note: t('orders.yearNotStatement'),
    stats: statsOf(training, say).map(({ label, value }) => ({
      label,
      value: typeof value === 'number' ? formatNumber(value, language) : value,
    })),
    tables: [
      {
        title: t('orders.yearOrders'),
        empty: noOrders(training, today, say),
        widths: [5, 2, 4, 5],
        head: [t('orders.order'), t('orders.status'), t('orders.dueDay'), t('orders.doneSoFar')],
        rows: training.orders.map((row) => [
          titleOfOrder(row.mandate, language),
          t(statusKeys[row.status]),
          whenText(row, today, say),
          row.status === 'exempt' ? '–' : progressLines(row, language).join('\n'),
        ]),
      },
      {
        title: t('orders.yearDone'),
        empty: t('orders.yearNoneTitle'),
        widths: [6, 3, 3, 4],
        head: [t('orders.course'), t('orders.doneDay'), t('orders.time'), t('orders.certificate')],
        rows: training.courses.map((one) => [
          officeText({ nameHi: one.title.hi, nameEn: one.title.en }, language) || one.courseCode,
          formatDay(one.completedDay, language),
          durationText(one.minutes, language),
          one.certificateNo ?? (one.isRenewal ? t('orders.isRenewal') : '–'),
        ]),
      },
      ...(training.others.length > 0
        ? [
            {
              title: t('orders.yearOthers'),
              empty: '',
              widths: [6, 3, 3, 4],
              head: [t('orders.training'), t('orders.doneDay'), t('orders.time'), t('orders.note')],
              rows: training.others.map((one) => [
                officeText({ nameHi: one.titleHi, nameEn: one.titleEn }, language),
                formatDay(one.day, language),
                durationText(one.minutes, language),
                otherNote(one, say),
              ]),
            },
          ]
        : []),
    ],
    footer: person.madeAt,
  };
}
