import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type Ctx, scopesOf } from '../../kernel/context.ts';
import { todayInIndia } from '../../kernel/dates.ts';
import type { App } from '../../kernel/feature.ts';
import { addFieldTexts } from '../../kernel/field-texts.ts';
import { answerForm, emptyForm, type FormState } from '../../kernel/http/answer-form.ts';
import { translator } from '../../kernel/i18n.ts';
import { type OrderFace, orderFace, rolesReadingOrders } from '../../mandates/index.ts';
import { flash, seeOther, sendPage } from '../../shell/site/index.ts';
import { bouncedAddresses, clearBounce } from '../bounces.ts';
import { changeSteps, ruleFor, switchReminders } from '../change-rule.ts';
import { nextTurnAt } from '../hours.ts';
import { openDigest } from '../own-digests.ts';
import {
  requireRemindable,
  rolesCorrecting,
  rolesOnPage,
  rolesReadingLog,
  rolesReminding,
} from '../policy.ts';
import { previewReminders } from '../preview-reminders.ts';
import { officerLog, recentDays, reminderLog } from '../read-log.ts';
import { channel } from '../schema.ts';
import { sendableChannels } from '../sendable.ts';
import { titleOf } from '../texts.ts';
import { BouncesPage, bouncesHref } from './bounces-page.tsx';
import { DigestPage } from './digest-page.tsx';
import { LogPage } from './log-page.tsx';
import { PreviewPage } from './preview-page.tsx';
import { RulePage } from './rule-page.tsx';
import { remindersHref, type Say } from './words.ts';

addFieldTexts({
  days_list: {
    hi: 'दिनों की संख्याएँ अल्पविराम से अलग करके लिखें, जैसे 30, 7, 1।',
    en: 'Write numbers of days, parted by commas, such as 30, 7, 1.',
  },
});

const byId = z.object({ id: z.uuid() });
const path = '/office/orders/:id/reminders';
const reminding = { access: { roles: rolesReminding } } as const;
const schema = { params: byId, hide: true } as const;

export function reminderPages(app: App): void {
  rulePages(app);
  logPages(app);
  bouncePages(app);
  app.get('/reminders/:id', { config: { access: 'person' }, schema }, async (request, reply) => {
    const found = await openDigest(request.ctx, request.params.id);
    const say = sayOf(request);
    const today = todayInIndia(request.ctx.clock);
    return sendPage(
      request,
      reply,
      { title: say.t('reminders.digestTitle'), area: 'learner', breadcrumbs: [home(say)] },
      <DigestPage {...found} {...{ today, say }} mayReadOrders={mayFollowUp(request.ctx)} />,
    );
  });
}

function mayFollowUp(ctx: Ctx): boolean {
  return scopesOf(ctx.actor, rolesReadingOrders).length > 0;
}

function home({ t }: Say) {
  return { label: t('reminders.home'), href: '/' };
}

function sayOf({ ctx: { language } }: Pick<FastifyRequest, 'ctx'>): Say {
  return { t: translator(language), language };
}

const days = (sign: 1 | -1) =>
  z
    .string()
    .default('')
    .transform((text) => text.split(/[\s,;]+/).filter(Boolean))
    .refine((parts) => parts.every((one) => /^\d{1,3}$/.test(one) && Number(one) <= 365), 'days_list')
    .transform((parts) => parts.map((one) => sign * Number(one)));
const oneOrMore = z
  .union([channel.transform((one) => [one]), z.array(channel)])
  .optional()
  .transform((given) => given ?? []);
const stepsInput = z.object({
  ...{ personBefore: days(1), personAfter: days(-1), officerBefore: days(1), officerAfter: days(-1) },
  channels: oneOrMore,
});

