import type { Ctx } from '../kernel/context.ts';
import { addDays, type Day } from '../kernel/dates.ts';
import { countedAsOf } from './stores/counters.ts';

export type NodeActivity = {
  /** Registered as of `to`. */
  people: number;
  /** First completions of whoever was posted there on the day of completing (activity view), and their minutes. */
  completions: number;
  minutes: number;
};

const nothing: NodeActivity = { people: 0, completions: 0, minutes: 0 };

/** What was done at each of the nodes from one day to another, both included. Unmasked: the caller's policy decides. */
export async function activityBetween(
  ctx: Pick<Ctx, 'db'>,
  { nodeIds, from, to }: { nodeIds: readonly string[]; from: Day; to: Day },
): Promise<Map<string, NodeActivity>> {
  const before = addDays(from, -1);
  const rows = await countedAsOf(ctx.db.read, nodeIds, [before, to]);
  const found = new Map<string, NodeActivity>(nodeIds.map((id) => [id, nothing]));
  for (const { officeId, day, ...row } of rows) {
    const sign = day === before ? -1 : 1;
    const known = found.get(officeId) ?? nothing;
    found.set(officeId, {
      people: sign === 1 ? row.registered : known.people,
      completions: known.completions + sign * row.activity_completions,
      minutes: known.minutes + sign * row.activity_minutes,
    });
  }
  return found;
}
