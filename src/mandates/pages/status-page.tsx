import type { Day } from '../../kernel/dates.ts';
import { formatDay } from '../../kernel/dates.ts';
import { formatNumber, formatPercent } from '../../kernel/numbers.ts';
import { OfficeAsked } from '../../organisations/index.ts';
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
  Tag,
} from '../../shell/index.ts';
import type { MandateLine, MandateSummary } from '../mandate-summary.ts';
import type { MandateStatus } from '../standing.ts';
import type { CitingOrder } from '../stores/order-pages.ts';
import type { OrderRow } from '../stores/orders.ts';
import { RecountFailure } from './build-page.tsx';
import { LookAhead, NotOfThatDay } from './not-yet-issued.tsx';
import { ScanCard, SourceNotes } from './review-page.tsx';
import { type Names, orderSentence } from './sentence.ts';
import { personsHref, statuses, statusHref, withParams } from './status-links.ts';
import { citingText, officeText, orderLine, placeText, type Say, statusKeys, titleOfOrder } from './words.ts';

const tones = { met: 'done', metLate: 'late', open: 'open', overdue: 'overdue', exempt: 'exempt' } as const;

export type StatusProps = {
  order: OrderRow;
  summary: MandateSummary;
  names: Names;
  citing: CitingOrder[];
  /** The order whose place it took. */
  cited: OrderRow | undefined;
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
  /** Whether the reader sees the office's figures exactly. */
  isExact: boolean;
  /** Why everybody is not counted again yet: for who may act. */
  failure?: string;
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
          props.mayName && summary.bound ? (
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
      {props.failure ? <RecountFailure failure={props.failure} say={say} /> : null}
      <NotOfThatDay
        {...{ order, say }}
        asOf={summary.asOf}
        cited={props.cited}
        next={endedBy(props.citing)}
      />
      <LookAhead asOf={summary.asOf} today={props.today} say={say} />
      <Figures {...props} />
      <Card title={t('orders.says')}>
        <p>
          <b>{orderSentence(order.rules, names, { ...say, extendedUntil: order.extendedUntil })}</b>
        </p>
        <p class="soft">{orderLine(order, say)}</p>
        {props.cited ? (
          <p>
            <a href={statusHref(props.cited.mandateId)}>{placeText(order, props.cited, say)}</a>
          </p>
        ) : null}
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

function endedBy(citing: CitingOrder[]): CitingOrder | undefined {
  return citing.find((one) => one.state === 'published' && one.kind !== 'extension');
}

function paramsOf({ summary, today }: Pick<StatusProps, 'summary' | 'today'>) {
  return { office: summary.office.code, asOf: summary.asOf === today ? undefined : summary.asOf };
}

function Figures(props: StatusProps) {
  const { order, summary, say, above } = props;
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
      <FilterBar action={statusHref(order.mandateId)} submitLabel={t('orders.show')}>
        <OfficeAsked value={summary.office.code} />
        <DateField name="asOf" label={t('orders.asOf')} value={summary.asOf} />
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
          totalLabel={t('orders.boundSum')}
          isPercentHidden={(summary.bound ?? 0) < fewest || summary.exempt !== 0}
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
  if (bound < fewest)
    return t('orders.metCount', {
      met: formatNumber(met + metLate, language),
      of: formatNumber(of, language),
    });
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
  // Who is left may be a few, and small counts are for those who see the office exactly.
  const own = props.isExact ? ownLine(props.summary) : [];
  const rows: ChildLine[] = [...(props.isWhole ? all : all.slice(0, firstRows)), ...own];
  const params = { ...paramsOf(props), rows: props.isWhole ? 'all' : undefined };
  const whole = `${statusHref(order.mandateId, { ...params, sort, rows: 'all' })}#children`;
  const sortable = (key: StatusSort): Partial<Column<ChildLine>> => ({
    sortHref: `${statusHref(order.mandateId, { ...params, sort: key })}#children`,
    sorted: sort === key ? (key === 'name' ? 'ascending' : 'descending') : undefined,
  });
  const figure = (status: MandateStatus): Column<ChildLine> => ({
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
        total={all.length + own.length}
        rows={rows}
        rowKey={(line) => `${line.office.code} ${line.isItself}`}
        columns={[
          {
            key: 'office',
            label: t('orders.office'),
            kind: 'link',
            isRowHeading: true,
            value: (line) => {
              const office = officeText(line.office, language);
              return line.isItself ? t('orders.atOfficeItself', { office }) : office;
            },
            href: (line) =>
              line.isItself
                ? undefined
                : statusHref(order.mandateId, { ...params, office: line.office.code }),
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
      {!props.isWhole && all.length > firstRows ? (
        <p>
          <a href={whole}>{t('orders.childrenAll', { n: formatNumber(all.length, language) })}</a>
        </p>
      ) : null}
      <p class="soft">{sumText(props)}</p>
    </Card>
  );
}

type ChildLine = MandateLine & { isItself?: boolean };

/**
 * Who is posted right at the office, so that the lines add up to it: what is left where the offices below are taken
 * away. None where anything is masked, or where those posted in two of them leave less than nothing.
 */
function ownLine(summary: MandateSummary): ChildLine[] {
  const lines: MandateLine[] = [summary, ...summary.children];
  if (lines.some((line) => line.masked || line.bound === null)) return [];
  const rest = (key: 'bound' | MandateStatus) =>
    summary.children.reduce((left, line) => left - (line[key] ?? 0), summary[key] ?? 0);
  const left = Object.fromEntries(statuses.map((status) => [status, rest(status)]));
  const bound = rest('bound');
  if (bound <= 0 || Object.values(left).some((count) => count < 0)) return [];
  const { met = 0, metLate = 0, open = 0, overdue = 0, exempt = 0 } = left;
  const { office } = summary;
  return [{ office, masked: false, bound, met, metLate, open, overdue, exempt, isItself: true }];
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
function OrderState({ order, citing, mayOrder, mayName, summary, say }: StatusProps) {
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
      {order.inForceUntil && summary.asOf <= order.inForceUntil ? (
        <p>
          {t(order.endedBy === 'withdrawal' ? 'orders.withdrawnOn' : 'orders.endedOn', {
            day: formatDay(order.inForceUntil, language),
          })}
        </p>
      ) : null}
    </>
  );
}
