import type { ComponentChildren } from 'preact';
import { type Ctx, scopesOf } from '../../kernel/context.ts';
import { todayInIndia } from '../../kernel/dates.ts';
import { translator } from '../../kernel/i18n.ts';
import { rolesSeeingPersons } from '../../organisations/index.ts';
import { Card, DataTable, Tag } from '../../shell/index.ts';
import { settleChanged } from '../settle.ts';
import { standingOfPerson } from '../standing.ts';
import { inOrder } from './person-page.tsx';
import { ProgressText } from './progress-text.tsx';
import { statusHref } from './status-links.ts';
import { type Say, statusKeys, statusTones, titleOfOrder, whenText } from './words.ts';

/** On a person's page of the office: where he stands under each order that binds him; no reason of anything. */
export async function deskCard(ctx: Ctx, personId: string): Promise<ComponentChildren> {
  if (scopesOf(ctx.actor, rolesSeeingPersons).length === 0) return null;
  await settleChanged(ctx.db);
  const rows = inOrder(await standingOfPerson(ctx, personId));
  if (rows.length === 0) return null;
  const say: Say = { t: translator(ctx.language), language: ctx.language };
  const { t, language } = say;
  const today = todayInIndia(ctx.clock);
  return (
    <Card title={t('orders.ofPerson')}>
      <DataTable
        caption={t('orders.ofPerson')}
        isCaptionHidden
        isCountHidden
        rows={rows}
        rowKey={(row) => row.mandate.id}
        columns={[
          {
            ...{ key: 'order', label: t('orders.order'), kind: 'link', isRowHeading: true },
            value: (row) => titleOfOrder(row.mandate, language),
            href: (row) => statusHref(row.mandate.id, { office: row.boundBy.office.code }),
          },
          {
            key: 'status',
            label: t('orders.status'),
            value: (row) => <Tag tone={statusTones[row.status]}>{t(statusKeys[row.status])}</Tag>,
          },
          { key: 'when', label: t('orders.dueDay'), value: (row) => whenText(row, today, say) },
          { key: 'done', label: t('orders.doneSoFar'), value: (row) => <ProgressText row={row} say={say} /> },
        ]}
      />
    </Card>
  );
}
