import type { Ctx } from '../kernel/context.ts';
import { appraisalYear, todayInIndia } from '../kernel/dates.ts';
import { Refusal } from '../kernel/errors.ts';
import { officeByCode } from '../organisations/index.ts';
import { grantRole } from '../people/index.ts';
import { saveCalendar } from './calendars/save-calendar.ts';
import { queueStatements } from './statements/run-job.ts';
import { calendarsOfYear } from './stores/calendars.ts';

/** Calendars of the state for the year that runs and the one before, an appraisal officer, and last year frozen. */
export async function loadDemonstrationAppraisal(ctx: Ctx): Promise<void> {
  if (!(await officeByCode(ctx, 'UP')) || !(await officeByCode(ctx, 'SW'))) return;
  const running = appraisalYear(todayInIndia(ctx.clock));
  const first = Number(running.from.slice(0, 4));
  const before = appraisalYear(`${first - 1}-04-01`).name;
  for (const year of [before, running.name]) {
    if ((await calendarsOfYear(ctx.db.read, year)).length > 0) continue;
    await saveCalendar(ctx, { code: 'up_acr_2024_25', year, officeCode: 'UP' });
  }
  const role = { employeeCode: 'SW1003', role: 'appraisal', officeCode: 'SW', kind: 'charge' } as const;
  await grantRole(ctx, role).catch((error: unknown) => {
    if (!(error instanceof Refusal)) throw error;
  });
  await queueStatements(ctx, { kind: 'freeze', year: before, officeCode: 'SW' });
}
