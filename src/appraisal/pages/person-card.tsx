import type { ComponentChildren } from 'preact';
import { type Ctx, scopesOf } from '../../kernel/context.ts';
import { translator } from '../../kernel/i18n.ts';
import { Button, ButtonRow, Card, useFrame } from '../../shell/index.ts';
import { stateOf } from '../answers.ts';
import { rolesReading } from '../policy.ts';
import { statementsReadOf } from '../statements/read-statement.ts';
import type { Statement } from '../stores/statements.ts';
import { deskAddress } from './office.tsx';

/** On one's own profile: the way to the year's statement. */
export async function ownCard(ctx: Ctx): Promise<ComponentChildren> {
  const t = translator(ctx.language);
  return (
    <Card title={t('appraisal.statementTitle')} lead={t('appraisal.ownLead')}>
      <ButtonRow>
        <Button href="/statement" variant="secondary">
          {t('appraisal.open')}
        </Button>
      </ButtonRow>
    </Card>
  );
}

/** On a person's page of the office: nothing is shown before the look is recorded. */
export async function personCard(ctx: Ctx, personId: string): Promise<ComponentChildren> {
  if (scopesOf(ctx.actor, rolesReading).length === 0) return null;
  const t = translator(ctx.language);
  return (
    <Card title={t('appraisal.statementTitle')}>
      <StatementLinks statements={await statementsReadOf(ctx, personId)} />
      <ButtonRow>
        <Button href={`${deskAddress}/persons/${personId}`} variant="secondary">
          {t('appraisal.openPreview')}
        </Button>
      </ButtonRow>
    </Card>
  );
}

/** Years and numbers of frozen statements, each the way to it. */
export function StatementLinks({ statements }: { statements: Statement[] }) {
  const { t } = useFrame();
  if (statements.length === 0) return null;
  return (
    <ul>
      {statements.map((one) => (
        <li key={one.statementNo}>
          <a href={`/statement/${one.statementNo}`}>{`${one.year}: ${one.statementNo}`}</a>{' '}
          {t(`appraisal.state_${stateOf(one)}`)}
        </li>
      ))}
    </ul>
  );
}
