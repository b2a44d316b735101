import type { Runtime } from './feature.ts';
import { describeError } from './log.ts';

const restMs = 300;

/** Does some work again and again, until the database is closed; after a failure less and less often. */
export function keepTaking(
  runtime: Pick<Runtime, 'db' | 'log'>,
  job: string,
  work: () => Promise<void>,
): { stop(): void } {
  let isStopped = false;
  let pause = restMs;
  const turn = async () => {
    try {
      await work();
      pause = restMs;
    } catch (error) {
      if (runtime.db.isClosed()) isStopped = true;
      else runtime.log({ job, ...describeError(error) });
      pause = Math.min(pause * 2, 10_000);
    }
    if (!isStopped) setTimeout(() => void turn(), pause).unref();
  };
  setTimeout(() => void turn(), restMs).unref();
  return {
    stop: () => {
      isStopped = true;
    },
  };
}