function rulePages(app: App): void {
  app.get(path, { config: { access: { roles: rolesOnPage } }, schema }, async (request, reply) =>
    sendRule(request, reply, emptyForm),
  );
  app.post(path, { config: reminding, schema }, async (request, reply) => {
    const { id } = request.params;
    await requireRemindable(request.ctx, id);
    return answerForm(request, reply, {
      schema: stepsInput,
      submit: async (given) => {
        const personDays = [...given.personBefore, ...given.personAfter];
        const officerDays = [...given.officerBefore, ...given.officerAfter];
        const { state } = await changeSteps(request.ctx, id, {
          ...{ personDays, officerDays, channels: given.channels },
        });
        const isPaused = state === 'paused';
        flash(reply, { kind: 'success', key: isPaused ? 'reminders.savedPaused' : 'reminders.saved' });
        return seeOther(reply, remindersHref(id, isPaused ? '/preview' : ''));
      },
      redraw: (state) => sendRule(request, reply, state),
    });
  });
  app.get(`${path}/preview`, { config: reminding, schema }, async (request, reply) => {
    const { ctx, params } = request;
    const order = await requireRemindable(ctx, params.id);
    const preview = await previewReminders(ctx, params.id);
    const say = sayOf(request);
    const body = <PreviewPage {...{ order, preview, say }} baseUrl={ctx.config.baseUrl} />;
    return send(request, reply, { order, title: say.t('reminders.previewTitle'), body });
  });
  for (const [step, state, key] of [
    ['activation', 'on', 'reminders.switchedOn'],
    ['pause', 'paused', 'reminders.paused'],
  ] as const)
    app.post(`${path}/${step}`, { config: reminding, schema }, async (request, reply) => {
      await switchReminders(request.ctx, request.params.id, state);
      flash(reply, { kind: 'success', key });
      return seeOther(reply, remindersHref(request.params.id));
    });
}

async function sendRule(request: FastifyRequest, reply: FastifyReply, state: FormState) {
  const { ctx } = request;
  const order = await orderFace(ctx, { id: (request.params as { id: string }).id });
  const [rule, days] = await Promise.all([ruleFor(ctx, order), recentDays(ctx, order)]);
  const say = sayOf(request);
  const mayReadLog = scopesOf(ctx.actor, rolesReadingLog).length > 0;
  const usable = sendableChannels(ctx.config);
  return send(request, reply, {
    ...{ order, title: say.t('reminders.title') },
    hasErrors: state.errors.length > 0,
    body: (
      <RulePage
        {...{ order, rule, days, usable, mayReadLog, state, say }}
        nextAt={nextTurnAt(ctx.clock.now())}
      />
    ),
  });
}

type Page = { order: OrderFace; title: string; body: Parameters<typeof sendPage>[3]; hasErrors?: boolean };

function send(request: FastifyRequest, reply: FastifyReply, { order, title, body, hasErrors }: Page) {
  const { t, language } = sayOf(request);
  const above = [
    { label: t('orders.desk'), href: '/office/orders' },
    { label: titleOf(order, language), href: `/office/orders/${order.mandateId}` },
  ];
  const breadcrumbs =
    title === t('reminders.title')
      ? above
      : [...above, { label: t('reminders.title'), href: remindersHref(order.mandateId) }];
  return sendPage(
    request,
    reply,
    { title, area: 'office', activeLink: 'orders', breadcrumbs, hasErrors },
    body,
  );
}

const logQuery = z.object({
  day: z.iso.date().optional().catch(undefined),
  state: z.enum(['officers', 'sent', 'not', 'unknown']).optional().catch(undefined),
  after: z.string().max(80).optional(),
});
const perPage = 50;

function logPages(app: App): void {
  app.get(
    `${path}/log`,
    { config: { access: { roles: rolesReadingLog } }, schema: { ...schema, querystring: logQuery } },
    async (request, reply) => {
      const { ctx, params, query } = request;
      const { day, state, after } = query;
      const say = sayOf(request);
      const shown = { day, state, say, today: todayInIndia(ctx.clock) };
      if (state === 'officers') {
        const { order, items } = await officerLog(ctx, params.id, { day });
        const body = <LogPage {...shown} order={order} officers={items} />;
        return send(request, reply, { order, title: say.t('reminders.logTitle'), body });
      }
      const found = await reminderLog(ctx, params.id, { day, state, after, limit: perPage });
      const body = <LogPage {...shown} {...found} />;
      return send(request, reply, { order: found.order, title: say.t('reminders.logTitle'), body });
    },
  );
}

function bouncePages(app: App): void {
  const config = { access: { roles: rolesCorrecting } } as const;
  const querystring = z.object({ after: z.string().max(60).optional().catch(undefined) });
  app.get(bouncesHref, { config, schema: { querystring, hide: true } }, async (request, reply) => {
    const found = await bouncedAddresses(request.ctx, { after: request.query.after, limit: perPage });
    const say = sayOf(request);
    return sendPage(
      request,
      reply,
      { title: say.t('reminders.bouncesTitle'), area: 'office', activeLink: 'persons' },
      <BouncesPage {...found} say={say} />,
    );
  });
  const body = z.object({ personId: z.uuid(), channel, _csrf: z.string().optional() });
  app.post(
    `${bouncesHref}/confirmations`,
    { config, schema: { body, hide: true } },
    async (request, reply) => {
      await clearBounce(request.ctx, request.body);
      flash(reply, { kind: 'success', key: 'reminders.cleared' });
      return seeOther(reply, bouncesHref);
    },
  );
}
