import type { Ctx } from '../../kernel/context.ts';
import { nameSearchText } from './name-search.ts';
import { type StaleName, staleNames, writeSearchTexts } from './stores/person-writes.ts';

const batchSize = 2000;
// A job ends in reasonable time; the next minute's goes on where this one stopped.
const mostBatches = 1000;

/** Makes the search text of names that an import or anybody else has written. Returns how many. */
export async function refreshNameSearch(ctx: Ctx): Promise<number> {
  let refreshed = 0;
  for (let batch = 0; batch < mostBatches; batch += 1) {
    const stale = await staleNames(ctx.db.read, batchSize);
    if (stale.length === 0) break;
    await ctx.db.transaction((tx) => writeSearchTexts(tx, textsOf(stale)));
    refreshed += stale.length;
    if (stale.length < batchSize) break;
  }
  return refreshed;
}

function textsOf(stale: StaleName[]) {
  return stale.map((person) => ({ ...person, text: nameSearchText(person.nameHi, person.nameEn) }));
}
