import type { z } from 'zod';
import type { Ctx } from '../../kernel/context.ts';
import { formatDay } from '../../kernel/dates.ts';
import { pick, translator } from '../../kernel/i18n.ts';
import { Prose } from '../../shell/index.ts';
import { requireDecider } from '../deciding.ts';
import type { Question } from '../person-form.tsx';
import { orderChosen } from './grant-exemption.ts';
import type { exemptionInput } from './schema.ts';

/** An exemption without a last day holds until somebody takes it back: asked about before it is granted. */
export async function askAboutEndless(
  ctx: Ctx,
  personId: string,
  { mandate, startsOn, endsOn }: z.output<typeof exemptionInput>,
): Promise<Question | undefined> {
  if (endsOn) return undefined;
  await requireDecider(ctx, personId);
  const order = await orderChosen(ctx, personId, mandate);
  // One that does not cover the person is refused at its field.
  if (!order) return undefined;
  const { language } = ctx;
  const t = translator(language);
  const title = pick({ hi: order.titleHi, en: order.titleEn }, language);
  return {
    title: t('service.endlessAsk'),
    submit: t('service.endlessGrant'),
    text: (
      <Prose>
        <p>
          {t('service.endlessOrder', { title, number: order.number, day: formatDay(startsOn, language) })}
        </p>
        <ul>
          <li>{t('service.endlessAsksNothing')}</li>
          <li>{t('service.endlessCounts')}</li>
        </ul>
        <p>{t('service.endlessElse')}</p>
      </Prose>
    ),
  };
}
