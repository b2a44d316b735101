import { type Ctx, requireRole, scopesOf } from '../../kernel/context.ts';
import { notFound } from '../../kernel/errors.ts';
import type { ImportKind, ImportScope } from '../../kernel/imports/index.ts';
import { officeByCode, pathIsInScope } from '../scope.ts';
import { countOutside } from './store.ts';

/** Who may bring in offices, people and what they completed; everybody within his own offices. */
export const importRoles: readonly string[] = ['nodal', 'operator'];

/** The policy of a kind of import whose rows lie in offices: who holds one of the roles, within his own. */
export function withinOffices(roles: readonly string[]): Pick<ImportKind, 'authorise' | 'covers'> {
  return {
    authorise: (ctx, office) => officeImportScope(ctx, roles, office),
    covers: (ctx, scope) => coversScope(ctx, roles, scope),
  };
}

/**
 * What the actor may touch by an import: his offices' subtrees. An office that is named must lie there; it
 * is then the import's own office.
 */
export async function officeImportScope(
  ctx: Ctx,
  roles: readonly string[],
  officeCode: string | undefined,
): Promise<ImportScope> {
  const scopes = requireRole(ctx, roles);
  if (!officeCode) return { scopes: scopes.includes('*') ? ['*'] : scopes };
  const office = await officeByCode(ctx, officeCode);
  if (!office || !pathIsInScope(office.path, scopes)) throw unknownOffice(officeCode);
  return { scopes: scopes.includes('*') ? ['*'] : scopes, officeId: office.officeId };
}

function unknownOffice(code: string) {
  return notFound({ hi: `कार्यालय ${code} नहीं मिला।`, en: `Office ${code} was not found.` });
}

/** Whether the actor's offices cover all that an import might touch; null means everywhere. */
export async function coversScope(
  ctx: Ctx,
  roles: readonly string[],
  scopeOfficeIds: string[] | null,
): Promise<boolean> {
  const scopes = scopesOf(ctx.actor, roles);
  if (scopes.includes('*')) return true;
  if (scopeOfficeIds === null) return false;
  return (await countOutside(ctx.db.read, scopeOfficeIds, scopes)) === 0;
}
