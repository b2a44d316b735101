import { type Day, formatDay } from '../../kernel/dates.ts';
import { Notice } from '../../shell/index.ts';
import type { OrderRow } from '../stores/orders.ts';
import type { Say } from './words.ts';

type Props = { order: Pick<OrderRow, 'orderDate'>; asOf: Day; say: Say };

/** Figures of a day before the order was issued: whom its scope would have met, not who was told of it. */
export function NotYetIssued({ order: { orderDate }, asOf, say: { t, language } }: Props) {
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
