import type { Day } from '../../kernel/dates.ts';
import { formatDay } from '../../kernel/dates.ts';
import { formatNumber, formatPercent } from '../../kernel/numbers.ts';
import {
  type Band,
  BandsBar,
  Button,
  Card,
  type Column,
  DataTable,
  DateField,
  EmptyState,
  FilterBar,
  PageHeading,
  SummaryList,
  Tabs,
  Tag,
} from '../../shell/index.ts';
import type { MandateLine, MandateSummary } from '../mandate-summary.ts';
import type { MandateStatus } from '../standing.ts';
import type { CitingOrder } from '../stores/order-pages.ts';
import type { OrderRow } from '../stores/orders.ts';
import type { BoundPerson } from '../stores/persons.ts';
import { ScanCard, SourceNotes } from './review-page.tsx';
import { type Names, orderNotes, orderSentence } from './sentence.ts';
import { officeText, orderLine, type Say, statusKeys, statusTones, titleOfOrder } from './words.ts';

export const statuses: readonly MandateStatus[] = ['met', 'metLate', 'open', 'overdue', 'exempt'];
const tones = { met: 'done', metLate: 'late', open: 'open', overdue: 'overdue', exempt: 'exempt' } as const;

export function statusHref(mandateId: string, params: Record<string, string | undefined> = {}): string {
  return withParams(`/office/orders/${mandateId}`, params);
}

export function personsHref(mandateId: string, params: Record<string, string | undefined>): string {
  return withParams(`/office/orders/${mandateId}/persons`, params);
}

function withParams(path: string, params: Record<string, string | undefined>): string {
  const given = Object.entries(params).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
}

export type StatusProps = {
  order: OrderRow;
  summary: MandateSummary;
  names: Names;
  citing: CitingOrder[];
  /** The office above, where one may go up to it. */
  above?: { code: string; nameHi: string; nameEn: string | null };
  mayName: boolean;
  mayOrder: boolean;
  today: Day;
  /** The day that was asked for, as it was typed. */
  asked: string | undefined;
  sort: StatusSort;
  /** Every office below, not the first of them. */
  isWhole: boolean;
  say: Say;
};

export const statusSorts = ['share', 'name', 'bound', 'overdue'] as const;
export type StatusSort = (typeof statusSorts)[number];

/** Where an order stands for an office and those below it: five figures that add up to the bound. */
export function StatusPage(props: StatusProps) {
  const { order, summary, names, say } = props;
  const { t, language } = say;
  const late = summary.overdue ? 'overdue' : 'open';
  return (
    <>
      <PageHeading
        title={titleOfOrder(order, language)}
        lead={`${officeText(summary.office, language)} · ${t('orders.historyAt', { day: formatDay(summary.asOf, language) })}`}
        actions={
          props.mayName && !summary.masked ? (
            <Button
              variant="secondary"
              href={personsHref(order.mandateId, { ...paramsOf(props), status: late })}
              icon="people"
            >
              {t('orders.followUp', { status: t(statusKeys[late]) })}
            </Button>
          ) : null
        }
      />
      <Figures {...props} />
      <Card title={t('orders.says')}>
        <p>
          <b>{orderSentence(order.rules, names, say)}</b>
        </p>
        <p class="soft">{orderLine(order, say)}</p>
        <SourceNotes rules={order.rules} say={say} />
        <OrderState {...props} />
      </Card>
      <ChildrenCard {...props} />
      {props.mayOrder ? (
        <ScanCard order={order} here={`/office/orders/${order.mandateId}`} say={say} />
      ) : null}
    </>
  );
}

function paramsOf({ summary, today }: Pick<StatusProps, 'summary' | 'today'>) {
  return { office: summary.office.code, asOf: summary.asOf === today ? undefined : summary.asOf };
}

