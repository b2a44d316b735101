import { type Ctx, personIdOf, requireRole, scopesOf } from '../kernel/context.ts';
import {
  type OfficeRow,
  officeByCode,
  officesMeant,
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
  if (office) throw unknownAt('officeCode', code);
  const { office: named, others } = await officesMeant(ctx, {
    text: code,
    scopes: scopesOf(ctx.actor, roles),
  });
  if (named) return named;
  throw others.length > 0
    ? severalAt(
        'officeCode',
        others.slice(0, 2).map((one) => one.code),
      )
    : unknownAt('officeCode', code);
}

/** Who acts, for "nobody approves his own plan": the person, or the token that stands for none; null: the system. */
export function actorId(ctx: Ctx): string | null {
  return personIdOf(ctx.actor) ?? (ctx.actor.kind === 'token' ? ctx.actor.tokenId : null);
}
