import { type Ctx, personIdOf, requireRole, scopesOf } from '../kernel/context.ts';
import { forbidden, notFound, Refusal } from '../kernel/errors.ts';
import { pathIsInScope, type Role } from '../organisations/index.ts';

/** A publisher may all that an author and a reviewer may (INTERFACES). */
export const authorRoles: readonly Role[] = ['author', 'publisher'];
export const readerRoles: readonly Role[] = ['author', 'reviewer', 'publisher', 'operator', 'auditor'];
export const publisherRoles: readonly Role[] = ['publisher'];
export const reviewerRoles: readonly Role[] = ['reviewer', 'publisher'];

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

export function mayReview(ctx: Ctx, owner: CourseOwner): boolean {
  return holdsOver(ctx, reviewerRoles, owner);
}

export function requireReader(ctx: Ctx, owner: CourseOwner): void {
  requireRole(ctx, readerRoles);
  if (!mayReadDraft(ctx, owner)) throw notFound();
}

export function requireReviewer(ctx: Ctx, owner: CourseOwner): void {
  requireReader(ctx, owner);
  if (!mayReview(ctx, owner)) throw forbidden();
}

/** Who acts, for "nobody reviews his own text": the person, or the token that stands for none; null: the system. */
export function actorId(ctx: Ctx): string | null {
  return personIdOf(ctx.actor) ?? (ctx.actor.kind === 'token' ? ctx.actor.tokenId : null);
}

/** What a reviewer reads does not change under his eyes. */
export function refuseInReview(versions: { state: string }[]): void {
  if (!versions.some((version) => version.state === 'in_review')) return;
  throw new Refusal(
    'conflict',
    {
      hi: 'यह प्रारूप अनुमोदन में है। बदलने के लिए पहले उसे अनुमोदन से वापस लें।',
      en: 'This draft is in review. Take it back from review to change it.',
    },
    { reason: 'in_review' },
  );
}
