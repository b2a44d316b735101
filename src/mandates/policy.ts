import { type Ctx, requireRole, scopesOf } from '../kernel/context.ts';
import { notFound, Refusal } from '../kernel/errors.ts';
import { officeByCode, pathIsInScope, type Role } from '../organisations/index.ts';

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

/** The offices of an order must all lie in the actor's subtree; the first is the order's own. */
export async function requireOfficesOfOrder(ctx: Ctx, codes: string[]): Promise<string> {
  const scopes = requireRole(ctx, rolesOrdering);
  const ids: string[] = [];
  for (const code of codes) {
    const office = await officeByCode(ctx, code);
    if (!office || !pathIsInScope(office.path, scopes)) throw officeOutside(code);
    ids.push(office.officeId);
  }
  const [first] = ids;
  if (!first) throw notFound();
  return first;
}

/** Whether the actor may act on an order of this office. */
export function mayOrder(ctx: Ctx, path: readonly string[]): boolean {
  return pathIsInScope(path, scopesOf(ctx.actor, rolesOrdering));
}

function officeOutside(code: string): Refusal {
  const text = { hi: `कार्यालय ${code} नहीं मिला।`, en: `Office ${code} was not found.` };
  return new Refusal('not_found', text, { reason: 'unknown_office' });
}