function Figures(props: StatusProps) {
  const { order, summary, say, today, above } = props;
  const { t, language } = say;
  const params = paramsOf(props);
  const links = props.mayName
    ? (status: MandateStatus) => personsHref(order.mandateId, { ...params, status })
    : undefined;
  return (
    <Card
      title={t('orders.where')}
      aside={
        above ? (
          <a href={statusHref(order.mandateId, { ...params, office: above.code })}>
            {t('orders.goUp', { office: officeText(above, language) })}
          </a>
        ) : null
      }
      lead={metText(summary, say)}
    >
      <FilterBar
        action={statusHref(order.mandateId)}
        submitLabel={t('orders.show')}
        hidden={{ office: summary.office.code }}
      >
        <DateField name="asOf" label={t('orders.asOf')} value={summary.asOf} max={today} />
      </FilterBar>
      {props.asked && props.asked !== summary.asOf ? (
        <p role="status">{t('orders.otherDay', { day: formatDay(summary.asOf, language) })}</p>
      ) : null}
      {summary.masked ? (
        <p>{t('orders.maskedWhole')}</p>
      ) : summary.bound === 0 ? (
        <EmptyState title={t('orders.nobodyTitle')} icon="people">
          {t('orders.nobodyText')}
        </EmptyState>
      ) : (
        <BandsBar
          label={t('orders.where')}
          totalLabel={t('orders.bound')}
          bands={bandsOf(summary, say, links)}
        />
      )}
    </Card>
  );
}

function bandsOf(line: MandateLine, { t }: Say, link?: (status: MandateStatus) => string): Band[] {
  return statuses.map((status) => ({
    label: t(statusKeys[status]),
    value: line[status] ?? 0,
    tone: tones[status],
    href: link && (line[status] ?? 0) > 0 ? link(status) : undefined,
  }));
}

/** (पूर्ण + विलंब से पूर्ण) of those not exempt. */
export function metShare(line: MandateLine): number | null {
  const { bound, met, metLate, exempt } = line;
  if (bound === null || met === null || metLate === null || exempt === null || bound === exempt) return null;
  return (100 * (met + metLate)) / (bound - exempt);
}

function metText(line: MandateLine, { t, language }: Say): string | undefined {
  const { bound, met, metLate, exempt } = line;
  if (bound === null || met === null || metLate === null || exempt === null || bound === exempt)
    return undefined;
  const of = bound - exempt;
  return t('orders.metShare', {
    percent: formatPercent(met + metLate, of),
    met: formatNumber(met + metLate, language),
    of: formatNumber(of, language),
  });
}

function sorted({ summary, sort, say }: StatusProps): MandateLine[] {
  const shown = summary.children.filter((line) => line.masked || line.bound !== 0);
  if (sort === 'name')
    return shown.toSorted((a, b) =>
      officeText(a.office, say.language).localeCompare(officeText(b.office, say.language), say.language),
    );
  const weight = (line: MandateLine) =>
    sort === 'share' ? (metShare(line) ?? -1) : ((sort === 'bound' ? line.bound : line.overdue) ?? -1);
  return shown.toSorted((a, b) => weight(b) - weight(a));
}

/** No ranking of offices with fewer people. */
export const fewest = 20;
const firstRows = 25;

