import { audit } from '../kernel/audit.ts';
import type { Ctx } from '../kernel/context.ts';
import { notFound, unauthenticated } from '../kernel/errors.ts';
import { holdsRoleOver, looksAsLeader, rolesSeeingPersons } from '../organisations/index.ts';
import { asOfDay, requireOrderAndOffice } from './mandate-summary.ts';
import { mayActOn } from './policy.ts';
import { settleChanged } from './settle.ts';
import type { MandateStatus } from './standing.ts';
import { listOrders, type OrderRow, type OrderState, orderByNumber } from './stores/orders.ts';
import { type BoundPerson, boundPersons } from './stores/persons.ts';

/** Orders, newest first. Drafts are seen by those who may publish them; what is in force, by everybody signed in. */
export async function visibleMandates(
  ctx: Ctx,
  wish: { limit: number; after?: string; state?: OrderState },
): Promise<{ items: OrderRow[]; next: string | null }> {
  if (ctx.actor.kind === 'anonymous') throw unauthenticated();
  const rows = await listOrders(ctx.db.read, { ...wish, limit: wish.limit + 1 });
  const page = rows.slice(0, wish.limit);
  const visible = await Promise.all(page.map((order) => mayRead(ctx, order)));
  const next = rows.length > wish.limit ? (page.at(-1)?.mandateId ?? null) : null;
  return { items: page.filter((_order, index) => visible[index]), next };
}

export async function visibleMandate(ctx: Ctx, number: string): Promise<OrderRow> {
  if (ctx.actor.kind === 'anonymous') throw unauthenticated();
  const order = await orderByNumber(ctx.db.read, number);
  if (!order || !(await mayRead(ctx, order)))
    throw notFound({ hi: `आदेश ${number} नहीं मिला।`, en: `Order ${number} was not found.` });
  return order;
}

async function mayRead(ctx: Ctx, order: OrderRow): Promise<boolean> {
  return order.state !== 'draft' || mayActOn(ctx, order);
}

export type PersonsWish = {
  number: string;
  office: string;
  asOf?: string;
  status?: MandateStatus;
  after?: string;
  limit: number;
};

/** Those an order binds at or below an office, by name: for whoever reads names there. A leader's look is logged. */
export async function mandatePersons(
  ctx: Ctx,
  wish: PersonsWish,
): Promise<{ asOf: string; items: BoundPerson[]; next: string | null }> {
  if (ctx.actor.kind === 'anonymous') throw unauthenticated();
  const { order, office } = await requireOrderAndOffice(ctx, wish);
  if (!holdsRoleOver(ctx, rolesSeeingPersons, office.path)) throw notFound();
  await settleChanged(ctx.db);
  const asOf = asOfDay(ctx, wish.asOf);
  const asked = { mandateId: order.mandateId, officeId: office.officeId, asOf, limit: wish.limit + 1 };
  const rows = await boundPersons(ctx.db.read, { ...asked, status: wish.status, after: wish.after });
  if (looksAsLeader(ctx, office.path))
    await ctx.db.transaction((tx) =>
      audit(tx, ctx, {
        action: 'mandate.persons_viewed',
        subjectKind: 'mandate',
        subjectId: order.mandateId,
        officeId: office.officeId,
        detail: { status: wish.status ?? null, rows: rows.length },
      }),
    );
  const items = rows.slice(0, wish.limit);
  return { asOf, items, next: rows.length > wish.limit ? (items.at(-1)?.personId ?? null) : null };
}
