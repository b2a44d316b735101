import type { ComponentChildren } from 'preact';
import { type Ctx, scopesOf } from '../../kernel/context.ts';
import { translator } from '../../kernel/i18n.ts';
import { rolesSeeingPersons } from '../../organisations/index.ts';
import { Card, DataTable } from '../../shell/index.ts';
import { claimsOf } from './store.ts';

/** On a person's page of the office, below the courses that were completed here: those accepted from elsewhere. */
export async function elsewhereCard(ctx: Ctx, personId: string): Promise<ComponentChildren> {
  if (scopesOf(ctx.actor, rolesSeeingPersons).length === 0) return null;
  const claims = await claimsOf(ctx.db.read, personId);
  const accepted = claims.filter(({ state, isTakenBack }) => state === 'accepted' && !isTakenBack);
  if (accepted.length === 0) return null;
  const t = translator(ctx.language);
  return (
    <Card title={t('orders.yearClaims')}>
      <DataTable
        caption={t('orders.yearClaims')}
        isCaptionHidden
        rows={accepted}
        rowKey={(row) => row.claimId}
        columns={[
          {
            ...{ key: 'course', label: t('people.courseColumn'), isRowHeading: true },
            value: ({ title, provider }) => [title, provider].filter(Boolean).join(', '),
          },
          { key: 'day', label: t('people.completedOn'), kind: 'date', value: (row) => row.completedOn },
          { key: 'minutes', label: t('people.minutesColumn'), kind: 'number', value: (row) => row.minutes },
          { key: 'certificate', label: t('people.certificateColumn'), value: (row) => row.certificateNo },
        ]}
      />
    </Card>
  );
}
