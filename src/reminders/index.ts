import type { Feature } from '../kernel/feature.ts';
import { lasting } from '../kernel/jobs.ts';
import { addHomeNotice } from '../learning/index.ts';
import { setReminderDays } from '../mandates/index.ts';
import { addPersonSection, onPersonsMerged } from '../people/index.ts';
import { addWaitingKind } from '../shell/site/index.ts';
import { remindersApi } from './api.ts';
import { countBouncedAddresses } from './bounces.ts';
import { reminderDaysOf } from './change-rule.ts';
import { bounceCommand, remindCommand } from './commands.ts';
import { forgetOldReminders } from './forget-old.ts';
import { mergeReminders } from './merge.ts';
import { reminderNotices } from './own-digests.ts';
import { bouncesHref } from './pages/bounces-page.tsx';
import { ownCard, personCard } from './pages/person-cards.tsx';
import { reminderPages } from './pages/routes.tsx';
import { rolesCorrecting } from './policy.ts';
import { remindersJob, runReminders } from './run-reminders.ts';

/** Switches an order's reminders on, pauses them or switches them off. */
export { switchReminders } from './change-rule.ts';
/** One turn of reminders now: for whoever does not wait for the quarter of the hour. */
export { runReminders } from './run-reminders.ts';

export const reminders: Feature = {
  name: 'reminders',
  prepare() {
    setReminderDays(reminderDaysOf);
    addHomeNotice('reminders', reminderNotices);
    addPersonSection({ name: 'reminders', on: 'profile', order: 60, render: ownCard });
    addPersonSection({ name: 'reminders', on: 'office', order: 66, render: personCard });
    onPersonsMerged(mergeReminders);
    addWaitingKind({
      link: 'persons',
      roles: rolesCorrecting,
      label: 'reminders.waitingBounces',
      href: bouncesHref,
      count: countBouncedAddresses,
    });
  },
  http(app) {
    reminderPages(app);
    remindersApi(app);
  },
  jobs: () => ({
    [remindersJob]: lasting(async (ctx, _payload, attempt) => {
      await runReminders(ctx, attempt?.stopping);
    }),
    'reminders:forget': forgetOldReminders,
  }),
  // From 7:45 to 20:15 in India, the turn itself keeps the hours; at 2:35 what is old goes.
  crontab: [`*/15 2-14 * * * ${remindersJob} ?max=1`, '5 21 * * * reminders:forget ?max=1'],
  commands: [remindCommand, bounceCommand],
};
