import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { seesExactly } from '../../insight/index.ts';
import { type Ctx, requireRole, scopesOf } from '../../kernel/context.ts';
import { parseDay, todayInIndia } from '../../kernel/dates.ts';
import { notFound } from '../../kernel/errors.ts';
import { keepExport, keepSending, rowsIn } from '../../kernel/exports.ts';
import type { App } from '../../kernel/feature.ts';
import { sendFile } from '../../kernel/http/send-file.ts';
import { type MessageKey, pick, translator } from '../../kernel/i18n.ts';
import { csvStream } from '../../kernel/tabular/index.ts';
import { holdsRoleOver, officeById, pathIsInScope, rolesSeeingPersons } from '../../organisations/index.ts';
import { hasRules, standsStill } from '../cited-order.ts';
import { mandatePersons, visibleMandates } from '../list-mandates.ts';
import { type MandateLine, mandateFigures, mandateSummary, notADay } from '../mandate-summary.ts';
import { orderInForce } from '../order-in-force.ts';
import { mayActOn, rolesOrdering, rolesReadingOrders } from '../policy.ts';
import { progressOfPersons } from '../progress-of-persons.ts';
import { progressOf, recountFailure } from '../stores/builds.ts';
import { ordersCiting, scansOfOrder } from '../stores/order-pages.ts';
import { extendedBy, type OrderRow, orderById, orderByNumber } from '../stores/orders.ts';
import type { BoundPerson } from '../stores/persons.ts';
import { BuildFailure, sendBuild } from './build-page.tsx';
import { chosenOffice, requireOfficeOf, sendWrongOffice } from './chosen-office.tsx';
import { CitedOrderPage } from './cite-page.tsx';
import { HistoryPage } from './history-page.tsx';
import { OrderListPage } from './list-page.tsx';
import { namesFor } from './names.ts';
import { sendOffice, sendReview } from './office-routes.tsx';
import { sayOf } from './person-routes.tsx';
import { OrderPersonsPage } from './persons-page.tsx';
import { statuses, statusHref } from './status-links.ts';
import { fewest, metShare, StatusPage, statusSorts } from './status-page.tsx';
import { officeText, statusKeys, titleOfOrder } from './words.ts';

const config = { access: { roles: rolesReadingOrders } } as const;
const byId = z.object({ id: z.uuid() });
const day = z.string().max(40).optional();
const place = z.object({
  office: z.string().max(200).optional(),
  asOf: z.string().max(40).optional().catch(undefined),
  follow: z.string().max(1).optional().catch(undefined),
  sort: z.enum(statusSorts).catch('share').default('share'),
  rows: z.literal('all').optional().catch(undefined),
});
const personsQuery = z.object({
  office: z.string().max(200).optional(),
  asOf: day,
  status: z
    .enum(statuses as [(typeof statuses)[number]])
    .optional()
    .catch(undefined),
  after: z.uuid().optional().catch(undefined),
});
/** A file has no tabs that would show which of them was taken. */
const personsInFile = personsQuery.extend({
  status: z.enum(statuses as [(typeof statuses)[number]], { error: 'unknown_choice' }).optional(),
});
const perPage = 50;

