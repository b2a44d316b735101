import { audit } from '../../kernel/audit.ts';
import { type Ctx, personIdOf, scopesOf } from '../../kernel/context.ts';
import { namesRight } from '../../organisations/index.ts';
import type { ListSearch } from './list-query.ts';

const holdsNamesRight = (ctx: Ctx) => scopesOf(ctx.actor, [namesRight]).length > 0;

/** A leader has names only by a separate right, and each list that he looks at is kept. */
export async function keepLeadersListLook(ctx: Ctx, search: ListSearch, shown: number): Promise<void> {
  if (!holdsNamesRight(ctx)) return;
  const { q, ...filter } = search;
  await ctx.db.transaction((tx) =>
    audit(tx, ctx, {
      action: 'persons.seen',
      subjectKind: 'office',
      subjectId: search.office ?? scopesOf(ctx.actor, [namesRight]).join(','),
      detail: { ...filter, isSearch: Boolean(q), shown },
    }),
  );
}

/** The same for what belongs to named persons outside their own page, such as certificates. */
export async function keepLeadersLooks(ctx: Ctx, personIds: Iterable<string>): Promise<void> {
  if (!holdsNamesRight(ctx)) return;
  const others = [...new Set(personIds)].filter((personId) => personId !== personIdOf(ctx.actor));
  if (others.length === 0) return;
  await ctx.db.transaction(async (tx) => {
    for (const personId of others)
      await audit(tx, ctx, { action: 'person.viewed', subjectKind: 'person', subjectId: personId, personId });
  });
}
