import { monthBefore } from '../insight/index.ts';
import type { Ctx } from '../kernel/context.ts';
import { todayInIndia } from '../kernel/dates.ts';
import { Refusal } from '../kernel/errors.ts';
import type { NodeKind } from './sheet/shape.ts';
import { publishSheet } from './snapshots/publish-sheet.ts';
import { listSnapshots } from './snapshots/read-snapshots.ts';
import { readRosterReach } from './stores/board.ts';
import { countFieldCadres } from './stores/field-cadres.ts';

const reviewed = [
  ['office', 'UP'],
  ['office', 'SW'],
  ['area', 'district:129'],
] as const;

/** The board's rosters, and two published sheets of the government, the department and a district, to be compared. */
export async function loadDemonstrationReviews(ctx: Ctx): Promise<void> {
  await readRosterReach(ctx.db);
  const today = todayInIndia(ctx.clock);
  await countFieldCadres(ctx.db, today);
  for (const [node, code] of reviewed) {
    if (!(await isUnpublished(ctx, node, code))) continue;
    await publishSheet(ctx, node, { code, asOf: monthBefore(today), note: 'पिछले माह की समीक्षा' });
    await publishSheet(ctx, node, { code, asOf: today, note: 'इस माह की समीक्षा' });
  }
}

/** That there is such a place, and no sheet of it yet. */
async function isUnpublished(ctx: Ctx, node: NodeKind, code: string): Promise<boolean> {
  try {
    return (await listSnapshots(ctx, node, { code, limit: 1 })).items.length === 0;
  } catch (error) {
    if (error instanceof Refusal && error.code === 'not_found') return false;
    throw error;
  }
}
