import type { ComponentChildren } from 'preact';
import type { Ctx } from '../../kernel/context.ts';
import { formatDay } from '../../kernel/dates.ts';
import { pick, translator } from '../../kernel/i18n.ts';
import { formatNumber } from '../../kernel/numbers.ts';
import { readPerson } from '../../people/index.ts';
import { Button, Checkbox, Notice, SummaryList } from '../../shell/index.ts';
import { mayDecideAbout } from '../deciding.ts';
import { type Question, serviceHref } from '../person-form.tsx';
import { settleChanged } from '../settle.ts';
import { standingOfPerson } from '../standing.ts';
import { refuseImpossible, type ServiceInput } from './record-service-event.ts';
import { serviceEventsOf } from './service-events.ts';

/** Whose death it is, by which document, and what stops with it: read before it is recorded. */
export async function askAboutDeath(ctx: Ctx, personId: string, input: ServiceInput): Promise<Question> {
  refuseImpossible(ctx, input);
  const { language } = ctx;
  const t = translator(language);
  const person = await readPerson(ctx, personId);
  await settleChanged(ctx.db);
  const orders = await standingOfPerson(ctx, personId);
  const hasPosting = person.postings.some(({ endsOn }) => endsOn === null || endsOn > input.startsOn);
  const waiting = orders.filter(({ status }) => status === 'open' || status === 'overdue').length;
  const name = pick({ hi: person.nameHi, en: person.nameEn }, language);
  return {
    title: t('service.deathAsk', { name }),
    submit: t('service.deathRecord'),
    text: (
      <>
        <SummaryList
          rows={[
            { label: t('service.person'), value: `${name} (${person.code ?? '–'})` },
            { label: t('service.deathDay'), value: formatDay(input.startsOn, language) },
            { label: t('service.deathDocument'), value: input.orderNumber ?? '–' },
            { label: t('service.deathOrders'), value: formatNumber(waiting, language) },
          ]}
        />
        {(['deathThenOrders', 'deathThenReminders', 'deathThenPosting', 'deathThenBack'] as const).map(
          (key) => (
            <p key={key}>{t(`service.${key}`)}</p>
          ),
        )}
        {hasPosting ? (
          <Checkbox name="endPostings" value="yes" label={t('service.deathEndPostings')} isChecked />
        ) : null}
      </>
    ),
  };
}

/** Above everything else on the person's page, for whoever may record it and take it back. */
export async function deathNotice(ctx: Ctx, personId: string): Promise<ComponentChildren> {
  if (!(await mayDecideAbout(ctx, personId))) return null;
  const death = (await serviceEventsOf(ctx, personId)).find(({ kind }) => kind === 'death');
  if (!death) return null;
  const t = translator(ctx.language);
  const day = formatDay(death.startsOn, ctx.language);
  const back = `${serviceHref(personId)}/${death.serviceEventId}/withdrawal`;
  return (
    <Notice
      tone="needs-you"
      title={t('service.deathNotice', { day })}
      actions={
        <Button variant="quiet" href={back}>
          {t('service.takeBack')}
        </Button>
      }
    >
      <p>{t('service.deathNoticeText', { document: death.orderNumber ?? '–' })}</p>
    </Notice>
  );
}