/** Where orders stand: figures of any office below one's own, the people behind them, and what was when. */
export function orderStatusRoutes(app: App): void {
  const listQuery = z.object({ after: z.uuid().optional().catch(undefined) });
  app.get(
    '/office/orders',
    { config, schema: { querystring: listQuery, hide: true } },
    async (request, reply) => {
      const { ctx } = request;
      const { items, next } = await visibleMandates(ctx, { limit: perPage, after: request.query.after });
      const say = sayOf(request);
      const mayEnter = scopesOf(ctx.actor, rolesOrdering).length > 0;
      return sendOffice(request, reply, {
        title: say.t('orders.desk'),
        body: <OrderListPage {...{ items, next, say }} mayOrder={mayEnter} />,
      });
    },
  );
  app.get(
    '/office/orders/:id',
    { config, schema: { params: byId, querystring: place, hide: true } },
    async (request, reply) => {
      const order = await readableOrder(request.ctx, request.params.id);
      if (order.buildId) return sendBuild(request, reply, order);
      if (order.kind === 'extension' || order.kind === 'withdrawal') return sendCiting(request, reply, order);
      if (order.state === 'draft') return sendReview(request, reply, order);
      return sendStatus(request, reply, { order, ...request.query });
    },
  );
  app.get(
    '/office/orders/:id/persons',
    { config, schema: { params: byId, querystring: personsQuery, hide: true } },
    sendPersons,
  );
  app.get(
    '/office/orders/:id/persons.csv',
    {
      config: { ...config, file: 'order_persons' },
      schema: { params: byId, querystring: personsInFile, hide: true },
    },
    sendCsv,
  );
  app.get(
    '/office/orders/:id/offices.csv',
    {
      config: { ...config, file: 'order_offices' },
      schema: { params: byId, querystring: place, hide: true },
    },
    sendComparison,
  );
  const historyQuery = z.object({ asOf: day });
  app.get(
    '/office/orders/:id/history',
    { config, schema: { params: byId, querystring: historyQuery, hide: true } },
    async (request, reply) => {
      const { ctx, params, query } = request;
      const order = await readableOrder(ctx, params.id);
      if (order.state === 'draft' || !hasRules(order)) throw notFound();
      const citing = await citingFor(ctx, order);
      const scans = await scansOfOrder(ctx.db.read, order.mandateId);
      const today = todayInIndia(ctx.clock);
      const asked = query.asOf?.trim() ?? '';
      const known = parseDay(asked);
      const error = asked && !known ? pick(notADay, ctx.language) : undefined;
      const asOf = earlier(known, today);
      const spoke = await orderInForce(ctx, order, asOf);
      const untilOf = (id: string | undefined) => (id ? extendedBy(ctx.db.read, id, asOf) : null);
      const [extendedUntil, spokeUntil] = [await untilOf(order.mandateId), await untilOf(spoke?.mandateId)];
      const names = spoke && (await namesFor(ctx, spoke.rules));
      const before = await ordersBefore(ctx, order);
      const say = sayOf(request);
      reply.status(error ? 422 : 200);
      return sendOffice(request, reply, {
        title: say.t('orders.historyTitle', { number: order.number }),
        hasErrors: error !== undefined,
        crumbs: [{ label: titleOfOrder(order, say.language), href: statusHref(order.mandateId) }],
        body: (
          <HistoryPage
            {...{ order, before, citing, scans, today, say, asOf, extendedUntil, spoke, spokeUntil, names }}
            {...{ asked, error }}
          />
        ),
      });
    },
  );
}

/** The orders whose place it took, one after the other, the oldest first. */
async function ordersBefore(ctx: Ctx, order: OrderRow): Promise<OrderRow[]> {
  const ids = order.lineage.filter((id) => id !== order.mandateId);
  const found = await Promise.all(ids.map((id) => orderById(ctx.db.read, id)));
  return found.flatMap((one) => one ?? []).toReversed();
}

function earlier(asked: string | undefined, today: string): string {
  return asked && asked < today ? asked : today;
}

/** Drafts are seen by whoever may publish them; an order in force, by everybody who reads orders. */
async function readableOrder(ctx: Ctx, mandateId: string): Promise<OrderRow> {
  requireRole(ctx, rolesReadingOrders);
  const order = await orderById(ctx.db.read, mandateId);
  if (!order || (order.state === 'draft' && !(await mayActOn(ctx, order)))) throw notFound();
  return order;
}

async function citingFor(ctx: Ctx, order: OrderRow) {
  const citing = await ordersCiting(ctx.db.read, order.mandateId);
  return (await mayActOn(ctx, order)) ? citing : citing.filter((one) => one.state !== 'draft');
}

