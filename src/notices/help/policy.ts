import { type Ctx, personIdOf, requireRole, scopesOf } from '../../kernel/context.ts';
import { notFound } from '../../kernel/errors.ts';
import { pathIsInScope, type Role } from '../../organisations/index.ts';
import { type DeskHelp, deskRequest, type HelpKey } from './store.ts';

/** Who answers: nodal officers their subtree, operators what no nodal officer has, and visitors. */
export const rolesAnswering: readonly Role[] = ['nodal', 'operator'];
export const rolesAnsweringVisitors: readonly Role[] = ['operator'];

/** A request that the actor may answer; one's own question is for somebody else. */
export async function requireDeskRequest(ctx: Ctx, key: HelpKey): Promise<DeskHelp> {
  requireRole(ctx, rolesAnswering);
  const request = await deskRequest(ctx.db.read, key);
  if (!request || request.personId === personIdOf(ctx.actor) || !mayAnswer(ctx, request)) throw notFound();
  return request;
}

function mayAnswer(ctx: Ctx, request: DeskHelp): boolean {
  if (request.deskOfficeId === null && scopesOf(ctx.actor, ['operator']).length > 0) return true;
  return request.path !== null && pathIsInScope(request.path, scopesOf(ctx.actor, ['nodal']));
}
