import { type Ctx, requireRole } from '../../kernel/context.ts';
import { notFound } from '../../kernel/errors.ts';
import { helpableIds, isHelpable, rolesHelping } from './stores/helping.ts';

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