function ChildrenCard(props: StatusProps) {
  const { order, sort, say } = props;
  const { t, language } = say;
  const all = sorted(props);
  if (all.length === 0) return null;
  const rows = props.isWhole ? all : all.slice(0, firstRows);
  const params = { ...paramsOf(props), rows: props.isWhole ? 'all' : undefined };
  const whole = `${statusHref(order.mandateId, { ...params, sort, rows: 'all' })}#children`;
  const sortable = (key: StatusSort): Partial<Column<MandateLine>> => ({
    sortHref: `${statusHref(order.mandateId, { ...params, sort: key })}#children`,
    sorted: sort === key ? (key === 'name' ? 'ascending' : 'descending') : undefined,
  });
  const figure = (status: MandateStatus): Column<MandateLine> => ({
    key: status,
    label: t(statusKeys[status]),
    kind: 'number',
    value: (line) => (line.masked ? 'masked' : line[status]),
    ...(status === 'overdue' ? sortable('overdue') : {}),
  });
  return (
    <Card
      title={t('orders.children')}
      lead={t('orders.childrenLead')}
      id="children"
      aside={
        <a href={withParams(`/office/orders/${order.mandateId}/offices.csv`, params)} download>
          {t('orders.csv')}
        </a>
      }
    >
      <DataTable
        caption={t('orders.children')}
        isCaptionHidden
        isCompact
        total={all.length}
        rows={rows}
        rowKey={(line) => line.office.code}
        columns={[
          {
            key: 'office',
            label: t('orders.office'),
            kind: 'link',
            isRowHeading: true,
            value: (line) => officeText(line.office, language),
            href: (line) => statusHref(order.mandateId, { ...params, office: line.office.code }),
            ...sortable('name'),
          },
          {
            key: 'bound',
            label: t('orders.bound'),
            kind: 'number',
            value: (line) => (line.masked ? 'masked' : line.bound),
            ...sortable('bound'),
          },
          ...statuses.map(figure),
          {
            key: 'share',
            label: t('orders.share'),
            kind: 'meter',
            value: (line) => ((line.bound ?? 0) < fewest ? null : metShare(line)),
            ...sortable('share'),
          },
        ]}
      />
      {rows.length < all.length ? (
        <p>
          <a href={whole}>{t('orders.childrenAll', { n: formatNumber(all.length, language) })}</a>
        </p>
      ) : null}
      <p class="soft">{sumText(props)}</p>
    </Card>
  );
}

/** How the offices below add up to the office: who is posted right here, and who is posted twice, is the rest. */
function sumText({ summary, say: { t, language } }: StatusProps): string {
  const bounds = summary.children.map((line) => line.bound);
  if (summary.bound === null || bounds.includes(null)) return t('orders.childrenSum');
  const sum = bounds.reduce<number>((total, bound) => total + (bound ?? 0), 0);
  const n = (value: number) => formatNumber(value, language);
  return t('orders.childrenAdd', { sum: n(sum), bound: n(summary.bound) });
}

/** What later orders made of this one, and what may be done with it. */
function OrderState({ order, citing, mayOrder, mayName, say }: StatusProps) {
  const { t, language } = say;
  const here = `/office/orders/${order.mandateId}`;
  return (
    <>
      {citing.length > 0 ? (
        <ul>
          {citing.map((one) => (
            <li key={one.mandateId}>
              <a href={`/office/orders/${one.mandateId}`}>{citingText(one, say)}</a>{' '}
              {one.state === 'draft' ? <Tag tone="draft">{t('orders.stateDraft')}</Tag> : null}
            </li>
          ))}
        </ul>
      ) : null}
      <p>
        {order.scanFileId ? (
          <>
            <a href={`${here}/scan`}>{t('orders.scanOpen')}</a> ·{' '}
          </>
        ) : null}
        <a href={`${here}/history`}>{t('orders.history')}</a>
        {mayOrder || mayName ? (
          <>
            {' · '}
            <a href={`${here}/reminders`}>{t('orders.reminders')}</a>
          </>
        ) : null}
        {mayOrder && order.inForceUntil === null ? (
          <>
            {' · '}
            <a href={`${here}/extension`}>{t('orders.extend')}</a>
            {' · '}
            <a href={`/office/orders/new?amends=${order.mandateId}`}>{t('orders.amend')}</a>
            {' · '}
            <a href={`${here}/withdrawal`}>{t('orders.withdraw')}</a>
          </>
        ) : null}
      </p>
      {order.inForceUntil ? (
        <p>
          {t(order.endedBy === 'withdrawal' ? 'orders.withdrawnOn' : 'orders.endedOn', {
            day: formatDay(order.inForceUntil, language),
          })}
        </p>
      ) : null}
    </>
  );
}