async function sendCiting(request: FastifyRequest, reply: FastifyReply, order: OrderRow) {
  const { ctx } = request;
  const say = sayOf(request);
  const cited = order.cites ? await orderByNumber(ctx.db.read, order.cites) : undefined;
  const one =
    cited &&
    (await ordersCiting(ctx.db.read, cited.mandateId)).find((row) => row.mandateId === order.mandateId);
  const own =
    cited?.state === 'published' && order.state === 'draft'
      ? await officeById(ctx, cited.officeId)
      : undefined;
  const today =
    cited && own ? await mandateFigures(ctx, { number: cited.number, office: own.code }) : undefined;
  const isDraft = order.state === 'draft';
  const failure = isDraft ? (await progressOf(ctx.db.read, order.mandateId))?.failure : undefined;
  const day = one?.until ?? one?.effectiveOn ?? null;
  const mayCite = order.kind === 'extension' && standsStill(order) && (await mayActOn(ctx, order));
  return sendOffice(request, reply, {
    title: titleOfOrder(order, say.language),
    body: (
      <>
        {failure ? <BuildFailure failure={failure} say={say} /> : null}
        <CitedOrderPage {...{ order, cited, today, say, day, mayCite }} />
      </>
    ),
  });
}

type Wish = {
  order: OrderRow;
  office?: string;
  asOf?: string;
  sort: (typeof statusSorts)[number];
  rows?: 'all';
};

async function sendStatus(request: FastifyRequest, reply: FastifyReply, wish: Wish) {
  const { ctx } = request;
  const { order, sort } = wish;
  const say = sayOf(request);
  const day = parseDay(wish.asOf ?? '');
  const { office, fault } = await chosenOffice(ctx, order, wish.office);
  if (!office) return sendWrongOffice(request, reply, { order, fault, asOf: wish.asOf });
  const [summary, names, citing, mayEnter, above, failure, cited] = await Promise.all([
    mandateSummary(ctx, {
      ...{ number: order.number, office: office.code },
      asOf: day,
    }),
    namesFor(ctx, order.rules),
    citingFor(ctx, order),
    mayActOn(ctx, order),
    office.parentId ? officeById(ctx, office.parentId) : undefined,
    recountFailure(ctx.db.read),
    order.cites ? orderByNumber(ctx.db.read, order.cites) : undefined,
  ]);
  return sendOffice(request, reply, {
    title: titleOfOrder(order, say.language),
    body: (
      <StatusPage
        {...{ order, summary, names, citing, cited, sort, say }}
        isWhole={wish.rows === 'all'}
        isExact={seesExactly(ctx, office)}
        above={
          above && pathIsInScope(above.path, scopesOf(ctx.actor, rolesReadingOrders)) ? above : undefined
        }
        mayName={holdsRoleOver(ctx, rolesSeeingPersons, office.path)}
        mayOrder={mayEnter}
        failure={mayEnter ? failure : undefined}
        asked={day ?? wish.asOf}
        today={todayInIndia(ctx.clock)}
      />
    ),
  });
}

type PersonsRequest = { id: string } & z.output<typeof personsQuery>;

function askedOf(request: FastifyRequest): PersonsRequest {
  return { ...(request.params as { id: string }), ...(request.query as z.output<typeof personsQuery>) };
}

async function sendPersons(request: FastifyRequest, reply: FastifyReply) {
  const { ctx } = request;
  const { id, office: code, asOf, status, after } = askedOf(request);
  const order = await readableOrder(ctx, id);
  const office = await requireOfficeOf(ctx, order, code);
  const found = await mandatePersons(ctx, {
    ...{ number: order.number, office: office.code, asOf, status, after, limit: perPage },
  });
  const progress = await progressOfPersons(ctx, order, { persons: found.items, asOf: found.asOf });
  const say = sayOf(request);
  return sendOffice(request, reply, {
    title: say.t('orders.personsTitle', { office: officeText(office, say.language) }),
    crumbs: [
      {
        label: titleOfOrder(order, say.language),
        href: statusHref(order.mandateId, { office: office.code, asOf }),
      },
    ],
    body: (
      <OrderPersonsPage
        {...{ order, office, status, progress, say }}
        {...found}
        today={todayInIndia(ctx.clock)}
      />
    ),
  });
}

