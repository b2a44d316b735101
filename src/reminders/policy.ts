import { type Ctx, requireRole } from '../kernel/context.ts';
import { notFound } from '../kernel/errors.ts';
import { type OrderFace, orderFace, rolesOrdering } from '../mandates/index.ts';
import type { Role } from '../organisations/index.ts';

/** Who switches reminders and changes their ladder: whoever enters orders of that office. */
export const rolesReminding = rolesOrdering;
/** Who reads to whom a reminder went, of the people of his offices. */
export const rolesReadingLog: readonly Role[] = ['nodal', 'appraisal', 'auditor'];
/** Who corrects the addresses of his people. */
export const rolesCorrecting: readonly Role[] = ['nodal'];
export const rolesOnPage: readonly Role[] = [...new Set<Role>([...rolesReminding, ...rolesReadingLog])];

/** The order, if the actor may remind by it; not visible means not found. */
export async function requireRemindable(ctx: Ctx, mandateId: string): Promise<OrderFace> {
  requireRole(ctx, rolesReminding);
  const order = await orderFace(ctx, { id: mandateId });
  if (!order.mayOrder) throw notFound();
  return order;
}

/** The offices of whose people the actor may read what they were sent. */
export function requireLogScopes(ctx: Ctx): string[] {
  return requireRole(ctx, rolesReadingLog);
}
