import { formatDay } from '../../kernel/dates.ts';
import { Button, Card, DataTable, EmptyState, PageHeading, Tag } from '../../shell/index.ts';
import { lastDayOf } from '../rules/last-day.ts';
import type { OrderRow } from '../stores/orders.ts';
import { type Say, titleOfOrder } from './words.ts';

type ListProps = { items: OrderRow[]; next: string | null; mayOrder: boolean; say: Say };

/** All orders that the reader may see, the newest first. */
export function OrderListPage({ items, next, mayOrder, say }: ListProps) {
  const { t, language } = say;
  const add = (
    <Button href="/office/orders/new" icon="plus">
      {t('orders.enter')}
    </Button>
  );
  return (
    <>
      <PageHeading
        title={t('orders.desk')}
        lead={t(mayOrder ? 'orders.deskLead' : 'orders.deskLeadRead')}
        actions={mayOrder ? add : null}
      />
      <Card>
        <DataTable
          caption={t('orders.desk')}
          isCaptionHidden
          isCountHidden={next !== null}
          rows={items}
          rowKey={(order) => order.mandateId}
          nextHref={next ? `/office/orders?after=${next}` : undefined}
          empty={
            <EmptyState title={t('orders.listNoneTitle')} icon="order" action={mayOrder ? add : null}>
              {t(mayOrder ? 'orders.listNone' : 'orders.listNoneRead')}
            </EmptyState>
          }
          columns={[
            {
              key: 'title',
              label: t('orders.order'),
              kind: 'link',
              isRowHeading: true,
              value: (order) => titleOfOrder(order, language),
              href: (order) => `/office/orders/${order.mandateId}`,
            },
            { key: 'number', label: t('orders.number'), value: (order) => order.number },
            { key: 'date', label: t('orders.orderDate'), kind: 'date', value: (order) => order.orderDate },
            { key: 'due', label: t('orders.to'), value: (order) => lastDay(order, say) },
            {
              key: 'state',
              label: t('orders.status'),
              value: (order) => <StateTag order={order} say={say} />,
            },
          ]}
        />
      </Card>
    </>
  );
}

/** The last day with its extensions; of a relative window, in words; of an extension, the day that it gives. */
function lastDay(order: OrderRow, { t, language }: Say): string | null {
  if (order.kind === 'extension') return order.until && formatDay(order.until, language);
  if (order.kind === 'withdrawal') return null;
  const last = lastDayOf(order);
  return last ? formatDay(last, language) : t('orders.ownDay');
}

function StateTag({ order, say: { t } }: { order: OrderRow; say: Say }) {
  if (order.state === 'draft') return <Tag tone="draft">{t('orders.stateDraft')}</Tag>;
  if (order.kind === 'extension') return <Tag>{t('orders.kindExtension')}</Tag>;
  if (order.kind === 'withdrawal') return <Tag>{t('orders.kindWithdrawal')}</Tag>;
  if (order.inForceUntil)
    return <Tag>{t(order.endedBy === 'withdrawal' ? 'orders.stateWithdrawn' : 'orders.stateReplaced')}</Tag>;
  return <Tag tone="done">{t('orders.statePublished')}</Tag>;
}
