import type { ComponentChildren } from 'preact';
import { z } from 'zod';
import type { Ctx } from '../../kernel/context.ts';
import { formatDay } from '../../kernel/dates.ts';
import type { App } from '../../kernel/feature.ts';
import { translator } from '../../kernel/i18n.ts';
import { Button, Card, DateField, Details, Form, Grid, SelectField } from '../../shell/index.ts';
import { flash, seeOther } from '../../shell/site/index.ts';
import { nodalRoles } from '../policy.ts';
import { currentExtraTime, mayGiveTime, setExtraTime } from '../set-extra-time.ts';

const byPerson = z.object({ personId: z.uuid() });
const timeForm = z.object({
  percent: z.coerce.number().int().min(0).max(300),
  untilDay: z.union([z.iso.date(), z.literal('').transform(() => null)]).optional(),
});

export function extraTimeRoutes(app: App): void {
  app.post(
    '/office/persons/:personId/extra-time',
    { config: { access: { roles: nodalRoles } }, schema: { params: byPerson, body: timeForm, hide: true } },
    async (request, reply) => {
      const { personId } = request.params;
      const { percent, untilDay } = request.body;
      await setExtraTime(request.ctx, personId, { percent, untilDay: untilDay ?? null });
      flash(reply, { kind: 'success', key: 'assessment.saved' });
      return seeOther(reply, `/office/persons/${personId}`);
    },
  );
}

/** On a person's page, for the nodal officer who may decide it. */
export async function extraTimeCard(ctx: Ctx, personId: string): Promise<ComponentChildren> {
  if (!(await mayGiveTime(ctx, personId))) return null;
  const t = translator(ctx.language);
  const now = await currentExtraTime(ctx, personId);
  const until = now?.untilDay ? t('assessment.untilDay', { day: formatDay(now.untilDay, ctx.language) }) : '';
  return (
    <Card title={t('assessment.extraTime')}>
      <p>
        {now ? `${t('assessment.extraTimeIs', { n: now.percent })} ${until}` : t('assessment.extraTimeNone')}
      </p>
      <Details summary={t('assessment.changeExtraTime')}>
        <Form action={`/office/persons/${personId}/extra-time`}>
          <Grid>
            <SelectField
              name="percent"
              label={t('assessment.extraTime')}
              hint={t('assessment.extraTimeHint')}
              value={String(now?.percent ?? 0)}
              options={[0, 10, 20, 25, 33, 50, 100].map((one) => ({
                value: String(one),
                label: one === 0 ? t('assessment.none') : `${one}%`,
              }))}
            />
            <DateField
              name="untilDay"
              label={t('assessment.untilField')}
              value={now?.untilDay ?? ''}
              isOptional
            />
          </Grid>
          <Button variant="secondary">{t('common.save')}</Button>
        </Form>
      </Details>
    </Card>
  );
}
