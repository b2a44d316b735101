import { formatDay } from '../../kernel/dates.ts';
import { BandsBar, Card } from '../../shell/index.ts';
import type { OrderLine } from '../sheet/shape.ts';
import type { PartProps } from './sheet-page.tsx';
import { nameOf, type Say } from './words.ts';

/** The running orders that bind here, each with its five statuses that add up to the bound. */
export function OrdersCard({ sheet, say }: PartProps) {
  const { t } = say;
  return (
    <Card title={t('review.orders')} lead={t('review.ordersLead')} id="orders">
      {sheet.orders.length === 0 ? <p class="soft">{t('review.ordersNone')}</p> : null}
      {sheet.orders.map((order) => (
        <Order key={order.mandateId} order={order} say={say} />
      ))}
    </Card>
  );
}

function Order({ order, say }: { order: OrderLine; say: Say }) {
  const { t, language } = say;
  const { bound, met, metLate, open, overdue, exempt } = order;
  const title = nameOf({ nameHi: order.titleHi ?? order.number, nameEn: order.titleEn }, language);
  const due = order.dueOn ? t('review.dueOn', { day: formatDay(order.dueOn, language) }) : t('review.dueOwn');
  if (bound === null || met === null || metLate === null)
    return (
      <p>
        {title}: {t('review.maskedValue')}
      </p>
    );
  const obliged = bound - (exempt ?? 0);
  return (
    <section class="order-line">
      <h3>
        <a href={`/office/orders/${order.mandateId}`}>{title}</a>
      </h3>
      <p class="soft">
        {order.number} · {due} ·{' '}
        {t('review.metShare', { percent: say.share(met + metLate, obliged), total: say.number(obliged) })}
      </p>
      <BandsBar
        label={title}
        totalLabel={t('review.bound')}
        bands={[
          { label: t('review.met'), value: met, tone: 'done' },
          { label: t('review.metLate'), value: metLate, tone: 'late' },
          { label: t('review.open'), value: open ?? 0, tone: 'open' },
          { label: t('review.overdue'), value: overdue ?? 0, tone: 'overdue' },
          { label: t('review.exempt'), value: exempt ?? 0, tone: 'exempt' },
        ]}
      />
    </section>
  );
}
