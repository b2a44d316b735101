import { fixedClock } from '../kernel/clock.ts';
import { readConfig } from '../kernel/config.ts';
import { systemActor } from '../kernel/context.ts';
import { openDb } from '../kernel/db.ts';
import { ctxOf } from '../kernel/feature.ts';
import { localStorage } from '../kernel/storage.ts';
import { runReminders } from './run-reminders.ts';

// One turn of reminders in a program of its own, for tests that kill it: settings from the environment, and the
// instant that it believes in as its argument.
const config = readConfig(process.env);
const db = openDb(config.databaseUrl ?? '');
const runtime = {
  ...{ db, config, clock: fixedClock(process.argv[2] ?? ''), storage: localStorage(config.dataDir) },
  log: () => undefined,
  secret: 'test-secret-test-secret-test-secret',
};
await runReminders(ctxOf(runtime, systemActor('job')));
await db.close();
