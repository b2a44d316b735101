import { type Ctx, grantsOf, requireRole } from '../../kernel/context.ts';
import { pathIsInScope, type Role, roles } from '../../organisations/index.ts';

export const rolesGranting = ['operator', 'nodal'] as const;
const rolesListing = ['operator', 'nodal', 'auditor'] as const;
const givenByNodal: readonly Role[] = ['author', 'reviewer', 'centre'];

export type Granting = { role: string; path: readonly string[]; isLink: boolean };

/**
 * Nobody gives more than he holds: an operator gives every role in his subtree; a nodal officer gives
 * authors, reviewers and centre managers, and names a link officer for himself, but only who is nodal
 * officer by his own charge: a link officer names no further ones.
 */
export function mayGrant(ctx: Ctx, { role, path, isLink }: Granting): boolean {
  if (!(roles as readonly string[]).includes(role)) return false;
  return grantsOf(ctx.actor).some((held) => {
    if (!pathIsInScope(path, [held.scopeId])) return false;
    if (held.role === 'operator') return true;
    if (held.role !== 'nodal' || held.viaLink) return false;
    return givenByNodal.includes(role as Role) || (role === 'nodal' && isLink);
  });
}

/** What this actor can give at all, for the form. */
export function grantableRoles(ctx: Ctx): readonly Role[] {
  const held = grantsOf(ctx.actor);
  if (held.some((grant) => grant.role === 'operator')) return roles;
  return held.some((grant) => grant.role === 'nodal' && !grant.viaLink) ? [...givenByNodal, 'nodal'] : [];
}

/** The subtrees whose grants this actor may read. */
export function listedScopes(ctx: Ctx): string[] {
  return requireRole(ctx, rolesListing);
}
