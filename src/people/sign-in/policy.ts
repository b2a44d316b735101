import { type Ctx, requireRole, scopesOf } from '../../kernel/context.ts';
import { notFound } from '../../kernel/errors.ts';
import { helpableIds, isHelpable, rolesHelping } from './stores/helping.ts';

/** Whether a page offers the help at all. */
export async function mayHelpSignIn(ctx: Ctx, personId: string): Promise<boolean> {
  return scopesOf(ctx.actor, rolesHelping).length > 0 && isHelpable(ctx, personId);
}

/** May this actor help this person to sign in: slip, PIN, number, sessions? Not visible means not found. */
export async function requireHelpable(ctx: Ctx, personId: string): Promise<void> {
  requireRole(ctx, rolesHelping);
  if (!(await isHelpable(ctx, personId))) throw notFound();
}

/** Whom may this actor help? The same rule as a list. */
export async function helpablePersons(ctx: Ctx): Promise<string[]> {
  requireRole(ctx, rolesHelping);
  return helpableIds(ctx);
}
