import { audit } from '../../kernel/audit.ts';
import { type Ctx, grantsOf, personIdOf, requireRole, scopesOf } from '../../kernel/context.ts';
import { notFound } from '../../kernel/errors.ts';
import { type Role, roles } from '../../organisations/index.ts';
import { type ListedToken, revokeTokenById, type TokenFilter, tokensIn } from './store.ts';

export const rolesWithTokens = ['operator', 'nodal'] as const;

/** The tokens in force that the actor answers for. */
export async function listTokens(ctx: Ctx): Promise<ListedToken[]> {
  return tokensIn(ctx.db, filterOf(ctx), ctx.clock.now());
}

/** Ends a token at once: its text opens nothing any more. */
export async function endToken(ctx: Ctx, tokenId: string): Promise<void> {
  const filter = filterOf(ctx);
  await ctx.db.transaction(async (tx) => {
    if (!(await revokeTokenById(tx, { tokenId, filter, now: ctx.clock.now() }))) throw notFound();
    await audit(tx, ctx, { action: 'token.revoked', subjectKind: 'api_token', subjectId: tokenId });
  });
}

/** Which roles' tokens this actor may make, for the form. */
export function tokenRoles(ctx: Ctx): readonly Role[] {
  const held = grantsOf(ctx.actor);
  if (held.some((grant) => grant.role === 'operator')) return roles;
  return held.some((grant) => grant.role === 'nodal' && !grant.viaLink) ? ['nodal'] : [];
}

function filterOf(ctx: Ctx): TokenFilter {
  requireRole(ctx, rolesWithTokens);
  return { operatorScopes: scopesOf(ctx.actor, ['operator']), madeBy: personIdOf(ctx.actor) };
}