/** What a citing order does, in one line. */
export function citingText(one: CitingOrder, { t, language }: Say): string {
  const day = (value: Day | null) => (value ? formatDay(value, language) : '');
  const head = { number: one.number, day: formatDay(one.orderDate, language) };
  if (one.kind === 'extension') return t('orders.didExtend', { ...head, until: day(one.until) });
  const key = one.kind === 'amendment' ? 'orders.didAmend' : 'orders.didWithdraw';
  return t(key, { ...head, from: day(one.effectiveOn) });
}

export type PersonsProps = {
  order: OrderRow;
  office: { code: string; nameHi: string; nameEn: string | null };
  asOf: Day;
  today: Day;
  status: MandateStatus | undefined;
  items: BoundPerson[];
  next: string | null;
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
          columns={personColumns(say)}
        />
      </Card>
    </>
  );
}

function personColumns(say: Say): Column<BoundPerson>[] {
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
    { key: 'due', label: t('orders.dueDay'), kind: 'date', value: (row) => row.dueOn },
    { key: 'reached', label: t('orders.reachedDay'), kind: 'date', value: (row) => row.reachedOn },
  ];
}

export type HistoryProps = {
  order: OrderRow;
  citing: CitingOrder[];
  asOf: Day;
  today: Day;
  /** The order of the line that spoke on the day, and what its codes are called. */
  spoke: OrderRow | undefined;
  names: Names | undefined;
  say: Say;
};

/** What was in force of an order on a day: the order itself and those that cite it. */
export function HistoryPage({ order, citing, asOf, today, spoke, names, say }: HistoryProps) {
  const { t, language } = say;
  const known = citing.filter((one) => one.state === 'published' && one.orderDate <= asOf);
  const until = known
    .flatMap((one) => (one.kind === 'extension' && one.until ? [one.until] : []))
    .toSorted()
    .at(-1);
  const ended = known.find((one) => one.kind !== 'extension' && (one.effectiveOn ?? '') <= asOf);
  const { window } = order.rules;
  const last = 'to' in window ? (until && until > window.to ? until : window.to) : undefined;
  return (
    <>
      <PageHeading
        title={t('orders.historyTitle', { number: order.number })}
        lead={titleOfOrder(order, language)}
      />
      <FilterBar action={`/office/orders/${order.mandateId}/history`} submitLabel={t('orders.show')}>
        <DateField name="asOf" label={t('orders.asOf')} value={asOf} max={today} />
      </FilterBar>
      <Card title={t('orders.historyAt', { day: formatDay(asOf, language) })}>
        <SummaryList
          rows={[
            { label: t('orders.historyState'), value: stateText({ order, ended, asOf }, say) },
            ...(last ? [{ label: t('orders.to'), value: formatDay(last, language) }] : []),
          ]}
        />
      </Card>
      {spoke && names ? (
        <Card title={t('orders.historyRules')}>
          <p>
            <b>{orderSentence(spoke.rules, names, say)}</b>
          </p>
          <ul>
            {orderNotes(spoke.rules, say).map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
          <p class="soft">
            {spoke.mandateId === order.mandateId ? (
              orderLine(spoke, say)
            ) : (
              <a href={statusHref(spoke.mandateId)}>{orderLine(spoke, say)}</a>
            )}
          </p>
        </Card>
      ) : null}
      <Card title={t('orders.historyAll')}>
        <ul>
          <li>{orderLine(order, say)}</li>
          {citing.map((one) => (
            <li key={one.mandateId}>
              <a href={`/office/orders/${one.mandateId}`}>{citingText(one, say)}</a>{' '}
              {one.state === 'draft' ? <Tag tone="draft">{t('orders.stateDraft')}</Tag> : null}
            </li>
          ))}
        </ul>
      </Card>
    </>
  );
}

type StateAt = { order: OrderRow; ended: CitingOrder | undefined; asOf: Day };

function stateText({ order, ended, asOf }: StateAt, say: Say): string {
  if (order.orderDate > asOf) return say.t('orders.notYet');
  return ended ? citingText(ended, say) : say.t('orders.statePublished');
}
