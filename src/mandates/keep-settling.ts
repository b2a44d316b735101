import { systemActor } from '../kernel/context.ts';
import { ctxOf, type Runtime } from '../kernel/feature.ts';
import { keepTaking } from '../kernel/keep-taking.ts';
import { describeError } from '../kernel/log.ts';
import { runBuilds } from './builds/run-builds.ts';
import { manyTouched, recountAll, settleChanged } from './settle.ts';
import { sweepSheets } from './stores/builds.ts';
import { whatWaits } from './stores/touched.ts';

const sweptAtOnce = 20_000;

/**
 * The worker's loops, as long as the database is open: whose facts changed waits no longer than half a second,
 * also while new sheets are made; and what was begun by somebody who is gone is ended.
 */
export function keepSettling(runtime: Runtime): void {
  keepTaking(runtime, 'mandates.settle', async () => {
    const waits = await whatWaits(runtime.db.read, manyTouched);
    if ((waits.recounts || waits.many) && !waits.builds) await recountAll(runtime);
    else if (waits.touched) await settleChanged(runtime.db);
  });
  const ctx = ctxOf(runtime, systemActor('mandates'));
  const failed = (error: unknown) => runtime.log({ job: 'mandates.build', ...describeError(error) });
  keepTaking(runtime, 'mandates.build', () => runBuilds(ctx, { failed }));
  keepTaking(runtime, 'mandates.sweep', async () => {
    while (await runtime.db.longTransaction((tx) => sweepSheets(tx, sweptAtOnce)));
  });
}
