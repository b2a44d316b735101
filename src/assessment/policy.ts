import { type Ctx, requireRole, scopesOf } from '../kernel/context.ts';
import { forbidden, notFound } from '../kernel/errors.ts';
import { officeByCode, officeById, pathIsInScope, type Role } from '../organisations/index.ts';

/** The same roles as of courses: who writes courses writes questions; keys are read by nobody else. */
export const authorRoles: readonly Role[] = ['author', 'publisher'];
export const readerRoles: readonly Role[] = ['author', 'reviewer', 'publisher', 'operator', 'auditor'];
export const markerRoles: readonly Role[] = ['author', 'reviewer', 'publisher'];
export const nodalRoles: readonly Role[] = ['nodal'];

/** `officePath`: root first; of what belongs to the whole installation the roots. */
export type Owned = { officePath: string[] | null };

export function holdsOver(ctx: Ctx, roles: readonly Role[], owned: Owned): boolean {
  const scopes = scopesOf(ctx.actor, roles);
  return owned.officePath ? pathIsInScope(owned.officePath, scopes) : scopes.length > 0;
}

/** Whoever may not read it must not know of it. */
export function requireReader(ctx: Ctx, owned: Owned | undefined): asserts owned {
  requireRole(ctx, readerRoles);
  if (!owned || !holdsOver(ctx, readerRoles, owned)) throw notFound();
}

export function requireAuthor(ctx: Ctx, owned: Owned | undefined): asserts owned {
  requireReader(ctx, owned);
  if (!holdsOver(ctx, authorRoles, owned)) throw forbidden();
}

/** The office named, or the one of the author's own right; null (the installation) for the system. */
export async function ownerOffice(ctx: Ctx, officeCode: string | undefined): Promise<string | null> {
  const scopes = requireRole(ctx, authorRoles);
  if (officeCode) {
    const office = await officeByCode(ctx, officeCode);
    if (!office || !pathIsInScope(office.path, scopes)) throw notFound();
    return office.officeId;
  }
  const first = scopes.find((scope) => scope !== '*');
  return first ? ((await officeById(ctx, first))?.officeId ?? null) : null;
}
