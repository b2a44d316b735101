import { Logger, runOnce } from 'graphile-worker';
import { features } from '../src/features.ts';
import { systemActor } from '../src/kernel/context.ts';
import { ctxOf } from '../src/kernel/feature.ts';
import type { World } from './world.ts';

/** Runs every job that is due now, of all features, and returns when none is left. */
export async function runJobsOnce(world: Pick<World, 'runtime'>): Promise<void> {
  const { runtime } = world;
  const jobs = Object.assign({}, ...features.map((feature) => feature.jobs?.(runtime) ?? {}));
  const taskList = Object.fromEntries(
    Object.entries(jobs as Record<string, (ctx: unknown, payload: unknown) => Promise<void>>).map(
      ([name, handler]) => [
        name,
        (payload: unknown) => handler(ctxOf(runtime, systemActor(`job ${name}`)), payload ?? {}),
      ],
    ),
  );
  await runOnce({ pgPool: runtime.db.pool, taskList, logger: new Logger(() => () => undefined) });
}
