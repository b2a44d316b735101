import { type Ctx, personIdOf, requireRole, scopesOf } from '../kernel/context.ts';
import { forbidden, notFound } from '../kernel/errors.ts';
import { officeById, pathIsInScope, type Role } from '../organisations/index.ts';
import type { Statement } from './stores/statements.ts';

/** Opens the cycle, freezes, serves, decides objections. */
export const rolesIssuing: readonly Role[] = ['appraisal'];
/** Reads statements of the people of a subtree; each look at another's is kept. */
export const rolesReading: readonly Role[] = ['appraisal', 'nodal', 'auditor'];
/** May raise an objection for somebody who asks for help. */
export const rolesHelping: readonly Role[] = ['appraisal', 'nodal'];
/** Enters calendars for an office. */
export const rolesKeepingCalendars: readonly Role[] = ['appraisal', 'operator'];

/** Whether the actor holds one of the roles over the office that the statement was made for. */
export async function isOver(
  ctx: Ctx,
  { officeId }: Pick<Statement, 'officeId'>,
  roles: readonly Role[],
): Promise<boolean> {
  const scopes = scopesOf(ctx.actor, roles);
  if (scopes.includes('*')) return true;
  const office = officeId !== null && scopes.length > 0 ? await officeById(ctx, officeId) : undefined;
  return office !== undefined && pathIsInScope(office.path, scopes);
}

/** Not visible means not found. */
export async function requireOver(ctx: Ctx, statement: Statement, roles: readonly Role[]): Promise<void> {
  requireRole(ctx, roles);
  if (!(await isOver(ctx, statement, roles))) throw notFound();
}

/** Whoever a rule judges does not end it: that is for the charge that entered it, and those above. */
export function mayEndRule(
  ctx: Ctx,
  { officePath, chargePath }: { officePath: readonly string[]; chargePath: readonly string[] | null },
): boolean {
  const scopes = scopesOf(ctx.actor, rolesIssuing);
  return pathIsInScope(officePath, scopes) && pathIsInScope(chargePath ?? officePath, scopes);
}

export function isOwn(ctx: Ctx, { holderId }: Pick<Statement, 'holderId'>): boolean {
  return personIdOf(ctx.actor) === holderId;
}

/** What somebody answers for by name: no token of a role does it. The command line acts as the installation. */
export function requireNamed(ctx: Ctx): void {
  if (ctx.actor.kind === 'token' && !ctx.actor.personId) throw forbidden();
}
