import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { searchCourses } from '../../catalogue/index.ts';
import { type Ctx, scopesOf } from '../../kernel/context.ts';
import { todayInIndia } from '../../kernel/dates.ts';
import { type FieldError, invalid, notFound, Refusal } from '../../kernel/errors.ts';
import type { App } from '../../kernel/feature.ts';
import { pick } from '../../kernel/i18n.ts';
import {
  findOffices,
  holdsRoleOver,
  type OfficeRow,
  officeByCode,
  officeById,
} from '../../organisations/index.ts';
import { flash, seeOther, sendPage } from '../../shell/site/index.ts';
import { giveUpPublication } from '../builds/give-up-publication.ts';
import { hasRules, standsStill } from '../cited-order.ts';
import { draftMandate, type PreparedDraft, prepareDraft } from '../draft-mandate.ts';
import { requireMayAct, rolesOrdering } from '../policy.ts';
import { type FullPreview, previewMandate } from '../preview-mandate.ts';
import { askPublication } from '../publish-mandate.ts';
import { extendedDay } from '../rules/last-day.ts';
import { readOrder } from '../rules/order-file.ts';
import { progressOf } from '../stores/builds.ts';
import { tagsInUse } from '../stores/order-pages.ts';
import { type OrderRow, orderById, orderByNumber } from '../stores/orders.ts';
import { BuildFailure } from './build-page.tsx';
import { namesFor } from './names.ts';
import { afterStep, emptyOrder, fileOf, formOf, formOfOrder, linesOf, type OrderForm } from './order-form.ts';
import { faultsOf, fieldOfPath } from './order-form-faults.ts';
import { newOrderHref, OrderFormPage } from './order-form-page.tsx';
import { sayOf } from './person-routes.tsx';
import { PublishPage, RefusedPage, ReviewPage } from './review-page.tsx';

const config = { access: { roles: rolesOrdering } } as const;
const byId = z.object({ id: z.uuid() });
/** `overdue`: the page told that some will be overdue at once, and asked for a tick. */
const publicationQuery = z.object({ digest: z.string().optional(), overdue: z.literal('1').optional() });

type Body = Record<string, unknown>;
type Errors = { field: string; text: string }[];

/** The desk where orders are entered, read back and published. */
export function orderDeskRoutes(app: App): void {
  const schema = { hide: true };
  app.get(
    newOrderHref,
    { config, schema: { ...schema, querystring: z.object({ amends: z.uuid().optional() }) } },
    async (request, reply) => sendForm(request, reply, { form: await firstForm(request) }),
  );
  app.post(newOrderHref, { config, schema }, async (request, reply) => {
    const body = (request.body ?? {}) as Body;
    const form = formOf(body);
    const step = typeof body['step'] === 'string' ? body['step'] : 'find';
    if (step !== 'review')
      return sendForm(request, reply, { form: afterStep(form, step, body), isSearch: true });
    return saveForm(request, reply, form);
  });
  app.get(
    '/office/orders/:id/edit',
    { config, schema: { ...schema, params: byId } },
    async (request, reply) => {
      const order = await ownDraft(request.ctx, request.params.id);
      // One that extends or withdraws has a form of its own.
      if (!hasRules(order)) return reply.redirect(await citeFormHref(request.ctx, order), 303);
      const { cites, inForceFrom } = order;
      const form = {
        ...formOfOrder(order, order.rules),
        ...{ amends: cites ?? '', effectiveOn: inForceFrom ?? '', seen: order.digest },
      };
      return sendForm(request, reply, { form });
    },
  );
  app.get('/office/orders/:id/publication', { config, schema: { ...schema, params: byId } }, sendPublish);
  app.post(
    '/office/orders/:id/publication',
    { config, schema: { ...schema, params: byId, querystring: publicationQuery } },
    async (request, reply) => {
      const { overdueSeen } = (request.body ?? {}) as Body;
      if (request.query.overdue && !overdueSeen) return sendPublish(request, reply);
      const order = await ownDraft(request.ctx, request.params.id, 'or failed');
      const { buildId } = await askPublication(request.ctx, order.number, request.query);
      if (buildId) return seeOther(reply, `/office/orders/${order.mandateId}?follow=1`);
      flash(reply, { kind: 'success', key: 'orders.published', vars: { number: order.number } });
      return seeOther(reply, `/office/orders/${order.mandateId}`);
    },
  );
  app.post(
    '/office/orders/:id/publication/ending',
    { config, schema: { ...schema, params: byId } },
    async (request, reply) => {
      const order = await ownDraft(request.ctx, request.params.id, 'or failed');
      await giveUpPublication(request.ctx, order.number);
      flash(reply, { kind: 'success', key: 'orders.buildGivenUp', vars: { number: order.number } });
      return seeOther(reply, `/office/orders/${order.mandateId}`);
    },
  );
}

