import type { ComponentChildren } from 'preact';
import type { Ctx } from '../../kernel/context.ts';
import { todayInIndia } from '../../kernel/dates.ts';
import { notFound } from '../../kernel/errors.ts';
import type { App } from '../../kernel/feature.ts';
import { translator } from '../../kernel/i18n.ts';
import { formatNumber } from '../../kernel/numbers.ts';
import { Button, ButtonRow, Card, DateField, errorFor } from '../../shell/index.ts';
import { sendPage } from '../../shell/site/index.ts';
import { attendanceOfPerson } from '../attendance/own-attendance.tsx';
import { claimsOf } from '../claims/store.ts';
import { mayDecideAbout, rolesDeciding } from '../deciding.ts';
import { askAboutEndless } from '../exemptions/endless.tsx';
import { exemptionsInScope, exemptionsOfPerson, ownExemptions } from '../exemptions/exemptions.ts';
import { ExemptionFields } from '../exemptions/fields.tsx';
import { grantExemption, takeBackExemption } from '../exemptions/grant-exemption.ts';
import { ExemptionListPage } from '../exemptions/list-page.tsx';
import { byExemption, exemptionInput } from '../exemptions/schema.ts';
import { liveExemption, ordersOver } from '../exemptions/store.ts';
import { requestsOf } from '../extensions/store.ts';
import { byPerson } from '../fields.ts';
import { personForm, personPage, serviceHref } from '../person-form.tsx';
import { askAboutAttended } from './attended-days.tsx';
import { askAboutDeath } from './death.tsx';
import { endServiceEvent, takeBackServiceEvent } from './end-service-event.ts';
import { EventFields, OfficeServicePage, OwnServicePage, ReasonField } from './pages.tsx';
import { recordServiceEvent } from './record-service-event.ts';
import { byServiceEvent, serviceEnd, serviceInput, takenBack } from './schema.ts';
import {
  ownRemovedServiceEvents,
  ownServiceEvents,
  removedServiceEventsOf,
  serviceEventsOf,
} from './service-events.ts';
import { liveEvent } from './store.ts';

/** Pages of a person's service and exemptions: the nodal officer's, and one's own. */
export function serviceRoutes(app: App): void {
  app.get(
    '/office/persons/:personId/service',
    { config: { access: { roles: rolesDeciding } }, schema: { params: byPerson, hide: true } },
    async (request, reply) => {
      const { ctx } = request;
      const { personId } = request.params;
      const { name, crumbs } = await personPage(ctx, personId);
      const [events, exemptions, sessions] = [
        await serviceEventsOf(ctx, personId),
        await exemptionsOfPerson(ctx, personId),
        await attendanceOfPerson(ctx, personId),
      ];
      const title = translator(ctx.language)('service.title');
      return sendPage(
        request,
        reply,
        { title, area: 'office', activeLink: 'persons', breadcrumbs: [...crumbs, { label: title }] },
        <OfficeServicePage
          {...{ personId, name, events, exemptions, sessions, today: todayInIndia(ctx.clock) }}
          decided={await decidedOf(ctx, personId)}
          removed={await removedServiceEventsOf(ctx, personId)}
        />,
      );
    },
  );
  app.get('/my-service', { config: { access: 'person' }, schema: { hide: true } }, async (request, reply) => {
    const { ctx } = request;
    const [events, exemptions] = [await ownServiceEvents(ctx), await ownExemptions(ctx)];
    const t = translator(ctx.language);
    const title = t('service.title');
    const breadcrumbs = [{ label: t('orders.mine'), href: '/orders' }, { label: title }];
    return sendPage(
      request,
      reply,
      { title, area: 'learner', breadcrumbs },
      <OwnServicePage
        {...{ events, exemptions, today: todayInIndia(ctx.clock) }}
        removed={await ownRemovedServiceEvents(ctx)}
      />,
    );
  });
  app.get(
    '/office/exemptions',
    { config: { access: { roles: rolesDeciding } }, schema: { hide: true } },
    async (request, reply) => {
      const { ctx } = request;
      const exemptions = await exemptionsInScope(ctx);
      const t = translator(ctx.language);
      const title = t('service.exemptionList');
      const above = { label: t('service.decisions'), href: '/office/decisions' };
      return sendPage(
        request,
        reply,
        { title, area: 'office', activeLink: 'decisions', breadcrumbs: [above, { label: title }] },
        <ExemptionListPage exemptions={exemptions} today={todayInIndia(ctx.clock)} />,
      );
    },
  );
  eventForms(app);
  exemptionForms(app);
}

