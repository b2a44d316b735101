import type { Day } from '../../kernel/dates.ts';
import { formatDay } from '../../kernel/dates.ts';
import {
  Button,
  Card,
  type Column,
  DataTable,
  EmptyState,
  PageHeading,
  Tabs,
  Tag,
} from '../../shell/index.ts';
import type { MandateStatus } from '../standing.ts';
import type { OrderRow } from '../stores/orders.ts';
import type { BoundPerson } from '../stores/persons.ts';
import { progressLines, type ToldConditions } from '../words.ts';
import { LookAhead, NotOfThatDay } from './not-yet-issued.tsx';
import { personsHref, statuses, withParams } from './status-links.ts';
import { officeText, type Say, statusKeys, statusTones, titleOfOrder } from './words.ts';

export type PersonsProps = {
  order: OrderRow;
  office: { code: string; nameHi: string; nameEn: string | null };
  asOf: Day;
  today: Day;
  status: MandateStatus | undefined;
  items: BoundPerson[];
  next: string | null;
  /** How far each is, by person. */
  progress: ReadonlyMap<string, ToldConditions>;
  say: Say;
};

/** The people behind a figure: to be followed up one by one, or as a file. */
export function OrderPersonsPage(props: PersonsProps) {
  const { order, office, asOf, today, status, items, next, say } = props;
  const { t, language } = say;
  const params = { office: office.code, asOf: asOf === today ? undefined : asOf };
  const csv = withParams(`/office/orders/${order.mandateId}/persons.csv`, { ...params, status });
  return (
    <>
      <PageHeading
        title={t('orders.personsTitle', { office: officeText(office, language) })}
        lead={`${titleOfOrder(order, language)} · ${t('orders.historyAt', { day: formatDay(asOf, language) })}`}
        actions={
          <Button href={csv} variant="secondary" icon="download" isDownload>
            {t('orders.csv')}
          </Button>
        }
      />
      <NotOfThatDay order={order} asOf={asOf} say={say} />
      <LookAhead asOf={asOf} today={today} say={say} />
      <Tabs
        label={t('orders.status')}
        tabs={[undefined, ...statuses].map((one) => ({
          label: one ? t(statusKeys[one]) : t('orders.everyStatus'),
          href: personsHref(order.mandateId, { ...params, status: one }),
          isActive: one === status,
        }))}
      />
      <Card>
        <DataTable
          caption={t('orders.personsTitle', { office: officeText(office, language) })}
          isCaptionHidden
          isCountHidden={next !== null}
          rows={items}
          rowKey={(row) => row.personId}
          empty={
            <EmptyState title={t('orders.personsNoneTitle')} icon="people">
              {t('orders.personsNone')}
            </EmptyState>
          }
          nextHref={next ? personsHref(order.mandateId, { ...params, status, after: next }) : undefined}
          columns={personColumns(props)}
        />
      </Card>
    </>
  );
}

function personColumns({ progress, say }: PersonsProps): Column<BoundPerson>[] {
  const { t, language } = say;
  return [
    {
      key: 'name',
      label: t('orders.name'),
      kind: 'link',
      isRowHeading: true,
      value: (row) => officeText(row, language) || row.employeeCode,
      href: (row) => `/office/persons/${row.personId}`,
    },
    { key: 'code', label: t('orders.code'), value: (row) => row.employeeCode },
    {
      key: 'office',
      label: t('orders.office'),
      value: (row) => officeText({ nameHi: row.officeHi, nameEn: row.officeEn }, language),
    },
    {
      key: 'status',
      label: t('orders.status'),
      value: (row) => <Tag tone={statusTones[row.status]}>{t(statusKeys[row.status])}</Tag>,
    },
    {
      key: 'done',
      label: t('orders.doneSoFar'),
      value: (row) => {
        const told = row.status === 'exempt' ? undefined : progress.get(row.personId);
        return told ? progressLines(told, language).map((line) => <div key={line}>{line}</div>) : null;
      },
    },
    { key: 'due', label: t('orders.dueDay'), kind: 'date', value: (row) => row.dueOn },
    { key: 'reached', label: t('orders.reachedDay'), kind: 'date', value: (row) => row.reachedOn },
  ];
}