/** The draft, if the actor may publish for its office; not visible means not found. */
export async function ownDraft(
  ctx: Ctx,
  mandateId: string,
  which: 'at rest' | 'or failed' = 'at rest',
): Promise<OrderRow> {
  const order = await ownOrder(ctx, mandateId);
  if (order.state !== 'draft') throw notFound();
  if (!order.buildId) return order;
  // While it is being put in force there is nothing to edit or to publish.
  if (which === 'at rest' || !(await progressOf(ctx.db.read, mandateId))?.failed) throw notFound();
  return order;
}

export async function ownOrder(ctx: Ctx, mandateId: string): Promise<OrderRow> {
  return requireMayAct(ctx, await orderById(ctx.db.read, mandateId));
}

/** One that binds people itself: only such an order is written in the form, amended, extended or withdrawn. */
export async function ownOrderWithRules(ctx: Ctx, mandateId: string): Promise<OrderRow> {
  const order = await ownOrder(ctx, mandateId);
  if (!hasRules(order)) throw notFound();
  return order;
}

/** One that can be extended or withdrawn: it binds people, or it is an extension of such an order. */
export async function ownCitable(ctx: Ctx, mandateId: string): Promise<OrderRow> {
  const order = await ownOrder(ctx, mandateId);
  if (!hasRules(order) && !(order.kind === 'extension' && standsStill(order))) throw notFound();
  return order;
}

async function citeFormHref(ctx: Ctx, draft: OrderRow): Promise<string> {
  const cited = await orderByNumber(ctx.db.read, draft.takesBack ?? draft.cites ?? '');
  if (!cited) throw notFound();
  return `/office/orders/${cited.mandateId}/${citeKindOf(draft)}?draft=${draft.mandateId}`;
}

/** What takes an extension back is an extension itself; only such a one has a day of effect. */
export function citeKindOf({ kind, effectiveOn }: OrderRow): 'extension' | 'withdrawal' {
  return kind === 'withdrawal' || effectiveOn !== null ? 'withdrawal' : 'extension';
}

async function firstForm(request: FastifyRequest): Promise<OrderForm> {
  const { amends } = request.query as { amends?: string };
  if (!amends) return emptyOrder();
  const order = await ownOrderWithRules(request.ctx, amends);
  const head = { ...order, number: '', orderDate: '' };
  const form = formOfOrder(head, order.rules);
  // The last day is the one that stands, not the one that was moved.
  const to = form.to ? extendedDay(form.to, order.extendedUntil) : form.to;
  return { ...form, to, amends: order.number };
}

type Drawn = { form: OrderForm; errors?: Errors; isSearch?: boolean };

async function sendForm(
  request: FastifyRequest,
  reply: FastifyReply,
  { form, errors = [], isSearch }: Drawn,
) {
  const { ctx } = request;
  const say = sayOf(request);
  const [chosen, found, tags] = await Promise.all([
    ownOffices(ctx, form.offices),
    isSearch && form.find
      ? findOffices(ctx, { text: form.find, scopes: scopesOf(ctx.actor, rolesOrdering), limit: 20 })
      : undefined,
    tagsInUse(ctx.db.read),
  ]);
  const title = say.t(form.seen ? 'orders.editTitle' : form.amends ? 'orders.amendTitle' : 'orders.newTitle');
  return sendOffice(request, reply, {
    title,
    body: <OrderFormPage {...{ form, errors, chosen, found, say }} tags={tags.map((one) => one.tag)} />,
    hasErrors: errors.length > 0,
  });
}

