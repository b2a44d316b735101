import { type Ctx, requireRole } from '../kernel/context.ts';
import type { Db } from '../kernel/db.ts';
import {
  addCommon,
  beginCounting,
  countNew,
  endCounting,
  isRecountWanted,
  recount,
  recountWhereWanted,
} from './stores/rebuild.ts';
import type { KeyRange } from './stores/seeing-only.ts';

export { noteUncounted } from './stores/rebuild.ts';
export type { KeyRange } from './stores/seeing-only.ts';

/**
 * Throws all counters away and computes them anew from the events, in one transaction; whoever reads meanwhile
 * sees the old ones. For facts that were written by COPY, past `changeFacts` (generated people).
 */
export async function rebuildCounters(ctx: Ctx): Promise<void> {
  requireRole(ctx, ['operator']);
  await ctx.db.longTransaction(recount);
}

/** So many portions are counted at once: reading and sorting them keeps a processor each. */
const atOnce = 2;

/**
 * Counts persons who were written past `changeFacts` (generated people) with `noteUncounted` in their transaction and
 * whom nobody else knows yet, by ranges of keys. Whoever is killed before the end leaves it to the next start.
 */
export async function countNewPeople(ctx: Ctx, ranges: readonly KeyRange[]): Promise<void> {
  requireRole(ctx, ['operator']);
  await ctx.db.longTransaction(beginCounting);
  const left = [...ranges];
  const worker = async () => {
    for (let range = left.shift(); range; range = left.shift()) {
      const portion = range;
      if (!(await ctx.db.longTransaction((tx) => countNew(tx, portion)))) left.length = 0;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  const seats = Array.from({ length: atOnce }, (_, number) => ({ number, of: atOnce }));
  await Promise.all(seats.map((seat) => ctx.db.longTransaction((tx) => addCommon(tx, seat))));
  await ctx.db.longTransaction(endCounting);
}

/** At the start after a migration that counts more than before: by the first process; others wait for it. */
export async function rebuildWhereWanted(db: Db): Promise<void> {
  if (!(await isRecountWanted(db.read))) return;
  await db.longTransaction(recountWhereWanted);
}
