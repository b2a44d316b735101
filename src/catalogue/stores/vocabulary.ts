import type { Ctx } from '../../kernel/context.ts';
import type { Db } from '../../kernel/db.ts';

const query = `select distinct word from course, unnest(string_to_array(search_text, ' ')) word
  where state = 'published' and word like 'q%'`;
const keptForMs = 300_000;

type Kept = { at: number; words: Promise<ReadonlySet<string>> };
const kept = new WeakMap<Db, Kept>();

/**
 * The skeletons of all words that published courses are found by. Only a query that found nothing asks for
 * them, to see which word was meant; they are read again every five minutes.
 */
export function courseWords(ctx: Pick<Ctx, 'db'>): Promise<ReadonlySet<string>> {
  const known = kept.get(ctx.db);
  if (known && performance.now() - known.at < keptForMs) return known.words;
  const words = ctx.db
    .hot<{ word: string }>('course-words', query, [])
    .then((rows) => new Set(rows.map((row) => row.word)));
  kept.set(ctx.db, { at: performance.now(), words });
  words.catch(() => kept.delete(ctx.db));
  return words;
}
