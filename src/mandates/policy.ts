import { type Ctx, requireRole, scopesOf } from '../kernel/context.ts';
import { notFound, Refusal } from '../kernel/errors.ts';
import { chargeAbove, officeByCode, pathIsInScope, type Role } from '../organisations/index.ts';
import { type OrderRow, pathsOfOrder } from './stores/orders.ts';

/** Who enters orders and publishes them, for offices of his own subtree. */
export const rolesOrdering: readonly Role[] = ['nodal', 'operator'];
/** Who reads an order's text and its figures of his offices. */
export const rolesReadingOrders: readonly Role[] = [
  'nodal',
  'leader',
  'appraisal',
  'auditor',
  'operator',
  'centre',
];

/** The order's own office, which is the first of its scope, and the office of the charge it is entered in. */
export type OrderOffices = { officeId: string; enteredAt: string | null };

/** The offices of an order must all lie in the actor's subtree. */
export async function requireOfficesOfOrder(ctx: Ctx, codes: string[]): Promise<OrderOffices> {
  const scopes = requireRole(ctx, rolesOrdering);
  const offices = await Promise.all(codes.map((code) => officeByCode(ctx, code)));
  for (const [at, office] of offices.entries())
    if (!office || !pathIsInScope(office.path, scopes)) throw officeOutside(codes[at] ?? '');
  const [first] = offices;
  if (!first) throw notFound();
  return { officeId: first.officeId, enteredAt: chargeOver(ctx, first.path) };
}

/** The widest of the actor's own offices above this one; none for the command line, which is nobody's charge. */
export function chargeOver(ctx: Ctx, path: readonly string[]): string | null {
  return chargeAbove(path, scopesOf(ctx.actor, rolesOrdering));
}

/**
 * Whether the actor may act on an order: over every office of its scope, of the order that it cites, and over the
 * office that entered it. The first office alone decides nothing for the others.
 */
export async function mayActOn(ctx: Ctx, order: Pick<OrderRow, 'mandateId'>): Promise<boolean> {
  const scopes = scopesOf(ctx.actor, rolesOrdering);
  if (scopes.length === 0) return false;
  const paths = await pathsOfOrder(ctx.db.read, order.mandateId);
  return paths.length > 0 && paths.every((path) => pathIsInScope(path, scopes));
}

/** The order, for whoever may act on it; not visible means not found. */
export async function requireMayAct<Order extends Pick<OrderRow, 'mandateId'>>(
  ctx: Ctx,
  order: Order | undefined,
): Promise<Order> {
  requireRole(ctx, rolesOrdering);
  if (!order || !(await mayActOn(ctx, order))) throw notFound();
  return order;
}

function officeOutside(code: string): Refusal {
  const text = { hi: `कार्यालय ${code} नहीं मिला।`, en: `Office ${code} was not found.` };
  return new Refusal('not_found', text, { reason: 'unknown_office' });
}
