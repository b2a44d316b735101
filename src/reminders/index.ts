import type { Feature } from '../kernel/feature.ts';
import { runReminders } from './run-reminders.ts';

/** Switches an order's reminders on, pauses them or switches them off. */
export { switchReminders } from './change-rule.ts';
/** One turn of reminders now: for whoever does not wait for the quarter of the hour. */
export { runReminders } from './run-reminders.ts';

export const reminders: Feature = {
  name: 'reminders',
  jobs: () => ({
    'reminders:run': async (ctx) => {
      await runReminders(ctx);
    },
  }),
  // From 7:45 to 20:15 in India; the turn itself keeps the hours.
  crontab: ['*/15 2-14 * * * reminders:run ?max=1'],
};
