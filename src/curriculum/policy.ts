import { type Ctx, personIdOf, requireRole, scopesOf } from '../kernel/context.ts';
import {
  findOffices,
  type OfficeRow,
  officeByCode,
  pathIsInScope,
  type Role,
} from '../organisations/index.ts';
import { severalAt, unknownAt } from './words.ts';

/** Who reads programmes, plans and what the rule finds, of his own offices. */
export const rolesReading: readonly Role[] = ['nodal', 'leader', 'centre', 'operator', 'auditor'];
/** Who enters an institute's programmes and publishes their syllabi. */
export const rolesTeaching: readonly Role[] = ['centre', 'nodal'];
/** Who writes a department's plan and approves another's. */
export const rolesPlanning: readonly Role[] = ['nodal'];
/** Who enters a rule by an order's number, and how plans are approved. */
export const rolesRuling: readonly Role[] = ['nodal', 'operator'];
/** Who may say why something does not comply. */
export const rolesReasoning: readonly Role[] = ['nodal', 'centre'];

export function mayAt(ctx: Ctx, roles: readonly Role[], path: readonly string[]): boolean {
  return pathIsInScope(path, scopesOf(ctx.actor, roles));
}

/** Whoever a rule checks does not end it: that is for the charge that entered it, and those above. */
export function mayEnd(
  ctx: Ctx,
  { officePath, chargePath }: { officePath: readonly string[]; chargePath: readonly string[] | null },
): boolean {
  return mayAt(ctx, rolesRuling, officePath) && mayAt(ctx, rolesRuling, chargePath ?? officePath);
}

/**
 * The office that a form or a body names, by its code or by the name of one of the actor's own: unknown and not visible
 * are the same fault of its field.
 */
export async function officeGiven(ctx: Ctx, code: string, roles: readonly Role[]): Promise<OfficeRow> {
  requireRole(ctx, roles);
  const office = await officeByCode(ctx, code);
  if (office && mayAt(ctx, roles, office.path)) return office;
  const scopes = scopesOf(ctx.actor, roles);
  const found = office ? [] : await findOffices(ctx, { text: code, scopes });
  const exact = found.filter(({ nameHi, nameEn }) => [nameHi, nameEn].includes(code.trim()));
  const [named, other] = exact.length > 0 ? exact : found;
  if (!named) throw unknownAt('officeCode', code);
  if (other) throw severalAt('officeCode', [named.code, other.code]);
  return named;
}

/** Who acts, for "nobody approves his own plan": the person, or the token that stands for none; null: the system. */
export function actorId(ctx: Ctx): string | null {
  return personIdOf(ctx.actor) ?? (ctx.actor.kind === 'token' ? ctx.actor.tokenId : null);
}
