import type { Ctx } from '../kernel/context.ts';
import { todayInIndia } from '../kernel/dates.ts';
import { countedAsOf } from './stores/counters.ts';

/** Registered people at or below each office today, from the counters; for the tree of one's own offices. */
export async function registeredNow(ctx: Ctx, officeIds: string[]): Promise<Map<string, number>> {
  const rows = await countedAsOf(ctx.db.read, officeIds, [todayInIndia(ctx.clock)]);
  const counted = new Map(rows.map((row) => [row.officeId, row.registered]));
  return new Map(officeIds.map((id) => [id, counted.get(id) ?? 0]));
}
