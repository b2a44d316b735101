import { type Ctx, personIdOf, requireRole, scopesOf } from '../../kernel/context.ts';
import { todayInIndia } from '../../kernel/dates.ts';
import { forbidden, notFound } from '../../kernel/errors.ts';
import { pathIsInScope, type Role } from '../../organisations/index.ts';
import { type CaseKey, codesOf, type DeskCase, deskCase } from './store.ts';

/** Who decides: nodal officers of the subtree, since the appraisal's roles must not. */
export const rolesDeciding: readonly Role[] = ['nodal'];

/**
 * A case that the actor may decide. Nobody decides his own, and the controlling officer, who writes the person's
 * appraisal or did when the case was opened, decides none of his people's: for them it lies with the nodal officer
 * above, who sees it too.
 */
export async function requireDeskCase(ctx: Ctx, key: CaseKey): Promise<DeskCase> {
  requireRole(ctx, rolesDeciding);
  const found = await deskCase(ctx.db.read, key, todayInIndia(ctx.clock));
  const isInScope = found?.path && pathIsInScope(found.path, scopesOf(ctx.actor, rolesDeciding));
  const actorId = personIdOf(ctx.actor);
  if (!found || !isInScope || found.personId === actorId) throw notFound();
  const codes = actorId && found.controllingCodes.length > 0 ? await codesOf(ctx.db.read, actorId) : [];
  if (found.controllingCodes.some((code) => codes.includes(code))) throw notFound();
  return found;
}

/** A decision has a name under it: a token that stands for no person decides nothing. */
export function requireDecider(ctx: Ctx): string {
  const personId = personIdOf(ctx.actor);
  if (!personId) throw forbidden();
  return personId;
}
