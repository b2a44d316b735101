import { dayRemarks } from '../../insight/index.ts';
import type { Day } from '../../kernel/dates.ts';
import { formatDay, indiaDay } from '../../kernel/dates.ts';
import {
  Card,
  DateField,
  ErrorSummary,
  FilterBar,
  PageHeading,
  SummaryList,
  Tag,
} from '../../shell/index.ts';
import { lastDayOf } from '../rules/last-day.ts';
import type { CitingOrder, ScanCopy } from '../stores/order-pages.ts';
import type { OrderRow } from '../stores/orders.ts';
import { type Names, orderNotes, orderSentence } from './sentence.ts';
import { statusHref } from './status-links.ts';
import { citingText, orderLine, type Say, titleOfOrder } from './words.ts';

export type HistoryProps = {
  order: OrderRow;
  /** Those whose place it took, the oldest first. */
  before: OrderRow[];
  citing: CitingOrder[];
  scans: ScanCopy[];
  asOf: Day;
  /** As it was typed, and what is wrong with it. */
  asked: string;
  error: string | undefined;
  /** The last day that it had been given by then. */
  extendedUntil: Day | null;
  today: Day;
  /** The order of the line that spoke on the day, and what its codes are called. */
  spoke: OrderRow | undefined;
  spokeUntil: Day | null;
  names: Names | undefined;
  say: Say;
};

/** What was in force of an order on a day: the order itself and those that cite it. */
export function HistoryPage(props: HistoryProps) {
  const {
    order,
    before,
    citing,
    scans,
    asOf,
    asked,
    error,
    extendedUntil,
    today,
    spoke,
    spokeUntil,
    names,
    say,
  } = props;
  const { t, language } = say;
  const isKnown = (one: CitingOrder) => one.state === 'published' && one.orderDate <= asOf;
  const known = citing.filter(isKnown);
  const ended = known.find((one) => one.kind !== 'extension' && (one.effectiveOn ?? '') <= asOf);
  const [ahead] = dayRemarks({ asked, asOf, isExact: true, today }, language);
  const last = lastDayOf({ rules: order.rules, extendedUntil });
  return (
    <>
      <ErrorSummary errors={error ? [{ field: 'asOf', text: error }] : []} />
      <PageHeading
        title={t('orders.historyTitle', { number: order.number })}
        lead={titleOfOrder(order, language)}
      />
      <FilterBar action={`/office/orders/${order.mandateId}/history`} submitLabel={t('orders.show')}>
        <DateField
          name="asOf"
          label={t('orders.asOf')}
          value={error ? asked : asOf}
          max={today}
          error={error}
        />
      </FilterBar>
      {ahead ? <p role="status">{ahead}</p> : null}
      <Card title={t('orders.historyAt', { day: formatDay(asOf, language) })}>
        <SummaryList
          rows={[
            { label: t('orders.historyState'), value: stateText({ order, ended, asOf }, say) },
            ...(last && ended?.kind !== 'withdrawal'
              ? [{ label: t('orders.to'), value: formatDay(last, language) }]
              : []),
          ]}
        />
      </Card>
      {spoke && names ? (
        <Card title={t('orders.historyRules')}>
          <p>
            <b>
              {orderSentence(spoke.rules, names, {
                ...say,
                extendedUntil: spokeUntil,
              })}
            </b>
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
          {before.map((one) => (
            <li key={one.mandateId}>
              <a href={statusHref(one.mandateId)}>{orderLine(one, say)}</a>
            </li>
          ))}
          <li>{orderLine(order, say)}</li>
          {citing.map((one) => (
            <li key={one.mandateId}>
              <a href={`/office/orders/${one.mandateId}`}>{citingText(one, say)}</a>{' '}
              {one.state === 'draft' ? <Tag tone="draft">{t('orders.stateDraft')}</Tag> : null}
            </li>
          ))}
          {scans.map((scan) => (
            <li key={scan.scanId}>
              <a href={`/office/orders/${order.mandateId}/scan?copy=${scan.scanId}`}>
                {t('orders.scanOn', { day: formatDay(indiaDay(scan.recordedAt), language) })}
              </a>{' '}
              {scan.scanId === order.scanFileId ? null : <span class="soft">{t('orders.scanOld')}</span>}
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
