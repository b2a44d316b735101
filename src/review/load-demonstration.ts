import { monthBefore } from '../insight/index.ts';
import type { Ctx } from '../kernel/context.ts';
import { todayInIndia } from '../kernel/dates.ts';
import { officeByCode } from '../organisations/index.ts';
import { publishSheet } from './snapshots/publish-sheet.ts';
import { listSnapshots } from './snapshots/read-snapshots.ts';
import { readRosterReach } from './stores/board.ts';
import { countFieldCadres } from './stores/field-cadres.ts';

/** The board's rosters, and two published sheets of the department and the government, to be compared. */
export async function loadDemonstrationReviews(ctx: Ctx): Promise<void> {
  await readRosterReach(ctx.db);
  const today = todayInIndia(ctx.clock);
  await countFieldCadres(ctx.db, today);
  for (const code of ['UP', 'SW']) {
    if (!(await officeByCode(ctx, code)) || (await listSnapshots(ctx, { code, limit: 1 })).items.length > 0)
      continue;
    await publishSheet(ctx, { code, asOf: monthBefore(today), note: 'पिछले माह की समीक्षा' });
    await publishSheet(ctx, { code, asOf: today, note: 'इस माह की समीक्षा' });
  }
}
