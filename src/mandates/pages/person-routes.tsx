import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type Ctx, requirePerson } from '../../kernel/context.ts';
import { formatDayTime, todayInIndia } from '../../kernel/dates.ts';
import { notFound } from '../../kernel/errors.ts';
import type { App, Runtime } from '../../kernel/feature.ts';
import { disposition } from '../../kernel/http/disposition.ts';
import { pick, translator } from '../../kernel/i18n.ts';
import { projectRoot } from '../../kernel/project-root.ts';
import { renderPdf } from '../../kernel/typst.ts';
import { addHomeCard } from '../../learning/index.ts';
import { flash, seeOther, sendPage } from '../../shell/site/index.ts';
import { openScan } from '../attach-scan.ts';
import {
  calendarAddressSince,
  calendarOf,
  endCalendarAddress,
  icsOf,
  makeCalendarAddress,
} from '../calendar-feed.ts';
import { hasRules } from '../cited-order.ts';
import { ownRequests } from '../extensions/decide-extension.ts';
import { otherReminderDays } from '../reminder-days.ts';
import { settleChanged } from '../settle.ts';
import { type PersonMandate, standingOfPerson } from '../standing.ts';
import { ordersCiting } from '../stores/order-pages.ts';
import { type OrderRow, orderById, orderByNumber } from '../stores/orders.ts';
import { trainingYear, yearsUntil } from '../year.ts';
import { CalendarPage } from './calendar-page.tsx';
import { namesFor } from './names.ts';
import { type CitedOrder, EndedOrderPage, HomeOrders, MyOrderPage, MyOrdersPage } from './person-page.tsx';
import { byWhenText, conditionLines, orderLine, type Say, titleOfOrder } from './words.ts';
import { YearPage, yearPdfData } from './year-page.tsx';

const config = { access: 'person' } as const;
const byId = z.object({ id: z.uuid() });
const yearQuery = z.object({ year: z.string().max(7).optional() });

export function sayOf({ ctx: { language } }: Pick<FastifyRequest, 'ctx'>): Say {
  return { t: translator(language), language };
}

/** A person's own orders, the year's training and the calendar of due days. */
export function personOrderRoutes(app: App, runtime: Runtime): void {
  const schema = { hide: true };
  app.get('/orders', { config, schema }, async (request, reply) => {
    const { ctx } = request;
    const rows = await ownOrders(ctx);
    const say = sayOf(request);
    const today = todayInIndia(ctx.clock);
    return send(request, reply, {
      title: say.t('orders.mine'),
      body: <MyOrdersPage {...{ rows, today, say }} />,
    });
  });
  app.get('/orders/:id', { config, schema: { ...schema, params: byId } }, async (request, reply) => {
    const { ctx } = request;
    const order = await orderById(ctx.db.read, request.params.id);
    if (!order || !hasRules(order)) throw notFound();
    const say = sayOf(request);
    const rows = await ownOrders(ctx);
    const row = rows.find((one) => one.mandate.id === order.mandateId);
    if (!row) return sendEnded(request, reply, { order, rows });
    const [names, requests, remindedDays, cited] = await Promise.all([
      namesFor(ctx, order.rules),
      ownRequests(ctx).then((page) => page.items),
      otherReminderDays(ctx.db.read, order),
      citedOf(ctx, order),
    ]);
    const isAsked = requests.some((one) => order.lineage.includes(one.mandateId) && one.state === 'asked');
    const today = todayInIndia(ctx.clock);
    return send(request, reply, {
      title: titleOfOrder(order, say.language),
      isBelow: true,
      body: <MyOrderPage {...{ row, order, names, remindedDays, cited, today, say, isAsked }} />,
    });
  });
  const scan = { config: { ...config, file: 'content' as const }, schema: { ...schema, params: byId } };
  app.get('/orders/:id/scan', scan, async (request, reply) => {
    await ownOrder(request.ctx, request.params.id);
    return sendScan(request, reply, { runtime, mandateId: request.params.id });
  });
  yearRoutes(app);
  calendarRoutes(app);
}

async function citedOf(ctx: Ctx, order: OrderRow): Promise<CitedOrder | undefined> {
  const cited = order.cites ? await orderByNumber(ctx.db.read, order.cites) : undefined;
  return cited && { ...cited, isOwn: await hasBound(ctx, cited) };
}

async function hasBound(ctx: Ctx, { mandateId, inForceUntil }: OrderRow): Promise<boolean> {
  if (!inForceUntil) return false;
  const then = await standingOfPerson(ctx, requirePerson(ctx), { asOf: inForceUntil });
  return then.some((one) => one.mandate.id === mandateId);
}

type Ended = { order: OrderRow; rows: PersonMandate[] };

/** Whom an order bound until it ended reads so, and what took its place; for everybody else it is not found. */
async function sendEnded(request: FastifyRequest, reply: FastifyReply, { order, rows }: Ended) {
  const { ctx } = request;
  if (!(await hasBound(ctx, order))) throw notFound();
  const citing = await ordersCiting(ctx.db.read, order.mandateId);
  const next = citing.find((one) => one.kind === 'amendment' && one.state === 'published');
  const say = sayOf(request);
  return send(request, reply, {
    title: titleOfOrder(order, say.language),
    isBelow: true,
    body: (
      <EndedOrderPage {...{ order, say }} next={rows.find((one) => one.mandate.id === next?.mandateId)} />
    ),
  });
}

/** Only what binds the person: any other order is not found here. */
async function ownOrder(ctx: Ctx, mandateId: string): Promise<PersonMandate> {
  const row = (await ownOrders(ctx)).find((one) => one.mandate.id === mandateId);
  if (!row) throw notFound();
  return row;
}

