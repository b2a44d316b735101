import type { Ctx } from '../../kernel/context.ts';
import type { Db } from '../../kernel/db.ts';

const keptForMs = 30_000;
const kept = new WeakMap<Db, { at: number; tags: Promise<string[]> }>();

/** The tags that published courses carry, most used first, at most 60; read twice a minute. */
export function catalogueTags(ctx: Pick<Ctx, 'db'>): Promise<string[]> {
  const known = kept.get(ctx.db);
  if (known && performance.now() - known.at < keptForMs) return known.tags;
  const query = `select tag from (select unnest(tags) as tag from course where state = 'published') t
    group by tag order by count(*) desc, tag limit 60`;
  const tags = ctx.db
    .hot<{ tag: string }>('catalogue-tags', query, [])
    .then((rows) => rows.map((row) => row.tag));
  kept.set(ctx.db, { at: performance.now(), tags });
  tags.catch(() => kept.delete(ctx.db));
  return tags;
}
