import { formatDay } from '../../kernel/dates.ts';
import { BandsBar, Card } from '../../shell/index.ts';
import type { OrderLine } from '../sheet/shape.ts';
import type { PartProps } from './sheet-page.tsx';
import { orderTitle, type Say } from './words.ts';

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
  const { bound, met, metLate, exempt } = order;
  const title = orderTitle(order, language);
  const due = order.dueOn ? t('review.dueOn', { day: formatDay(order.dueOn, language) }) : t('review.dueOwn');
  if (bound === null || met === null || metLate === null)
    return (
      <p>
        {title}: {t('shell.masked')}
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
      <OrderBar order={order} say={say} />
    </section>
  );
}

const tones = { met: 'done', metLate: 'late', open: 'open', overdue: 'overdue', exempt: 'exempt' } as const;
const statuses = Object.keys(tones) as (keyof typeof tones)[];

/** The five statuses in one bar; nothing where they are masked. */
export function OrderBar({ order, say }: { order: OrderLine; say: Say }) {
  const { t, language } = say;
  if (order.bound === null) return null;
  return (
    <BandsBar
      label={orderTitle(order, language)}
      totalLabel={t('review.bound')}
      bands={statuses.map((status) => ({
        label: t(`review.${status}`),
        value: order[status] ?? 0,
        tone: tones[status],
      }))}
    />
  );
}
