import type { ComponentChildren } from 'preact';
import type { Ctx } from '../kernel/context.ts';
import { translator } from '../kernel/i18n.ts';
import { Button, ButtonRow, Card } from '../shell/index.ts';

/** On one's own profile: claims, days of training, and what is recorded of one's service. */
export async function ownTrainingCard(ctx: Ctx): Promise<ComponentChildren> {
  const t = translator(ctx.language);
  return (
    <Card title={t('service.ownCard')} lead={t('service.ownCardLead')}>
      <ButtonRow>
        <Button variant="secondary" href="/orders">
          {t('orders.mine')}
        </Button>
        <Button variant="secondary" href="/orders/year">
          {t('orders.yearOwn')}
        </Button>
        <Button variant="secondary" href="/claims">
          {t('service.claims')}
        </Button>
        <Button variant="secondary" href="/attendance">
          {t('service.attendance')}
        </Button>
        <Button variant="secondary" href="/my-service">
          {t('service.title')}
        </Button>
      </ButtonRow>
    </Card>
  );
}