/** The caller has asked whether the person is his to decide about. */
async function decidedOf(ctx: Ctx, personId: string) {
  const [requests, claims] = await Promise.all([
    requestsOf(ctx.db.read, personId),
    claimsOf(ctx.db.read, personId),
  ]);
  return { requests, claims };
}

function eventForms(app: App): void {
  personForm(app, {
    ...{ path: 'service/new', params: byPerson, schema: serviceInput },
    ...{
      title: 'service.newEventFor',
      lead: 'service.newEventLead',
      submit: 'service.record',
      done: 'service.recorded',
    },
    save: (ctx, { personId }, input) => recordServiceEvent(ctx, personId, input),
    fields: async (_ctx, _key, state) => <EventFields state={state} />,
    question: async (ctx, { personId }, input) =>
      input.kind === 'death' ? askAboutDeath(ctx, personId, input) : askAboutAttended(ctx, personId, input),
  });
  personForm(app, {
    ...{ path: 'service/:serviceEventId/end', params: byServiceEvent, schema: serviceEnd },
    ...{ title: 'service.endFor', lead: 'service.endLead', submit: 'service.end', done: 'service.ended' },
    save: endServiceEvent,
    fields: async (ctx, key, state) => {
      if (!(await liveEvent(ctx.db.read, key))) throw notFound();
      return (
        <DateField
          name="endsOn"
          label={translator(ctx.language)('service.lastDay')}
          value={state.values['endsOn']}
          error={errorFor(state.errors, 'endsOn')}
        />
      );
    },
  });
  personForm(app, {
    ...{ path: 'service/:serviceEventId/withdrawal', params: byServiceEvent, schema: takenBack },
    ...{ title: 'service.takeBackFor', lead: 'service.takeBackLead' },
    ...{ submit: 'service.takeBack', done: 'service.takenBack' },
    save: takeBackServiceEvent,
    fields: async (ctx, key, state) => {
      if (!(await liveEvent(ctx.db.read, key))) throw notFound();
      return takeBackReason(ctx, state);
    },
  });
}

function exemptionForms(app: App): void {
  personForm(app, {
    ...{ path: 'exemptions/new', params: byPerson, schema: exemptionInput },
    ...{ title: 'service.newExemptionFor', lead: 'service.newExemptionLead' },
    ...{ submit: 'service.grantExemption', done: 'service.exemptionGranted' },
    save: (ctx, { personId }, input) => grantExemption(ctx, personId, input),
    question: (ctx, { personId }, input) => askAboutEndless(ctx, personId, input),
    fields: async (ctx, { personId }, state) => (
      <ExemptionFields
        state={state}
        orders={await ordersOver(ctx.db.read, personId, todayInIndia(ctx.clock))}
      />
    ),
  });
  personForm(app, {
    ...{ path: 'exemptions/:exemptionId/withdrawal', params: byExemption, schema: takenBack },
    ...{ title: 'service.takeBackExemptionFor', lead: 'service.takeBackExemptionLead' },
    ...{ submit: 'service.takeBack', done: 'service.exemptionTakenBack' },
    save: takeBackExemption,
    fields: async (ctx, key, state) => {
      if (!(await liveExemption(ctx.db.read, key))) throw notFound();
      return takeBackReason(ctx, state);
    },
  });
}

function takeBackReason(ctx: Ctx, state: Parameters<typeof ReasonField>[0]['state']) {
  return <ReasonField state={state} hint={translator(ctx.language)('service.takeBackHint')} />;
}

/** On a person's page, for the nodal officer alone: how much is recorded, and the way there. */
export async function serviceCard(ctx: Ctx, personId: string): Promise<ComponentChildren> {
  if (!(await mayDecideAbout(ctx, personId))) return null;
  const t = translator(ctx.language);
  const today = todayInIndia(ctx.clock);
  const [events, exemptions] = [
    await serviceEventsOf(ctx, personId),
    await exemptionsOfPerson(ctx, personId),
  ];
  const running = exemptions.filter((one) => one.startsOn <= today && (one.endsOn ?? today) >= today);
  const n = (count: number) => formatNumber(count, ctx.language);
  return (
    <Card title={t('service.title')}>
      <p>{t('service.cardText', { events: n(events.length), exemptions: n(running.length) })}</p>
      <ButtonRow>
        <Button variant="secondary" href={serviceHref(personId)}>
          {t('service.open')}
        </Button>
      </ButtonRow>
    </Card>
  );
}
