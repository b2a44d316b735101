import { type Ctx, requireRole, scopesOf } from '../kernel/context.ts';
import { forbidden, notFound } from '../kernel/errors.ts';
import { pathIsInScope, type Role } from '../organisations/index.ts';

/** A publisher may all that an author and a reviewer may (INTERFACES). */
export const authorRoles: readonly Role[] = ['author', 'publisher'];
export const readerRoles: readonly Role[] = ['author', 'reviewer', 'publisher', 'operator', 'auditor'];
export const publisherRoles: readonly Role[] = ['publisher'];

/** `officePath`: root first, of the office whose course it is; of the whole installation's
 * courses the roots; null only where there is no office yet. */
export type CourseOwner = { officePath: string[] | null };

function holdsOver(ctx: Ctx, roles: readonly Role[], owner: CourseOwner): boolean {
  const scopes = scopesOf(ctx.actor, roles);
  return owner.officePath ? pathIsInScope(owner.officePath, scopes) : scopes.length > 0;
}

export function mayReadDraft(ctx: Ctx, owner: CourseOwner): boolean {
  return holdsOver(ctx, readerRoles, owner);
}

export function mayEdit(ctx: Ctx, owner: CourseOwner): boolean {
  return holdsOver(ctx, authorRoles, owner);
}

export function mayPublish(ctx: Ctx, owner: CourseOwner): boolean {
  return holdsOver(ctx, publisherRoles, owner);
}

export function requireAuthor(ctx: Ctx, owner: CourseOwner): void {
  requireRole(ctx, readerRoles);
  if (!mayReadDraft(ctx, owner)) throw notFound();
  if (!mayEdit(ctx, owner)) throw forbidden();
}

export function requirePublisher(ctx: Ctx, owner: CourseOwner): void {
  requireRole(ctx, readerRoles);
  if (!mayReadDraft(ctx, owner)) throw notFound();
  if (!mayPublish(ctx, owner)) throw forbidden();
}
