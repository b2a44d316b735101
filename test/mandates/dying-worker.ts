import '../../src/tables.ts';
import { systemActor } from '../../src/kernel/context.ts';
import { openDb } from '../../src/kernel/db.ts';
import { ctxOf } from '../../src/kernel/feature.ts';
import { finishBuild } from '../../src/mandates/builds/run-builds.ts';
import { settleChanged } from '../../src/mandates/settle.ts';

/**
 * A process of its own that dies as by `kill -9` in the middle of a transaction: with a build's key after so many
 * parts of it, without one when it has settled a portion and not yet committed it.
 */
const [url = '', buildId = '', parts = '1'] = process.argv.slice(2);
const db = openDb(url);
const die = () => process.kill(process.pid, 'SIGKILL');

if (buildId) {
  let left = Number(parts);
  const ctx = ctxOf(
    { db, clock: { now: () => new Date('2026-11-22T06:00:00Z') }, config: {} } as never,
    systemActor('x'),
  );
  const told = () => {
    left -= 1;
    if (left === 0) die();
  };
  await finishBuild(ctx, buildId, { partSize: 3, told });
} else {
  const transaction: typeof db.transaction = (work) =>
    db.transaction(async (tx) => {
      const result = await work(tx);
      die();
      // Nothing more is sent before the signal arrives.
      await new Promise(() => undefined);
      return result;
    });
  await settleChanged({ ...db, transaction });
}