async function ownOffices(ctx: Ctx, codes: readonly string[]): Promise<OfficeRow[]> {
  const rows = await Promise.all(codes.map((code) => officeByCode(ctx, code)));
  return rows.filter(
    (row): row is OfficeRow => row !== undefined && holdsRoleOver(ctx, rolesOrdering, row.path),
  );
}

type Page = {
  title: string;
  body: Parameters<typeof sendPage>[3];
  hasErrors?: boolean;
  crumbs?: { label: string; href: string }[];
  asOf?: string;
  refreshSeconds?: number;
};

export function sendOffice(request: FastifyRequest, reply: FastifyReply, page: Page) {
  const { t } = sayOf(request);
  const above = [{ label: t('orders.desk'), href: '/office/orders' }, ...(page.crumbs ?? [])];
  // The list is the way back from all others, and has none itself.
  const breadcrumbs = page.title === t('orders.desk') ? undefined : above;
  const { title, hasErrors, asOf, refreshSeconds } = page;
  return sendPage(
    request,
    reply,
    { title, area: 'office', activeLink: 'orders', breadcrumbs, hasErrors, asOf, refreshSeconds },
    page.body,
  );
}

/** Kept as a draft, which is then read back; or the form again, with what is wrong told at its fields. */
async function saveForm(request: FastifyRequest, reply: FastifyReply, typed: OrderForm) {
  const { ctx } = request;
  try {
    const faults = faultsOf(typed);
    if (faults.length > 0) throw invalid(faults);
    const form = await withCourseCodes(ctx, typed);
    const { order } = await draftMandate(ctx, readOrder(fileOf(form)), { seen: form.seen || null });
    return seeOther(reply, `/office/orders/${order.mandateId}`);
  } catch (error) {
    if (!(error instanceof Refusal) || !['invalid', 'conflict', 'not_found'].includes(error.code))
      throw error;
    reply.status(error.status === 404 ? 422 : error.status);
    return sendForm(request, reply, { form: typed, errors: errorsOf(error, typed, ctx.language) });
  }
}

function errorsOf(refusal: Refusal, form: OrderForm, language: 'hi' | 'en'): Errors {
  if (refusal.fields.length > 0)
    return refusal.fields.map((fault) => ({
      field: isOfForm(fault) ? fault.path : fieldOfPath(fault.path, form),
      text: pick(fault.text, language),
    }));
  const field = refusal.code === 'not_found' ? 'office' : 'number';
  return [{ field, text: pick(refusal.text, language) }];
}

/** The form's own faults carry its fields; those of the order's file carry paths. */
function isOfForm({ path }: FieldError): boolean {
  return path.startsWith('c.') || (!path.includes('.') && path !== 'condition');
}

/** Courses may be written by their whole name: each line becomes a code where one course alone is meant. */
async function withCourseCodes(ctx: Ctx, form: OrderForm): Promise<OrderForm> {
  const conditions = await Promise.all(
    form.conditions.map((lines) =>
      Promise.all(
        lines.map(async (line) => {
          if (line.kind !== 'courses' && line.kind !== 'share') return line;
          const codes = await Promise.all(linesOf(line.list).map((text) => codeOf(ctx, text)));
          return { ...line, list: codes.join('\n') };
        }),
      ),
    ),
  );
  return { ...form, conditions };
}

async function codeOf(ctx: Ctx, text: string): Promise<string> {
  const { rows } = await searchCourses(ctx, { q: text, limit: 5 });
  const same = (one: string | null) => one?.trim().toLowerCase() === text.toLowerCase();
  const named = rows.filter((row) => same(row.code) || same(row.titleHi) || same(row.titleEn));
  return named.length === 1 ? (named[0]?.code ?? text) : text;
}

