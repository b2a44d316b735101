import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Logger, type Runner, run, type TaskList, type WorkerEvents } from 'graphile-worker';
import { LostWorkers } from './lost-workers.ts';
import { NotingPool } from './noting-pool.ts';

export const quiet = new Logger(() => () => undefined);

type Options = { taskList: TaskList; crontab: string; tell(error: unknown): void; lostAfterMs?: number };

const againMs = 1000;

/** One worker of graphile-worker, begun again whenever it ends by itself: a program without one does half its work. */
export class KeptWorker {
  private readonly options: Options;
  private readonly lostWorkers: LostWorkers;
  // Connections of its own: it must go on where people's requests have taken all of the pool's.
  private readonly connections: NotingPool;
  private readonly stopping = new AbortController();
  private runner: Runner | undefined;
  private poolId: string | undefined;
  /** The runner's life, and the pause and the beginning after it. */
  private living: Promise<void> = Promise.resolve();

  constructor(url: string, options: Options) {
    this.options = options;
    this.lostWorkers = new LostWorkers(url, options.lostAfterMs);
    this.connections = new NotingPool(url, options);
  }

  async start(): Promise<void> {
    await this.begin();
    await this.lostWorkers.start();
  }

  /** Jobs under way end first. */
  async stop(): Promise<void> {
    this.stopping.abort();
    // One that has just ended by itself refuses to be stopped.
    await this.runner?.stop().catch(() => undefined);
    await this.living;
    await this.connections.end();
    await this.lostWorkers.stop();
  }

  private async begin(): Promise<void> {
    const { taskList, crontab } = this.options;
    const events: WorkerEvents = new EventEmitter();
    events.on('pool:create', ({ workerPool }) => {
      this.poolId = workerPool.id;
      this.lostWorkers.add(workerPool.id);
    });
    const runner = await run({
      events,
      pgPool: this.connections.pool,
      taskList,
      crontab,
      concurrency: 2,
      pollInterval: 1000,
      noHandleSignals: true,
      logger: quiet,
    });
    this.runner = runner;
    if (this.stopping.signal.aborted) await runner.stop().catch(() => undefined);
    this.living = this.afterEnd(runner).catch(this.options.tell);
  }

  private async afterEnd(runner: Runner): Promise<void> {
    await runner.promise.catch(this.options.tell);
    const { signal } = this.stopping;
    if (signal.aborted) return;
    this.runner = undefined;
    this.options.tell(new Error('the worker ended by itself and is begun again'));
    if (this.poolId) await this.lostWorkers.leave(this.poolId);
    for (let tries = 0; !signal.aborted && !this.runner; tries += 1) {
      await sleep(againMs, undefined, { signal }).catch(() => undefined);
      if (!signal.aborted)
        await this.begin().catch((error: unknown) => {
          if (tries === 0) this.options.tell(error);
        });
    }
  }
}
