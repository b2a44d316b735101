import type { ComponentChildren } from 'preact';
import { type Ctx, scopesOf } from '../../kernel/context.ts';
import { type MessageKey, translator } from '../../kernel/i18n.ts';
import { Card, DataTable } from '../../shell/index.ts';
import { rolesReadingLog } from '../policy.ts';
import { type LogRow, logOfPerson } from '../stores/log.ts';
import { logColumns } from './log-page.tsx';

const shown = 10;

/** On a person's page of the office, whose looking is written down: what was sent, and whether it arrived. */
export async function personCard(ctx: Ctx, personId: string): Promise<ComponentChildren> {
  if (scopesOf(ctx.actor, rolesReadingLog).length === 0) return null;
  return logCard(ctx, personId, { title: 'reminders.personTitle', audiences: ['person', 'officer'] });
}

/** On one's own profile: what one was told, and where it went. */
export function ownCard(ctx: Ctx, personId: string): Promise<ComponentChildren> {
  return logCard(ctx, personId, { title: 'reminders.ownTitle', audiences: ['person'] });
}

type What = { title: MessageKey; audiences: LogRow['audience'][] };

async function logCard(ctx: Ctx, personId: string, { title, audiences }: What): Promise<ComponentChildren> {
  const rows = await logOfPerson(ctx.db.read, { personId, limit: shown, audiences });
  if (rows.length === 0) return null;
  const say = { t: translator(ctx.language), language: ctx.language };
  return (
    <Card title={say.t(title)} lead={say.t('reminders.personLead')}>
      <DataTable
        caption={say.t(title)}
        isCaptionHidden
        isCountHidden
        rows={rows}
        rowKey={(row) => row.key}
        columns={[
          { key: 'order', label: say.t('reminders.order'), isRowHeading: true, value: (row) => row.number },
          ...logColumns(say),
        ]}
      />
    </Card>
  );
}