/** The offices below one beside each other, as a file: what the page shows, masked alike. */
async function sendComparison(request: FastifyRequest, reply: FastifyReply) {
  const { ctx } = request;
  const { id } = request.params as { id: string };
  const { office: code, asOf } = request.query as z.output<typeof place>;
  const order = await readableOrder(ctx, id);
  const office = await requireOfficeOf(ctx, order, code);
  const summary = await mandateSummary(ctx, { number: order.number, office: office.code, asOf });
  const say = sayOf(request);
  const { t } = say;
  const headings = [
    ...[t('orders.officeCode'), t('orders.office'), t('orders.asOf'), t('orders.bound')],
    ...[...statuses.map((status) => t(statusKeys[status])), t('orders.share')],
  ];
  const cells = (line: MandateLine) => [
    ...[line.office.code, officeText(line.office, say.language), summary.asOf],
    ...[line.bound, ...statuses.map((status) => line[status])].map((value) => value ?? t('shell.masked')),
    // A share of few people would rank what must not be ranked.
    (line.bound ?? 0) < fewest ? null : (metShare(line)?.toFixed(1) ?? null),
  ];
  const rows = [summary, ...summary.children].map(cells);
  await keepExport(ctx, {
    ...{ kind: 'order_offices', format: 'csv', officeId: office.officeId, rows: rows.length },
    detail: { number: order.number, asOf: summary.asOf, of: order.mandateId },
  });
  const body = csvStream(headings, [rows], { bom: true });
  return sendFile(reply, { name: `offices-${office.code}-${summary.asOf}`, format: 'csv', body });
}

const chunkSize = 2000;

/** The same list whole, as a file; taking it along is an audited act. */
async function sendCsv(request: FastifyRequest, reply: FastifyReply) {
  const { ctx } = request;
  const { id, office: code, asOf, status } = askedOf(request);
  const order = await readableOrder(ctx, id);
  const office = await requireOfficeOf(ctx, order, code);
  const wish = { number: order.number, office: office.code, asOf, status, limit: chunkSize };
  const first = await mandatePersons(ctx, wish);
  const taken = {
    ...({ kind: 'order_persons', format: 'csv', officeId: office.officeId } as const),
    detail: { number: order.number, asOf: first.asOf, status: status ?? null, of: order.mandateId },
  };
  const rows = await keepSending(ctx, taken, { chunks: chunksOf(ctx, wish, first), rowsOf: rowsIn });
  const name = [order.number.replaceAll('/', '-'), office.code, status, first.asOf].filter(Boolean).join('_');
  const t = translator(ctx.language);
  const headings = [
    ...['orders.code', 'orders.name', 'orders.nameOther', 'orders.officeCode', 'orders.office'],
    ...['orders.status', 'orders.dueDay', 'orders.reachedDay'],
  ].map((key) => t(key as MessageKey));
  return sendFile(reply, { name, format: 'csv', body: csvStream(headings, rows, { bom: true }) });
}

type Found = Awaited<ReturnType<typeof mandatePersons>>;

async function* chunksOf(ctx: Ctx, wish: Parameters<typeof mandatePersons>[1], first: Found) {
  let found = first;
  for (;;) {
    yield found.items.map((row) => cellsOf(row, ctx.language));
    if (!found.next) return;
    found = await mandatePersons(ctx, { ...wish, after: found.next });
  }
}

function cellsOf(row: BoundPerson, language: 'hi' | 'en') {
  const t = translator(language);
  return [
    row.employeeCode,
    language === 'hi' ? row.nameHi : row.nameEn,
    language === 'hi' ? row.nameEn : row.nameHi,
    row.officeCode,
    officeText({ nameHi: row.officeHi, nameEn: row.officeEn }, language),
    t(statusKeys[row.status]),
    row.dueOn,
    row.reachedOn,
  ];
}