/** A draft read back: the sentence, whom it binds, who has met it, what it overlaps with. */
export async function sendReview(request: FastifyRequest, reply: FastifyReply, order: OrderRow) {
  const { ctx } = request;
  const say = sayOf(request);
  const prepared = await preparedOrRefusal(ctx, order);
  if (prepared instanceof Refusal) return sendRefused(request, reply, { order, refusal: prepared });
  const [preview, office] = await Promise.all([
    previewMandate(ctx, prepared),
    officeById(ctx, order.officeId),
  ]);
  const shared = preview.overlaps.flatMap((one) => one.courses);
  const names = await namesFor(ctx, order.rules, shared);
  const amended = await amendedBy(ctx, order, { prepared, preview });
  const failure = (await progressOf(ctx.db.read, order.mandateId))?.failure;
  return sendOffice(request, reply, {
    title: say.t('orders.reviewTitle', { number: order.number }),
    body: (
      <>
        {failure ? <BuildFailure failure={failure} say={say} /> : null}
        <ReviewPage
          {...{ order, amended, preview, names, office, say }}
          today={todayInIndia(ctx.clock)}
          unused={prepared.unusedWords}
        />
      </>
    ),
  });
}

/** What it cites, or a course that it names, may have changed since it was entered. */
async function preparedOrRefusal(ctx: Ctx, order: OrderRow): Promise<PreparedDraft | Refusal> {
  try {
    return await prepareDraft(ctx, readOrder(fileOfRow(order)));
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

type Refused = { order: OrderRow; refusal: Refusal };

async function sendRefused(request: FastifyRequest, reply: FastifyReply, { order, refusal }: Refused) {
  const say = sayOf(request);
  const names = await namesFor(request.ctx, order.rules);
  return sendOffice(request, reply, {
    title: say.t('orders.reviewTitle', { number: order.number }),
    body: <RefusedPage {...{ order, refusal, names, say }} />,
  });
}

async function sendPublish(request: FastifyRequest, reply: FastifyReply) {
  const { ctx } = request;
  const say = sayOf(request);
  const order = await ownDraft(ctx, (request.params as { id: string }).id);
  // One that extends or withdraws asks on its own page.
  if (!hasRules(order)) return reply.redirect(`/office/orders/${order.mandateId}`, 303);
  const prepared = await preparedOrRefusal(ctx, order);
  // Why it cannot be put in force stands on its own page.
  if (prepared instanceof Refusal) return reply.redirect(`/office/orders/${order.mandateId}`, 303);
  const [preview, names] = await Promise.all([previewMandate(ctx, prepared), namesFor(ctx, order.rules)]);
  const amended = await amendedBy(ctx, order, { prepared, preview });
  const isTickMissing = request.method === 'POST';
  if (isTickMissing) reply.status(422);
  return sendOffice(request, reply, {
    title: say.t('orders.publishTitle', { number: order.number }),
    crumbs: [{ label: order.number, href: `/office/orders/${order.mandateId}` }],
    body: <PublishPage {...{ order, amended, preview, names, isTickMissing, say }} />,
    hasErrors: isTickMissing,
  });
}

type Looked = { prepared: PreparedDraft; preview: FullPreview };

/** The order whose place a draft takes, beside it. */
async function amendedBy(ctx: Ctx, draft: OrderRow, { prepared, preview }: Looked) {
  const cited = draft.cites ? await orderByNumber(ctx.db.read, draft.cites) : undefined;
  if (!cited) return undefined;
  const [mine, theirs] = await Promise.all([namesFor(ctx, draft.rules), namesFor(ctx, cited.rules)]);
  const names = {
    offices: new Map([...mine.offices, ...theirs.offices]),
    courses: new Map([...mine.courses, ...theirs.courses]),
  };
  const order = { ...draft, extendedUntil: prepared.row.extensionHeld };
  return { cited, order, names, bound: { before: preview.boundBefore, now: preview.bound } };
}

/** A draft's row as the file it was read from. */
export function fileOfRow(order: OrderRow): Record<string, unknown> {
  const { titleHi, titleEn } = order;
  return {
    order: {
      ...{ number: order.number, date: order.orderDate, issuer: order.issuer },
      ...(order.issuerEn ? { issuerEn: order.issuerEn } : {}),
    },
    title: { ...(titleHi ? { hi: titleHi } : {}), ...(titleEn ? { en: titleEn } : {}) },
    ...order.rules,
    ...(order.cites
      ? { amends: { number: order.cites, ...(order.inForceFrom ? { effectiveOn: order.inForceFrom } : {}) } }
      : {}),
  };
}