async function ownOrders(ctx: Ctx): Promise<PersonMandate[]> {
  const personId = requirePerson(ctx);
  await settleChanged(ctx.db);
  return standingOfPerson(ctx, personId);
}

type Scan = { runtime: Runtime; mandateId: string; copyId?: string | undefined };

/** The scanned order, read in the browser; the caller has asked whether its reader may. */
export async function sendScan(request: FastifyRequest, reply: FastifyReply, { runtime, ...asked }: Scan) {
  const scan = await openScan(request.ctx, runtime.storage, asked);
  reply.header('cache-control', 'private, no-store').header('content-length', scan.bytes);
  const ending = scan.contentType === 'application/pdf' ? 'pdf' : (scan.contentType.split('/')[1] ?? 'bin');
  reply.header('content-disposition', disposition('attachment', `order.${ending}`));
  return reply.type(scan.contentType).send(scan.source);
}

function yearRoutes(app: App): void {
  const options = { config, schema: { querystring: yearQuery, hide: true } };
  app.get('/orders/year', options, async (request, reply) => {
    const say = sayOf(request);
    const training = await trainingYear(request.ctx, request.query.year);
    const today = todayInIndia(request.ctx.clock);
    return send(request, reply, {
      title: say.t('orders.yearTitle', { year: training.year.name }),
      isBelow: true,
      body: <YearPage {...{ training, today, say }} years={yearsUntil(today)} />,
    });
  });
  app.get('/orders/year.pdf', { ...options, config: { ...config, file: 'own' } }, async (request, reply) => {
    const { ctx } = request;
    const say = sayOf(request);
    const training = await trainingYear(ctx, request.query.year);
    const data = yearPdfData({ training, today: training.asOf, say }, holderOf(ctx, say));
    const pdf = await renderPdf(template(), data);
    reply.header('cache-control', 'private, no-store');
    reply.header('content-disposition', disposition('attachment', `training-${training.year.name}.pdf`));
    return reply.type('application/pdf').send(pdf);
  });
}

let templateText: string | undefined;

function template(): string {
  templateText ??= readFileSync(join(projectRoot(), 'src/mandates/training-year.typ'), 'utf8');
  return templateText;
}

function holderOf({ actor, clock }: Ctx, { t, language }: Say) {
  const when = formatDayTime(clock.now(), language);
  const madeAt = t('orders.madeAt', { when });
  if (actor.kind !== 'person') return { name: '', subtitle: '', madeAt };
  const name = pick({ hi: actor.nameHi, en: actor.nameEn }, language);
  return { name, subtitle: actor.subtitle ? pick(actor.subtitle, language) : '', madeAt };
}

function calendarRoutes(app: App): void {
  const schema = { hide: true };
  app.get('/orders/calendar', { config, schema }, async (request, reply) =>
    sendCalendar(request, reply, await calendarAddressSince(request.ctx)),
  );
  app.post('/orders/calendar', { config, schema }, async (request, reply) => {
    const address = await makeCalendarAddress(request.ctx);
    const href = `${request.ctx.config.baseUrl}/orders/feed/${address}.ics`;
    return sendCalendar(request, reply, request.ctx.clock.now(), href);
  });
  app.post('/orders/calendar/ending', { config, schema }, async (request, reply) => {
    await endCalendarAddress(request.ctx);
    flash(reply, { kind: 'success', key: 'orders.calendarEnded' });
    return seeOther(reply, '/orders/calendar');
  });
  // Whoever holds the secret reads it: a calendar program cannot sign in.
  app.get(
    '/orders/feed/:address',
    {
      config: { access: 'public', file: 'own' },
      schema: { params: z.object({ address: z.string().max(80) }), hide: true },
    },
    async (request, reply) => {
      const { ctx } = request;
      const rows = await calendarOf(ctx, request.params.address.replace(/\.ics$/, ''));
      const say = sayOf(request);
      const event = (row: PersonMandate) => ({
        summary: say.t('orders.calendarEvent', { title: titleOfOrder(row.mandate, say.language) }),
        description: [byWhenText(row, say), ...conditionLines(row, say), orderLine(row.mandate, say)].join(
          '\n',
        ),
      });
      reply.header('cache-control', 'private, max-age=3600');
      return reply
        .type('text/calendar; charset=utf-8')
        .send(icsOf(ctx, rows, { name: say.t('orders.calendarName'), event }));
    },
  );
}

function sendCalendar(
  request: FastifyRequest,
  reply: FastifyReply,
  since: Date | undefined,
  address?: string,
) {
  const say = sayOf(request);
  return send(request, reply, {
    title: say.t('orders.calendarTitle'),
    isBelow: true,
    body: <CalendarPage {...{ address, since, say }} />,
  });
}

type Page = { title: string; body: Parameters<typeof sendPage>[3]; isBelow?: boolean };

function send(request: FastifyRequest, reply: FastifyReply, { title, body, isBelow }: Page) {
  const { t } = sayOf(request);
  const breadcrumbs = isBelow ? [{ label: t('orders.mine'), href: '/orders' }] : undefined;
  return sendPage(request, reply, { title, area: 'learner', activeLink: 'home', breadcrumbs }, body);
}

export function addOrdersToHome(): void {
  addHomeCard('orders', async (ctx, personId) => {
    const rows = await standingOfPerson(ctx, personId);
    const say = { t: translator(ctx.language), language: ctx.language };
    return <HomeOrders rows={rows} today={todayInIndia(ctx.clock)} say={say} />;
  });
}
