import { audit } from '../../kernel/audit.ts';
import { type Ctx, requireRole } from '../../kernel/context.ts';
import { forbidden, notFound } from '../../kernel/errors.ts';
import { pathIsInScope } from '../../organisations/index.ts';
import { mayGrant, rolesGranting } from './policy.ts';
import { endGrant, type GrantRow, grantById } from './store.ts';

/** Ends a role at once: the next request of its holder no longer has it. */
export async function endRole(ctx: Ctx, grantId: string): Promise<void> {
  const grant = await requireEndable(ctx, grantId);
  await ctx.db.transaction(async (tx) => {
    const { personId } = grant;
    if (!(await endGrant(tx, { personId, grantId, now: ctx.clock.now() }))) throw notFound();
    await audit(tx, ctx, {
      action: 'role.ended',
      subjectKind: 'role_grant',
      subjectId: grantId,
      personId,
      officeId: grant.path.at(-1),
      detail: { role: grant.role },
    });
  });
}

/** The grant, if this actor may end it: whoever may give a role may end it. */
export async function requireEndable(ctx: Ctx, grantId: string): Promise<GrantRow> {
  const scopes = requireRole(ctx, rolesGranting);
  const grant = await grantById(ctx, grantId);
  if (!grant || !pathIsInScope(grant.path, scopes)) throw notFound();
  if (!mayGrant(ctx, grant)) throw forbidden();
  return grant;
}
