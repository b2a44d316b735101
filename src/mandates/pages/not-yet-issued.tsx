import { type Day, formatDay } from '../../kernel/dates.ts';
import { Notice } from '../../shell/index.ts';
import type { OrderRow } from '../stores/orders.ts';
import { statusHref } from './status-links.ts';
import type { Say } from './words.ts';

type Props = {
  order: Pick<OrderRow, 'mandateId' | 'orderDate' | 'inForceFrom' | 'inForceUntil' | 'endedBy'>;
  asOf: Day;
  /** The order whose place it took, and what ended it: for an order that does not speak of the day. */
  cited?: Neighbour | undefined;
  next?: Neighbour | undefined;
  say: Say;
};
type Neighbour = { mandateId: string; number: string };

/** Why an order says nothing of a day, or what its figures of one before it was issued are worth. */
export function NotOfThatDay(props: Props) {
  const { order, asOf, next, cited } = props;
  const { inForceFrom, inForceUntil } = order;
  if (inForceUntil && asOf > inForceUntil) return <Ended {...props} next={next} />;
  if (inForceFrom && asOf < inForceFrom) return <NotYetInForce {...props} cited={cited} />;
  return <NotYetIssued {...props} />;
}

function Ended({ order: { mandateId, inForceUntil, endedBy }, asOf, next, say: { t, language } }: Props) {
  return (
    <Notice tone="needs-you" title={t('orders.noLongerInForceTitle', { day: formatDay(asOf, language) })}>
      <p>
        {t(endedBy === 'withdrawal' ? 'orders.withdrawnOn' : 'orders.endedOn', {
          day: inForceUntil ? formatDay(inForceUntil, language) : '',
        })}{' '}
        {next ? (
          <a href={statusHref(next.mandateId)}>{t('orders.theOrder', { number: next.number })}</a>
        ) : null}
      </p>
      {inForceUntil ? (
        <p>
          <a href={statusHref(mandateId, { asOf: inForceUntil })}>{t('orders.lastDayInForce')}</a>
        </p>
      ) : null}
    </Notice>
  );
}

function NotYetInForce({ asOf, cited, say: { t, language } }: Props) {
  return (
    <Notice tone="needs-you" title={t('orders.notYetInForceTitle', { day: formatDay(asOf, language) })}>
      {cited ? (
        <p>
          <a href={statusHref(cited.mandateId, { asOf })}>{t('orders.inForceThen')}</a>
        </p>
      ) : null}
    </Notice>
  );
}

/** Figures of a day before the order was issued: whom its scope would have met, not who was told of it. */
function NotYetIssued({ order: { orderDate }, asOf, say: { t, language } }: Props) {
  if (asOf >= orderDate) return null;
  return (
    <Notice tone="needs-you" title={t('orders.notYetIssuedTitle', { day: formatDay(asOf, language) })}>
      <p>{t('orders.notYetIssued', { date: formatDay(orderDate, language) })}</p>
    </Notice>
  );
}

/** Figures of a day to come: who has done what by today, and who is overdue by then if nothing more is done. */
export function LookAhead({ asOf, today, say: { t, language } }: { asOf: Day; today: Day; say: Say }) {
  if (asOf <= today) return null;
  return (
    <Notice tone="info" title={t('orders.lookAheadTitle', { day: formatDay(asOf, language) })}>
      <p>{t('orders.lookAhead', { today: formatDay(today, language) })}</p>
    </Notice>
  );
}
