import { type Ctx, scopesOf } from '../kernel/context.ts';
import { foldText, searchQuery } from '../kernel/text/index.ts';
import type { OfficeRow } from './scope.ts';
import { officesMatching, officesWithin } from './store.ts';

/** Where to look: everywhere, or only at and below these offices. */
export type OfficeSearch = { text: string; scopes?: readonly string[]; limit?: number };

/** Offices whose code is the text, or whose name sounds like it in either script; the best first. */
export async function findOffices(ctx: Pick<Ctx, 'db'>, search: OfficeSearch): Promise<OfficeRow[]> {
  const text = search.text.trim();
  if (text === '') return [];
  return officesMatching(ctx.db.read, {
    code: text,
    plain: `%${text.replaceAll(/[%_\\]/g, '')}%`,
    folded: foldText(text),
    tokens: searchQuery(text).skeletons.map((token) => `%${token}%`),
    scopes: search.scopes ?? ['*'],
    limit: search.limit ?? 20,
  });
}

/** Some offices of the actor's own subtrees, to be offered while typing; from the top. */
export async function suggestedOffices(ctx: Ctx, roles: readonly string[]): Promise<OfficeRow[]> {
  const scopes = scopesOf(ctx.actor, roles);
  return scopes.length === 0 ? [] : officesWithin(ctx.db.read, scopes, 200);
}
