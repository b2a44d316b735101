import type { ComponentChildren } from 'preact';
import type { Ctx } from '../../kernel/context.ts';
import { translator } from '../../kernel/i18n.ts';
import { Button, ButtonRow, Card } from '../../shell/index.ts';
import { passbookHref } from './words.ts';

/** On one's own profile: the way to the passbook. The bar at the foot of a phone has room for four. */
export async function ownCard(ctx: Ctx): Promise<ComponentChildren> {
  const t = translator(ctx.language);
  return (
    <Card title={t('competencies.passbook')}>
      <p>{t('competencies.passbookLead')}</p>
      <ButtonRow>
        <Button variant="secondary" href={passbookHref}>
          {t('competencies.openPassbook')}
        </Button>
      </ButtonRow>
    </Card>
  );
}
