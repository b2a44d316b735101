import type { Day } from '../../kernel/dates.ts';
import { formatDay, indiaDay } from '../../kernel/dates.ts';
import { Card, DateField, FilterBar, PageHeading, SummaryList, Tag } from '../../shell/index.ts';
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
  today: Day;
  /** The order of the line that spoke on the day, and what its codes are called. */
  spoke: OrderRow | undefined;
  spokeCiting: CitingOrder[];
  names: Names | undefined;
  say: Say;
};

/** What was in force of an order on a day: the order itself and those that cite it. */
export function HistoryPage(props: HistoryProps) {
  const { order, before, citing, scans, asOf, today, spoke, spokeCiting, names, say } = props;
  const { t, language } = say;
  const isKnown = (one: CitingOrder) => one.state === 'published' && one.orderDate <= asOf;
  const known = citing.filter(isKnown);
  const until = extendedAt(order, known);
  const ended = known.find((one) => one.kind !== 'extension' && (one.effectiveOn ?? '') <= asOf);
  const last = lastDayOf({ rules: order.rules, extendedUntil: until });
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
            <b>
              {orderSentence(spoke.rules, names, {
                ...say,
                extendedUntil: extendedAt(spoke, spokeCiting.filter(isKnown)) ?? null,
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

/** By those of its own, and by the one that it took over with its place. */
function extendedAt({ extensionHeld }: OrderRow, known: CitingOrder[]): Day | undefined {
  const ids = new Set(known.map((one) => one.mandateId));
  const takenBack = known.flatMap((one) => one.takesBackId ?? []);
  const own = known.flatMap((one) =>
    one.kind === 'extension' && one.until && !takenBack.includes(one.mandateId) ? [one.until] : [],
  );
  // What takes back an extension of an order before this one says what holds on of those.
  const held = extensionHeld && takenBack.every((id) => ids.has(id)) ? [extensionHeld] : [];
  return [...own, ...held].toSorted().at(-1);
}

type StateAt = { order: OrderRow; ended: CitingOrder | undefined; asOf: Day };

function stateText({ order, ended, asOf }: StateAt, say: Say): string {
  if (order.orderDate > asOf) return say.t('orders.notYet');
  return ended ? citingText(ended, say) : say.t('orders.statePublished');
}
