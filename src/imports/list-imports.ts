import { type Ctx, requireRole } from '../kernel/context.ts';
import { type ImportRow, listImports } from '../kernel/imports/index.ts';
import { deskRoles, deskScopes, kindsFor } from './policy.ts';

/** Imports that the actor may look at, newest first, by key. */
export async function visibleImports(
  ctx: Ctx,
  page: { after?: string; limit: number },
): Promise<{ items: ImportRow[]; next: string | null }> {
  requireRole(ctx, deskRoles);
  const rows = await listImports(ctx.db.read, {
    scopes: deskScopes(ctx),
    kinds: kindsFor(ctx),
    after: page.after,
    limit: page.limit + 1,
  });
  const items = rows.slice(0, page.limit);
  return { items, next: rows.length > page.limit ? (items.at(-1)?.importId ?? null) : null };
}
