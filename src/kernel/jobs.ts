import { runMigrations, type TaskList } from 'graphile-worker';
import { sql } from 'kysely';
import type { Ctx } from './context.ts';
import type { Db, Reads, Tx } from './db.ts';
import { KeptWorker, quiet } from './kept-worker.ts';
import { counter } from './metrics/registry.ts';

/** `isLast`: fails this try too, the job is not begun again. `stopping`: aborted when the program is told to stop. */
export type Attempt = { isLast: boolean; stopping?: AbortSignal };
export type JobHandler = (ctx: Ctx, payload: Record<string, unknown>, attempt?: Attempt) => Promise<void>;
export type Jobs = Record<string, JobHandler>;

const lastingOnes = new WeakSet<JobHandler>();

/**
 * Marks a job that takes the longer the more people there are, or the larger a file is. Such jobs have places of
 * their own, so that a code to sign in with, which is good for minutes, never waits behind them.
 */
export function lasting(handler: JobHandler): JobHandler {
  const marked: JobHandler = (...given) => handler(...given);
  lastingOnes.add(marked);
  return marked;
}

/**
 * Adds a job in the transaction of the change, so that neither happens without the other.
 * `key` makes a later job with the same key replace an earlier one that has not begun.
 */
export async function addJob(
  tx: Tx,
  name: string,
  payload: Record<string, unknown> = {},
  options: { runAt?: Date; key?: string; maxAttempts?: number } = {},
): Promise<void> {
  await sql`select graphile_worker.add_job(
    identifier => ${name}, payload => ${JSON.stringify(payload)}::json,
    run_at => ${options.runAt ?? null}::timestamptz, job_key => ${options.key ?? null},
    max_attempts => ${options.maxAttempts ?? null}::smallint)`.execute(tx);
}

/** Of these keys, those whose job still waits or runs; the others' are done, or were given up. */
export async function livingJobs(db: Reads | Tx, keys: string[]): Promise<Set<string>> {
  const found = await sql<{ key: string }>`select key from graphile_worker.jobs
    where key = any(${keys}::text[]) and (locked_at is not null or attempts < max_attempts)`.execute(db);
  return new Set(found.rows.map((row) => row.key));
}

export async function migrateJobs(db: Db): Promise<void> {
  await runMigrations({ pgPool: db.bulk, logger: quiet });
}

/**
 * Starts the workers: one for what is soon done, one for what lasts. `crontab` lines are in UTC, as graphile-worker
 * reads them; one for a job that is not there is an error.
 */
export async function runJobs(
  db: Db,
  jobs: Jobs,
  options: { crontab: string[]; ctxOf(name: string): Ctx; log: LogJob; lostAfterMs?: number },
): Promise<RunningJobs> {
  const lost = options.crontab.find((line) => !(taskOf(line) in jobs));
  if (lost !== undefined) throw new Error(`no job for the line ${lost}`);
  const stopping = new AbortController();
  const workers = bothKinds(jobs).map(
    (some) =>
      new KeptWorker(db.url, {
        taskList: taskListOf(some, { ...options, stopping: stopping.signal }),
        crontab: options.crontab.filter((line) => taskOf(line) in some).join('\n'),
        tell: (error) => options.log({ job: 'worker', ms: 0, error }),
        ...(options.lostAfterMs ? { lostAfterMs: options.lostAfterMs } : {}),
      }),
  );
  for (const worker of workers) await worker.start();
  return {
    async stop() {
      stopping.abort();
      await Promise.all(workers.map((worker) => worker.stop()));
    },
  };
}

function bothKinds(jobs: Jobs): Jobs[] {
  const all = Object.entries(jobs);
  const kinds = [false, true].map((lasts) => all.filter(([, handler]) => lastingOnes.has(handler) === lasts));
  return kinds.filter((some) => some.length > 0).map((some) => Object.fromEntries(some));
}

/** `m h dom mon dow task ?options` */
function taskOf(line: string): string {
  return line.trim().split(/\s+/)[5] ?? '';
}

function taskListOf(
  jobs: Jobs,
  { ctxOf, log, stopping }: { ctxOf(name: string): Ctx; log: LogJob; stopping: AbortSignal },
): TaskList {
  const taskList: TaskList = {};
  for (const [name, handler] of Object.entries(jobs)) {
    taskList[name] = async (payload, { job }) => {
      const started = performance.now();
      try {
        const attempt = { isLast: job.attempts >= job.max_attempts, stopping };
        await handler(ctxOf(name), (payload ?? {}) as Record<string, unknown>, attempt);
        countRun(name, { outcome: 'done', started });
        log({ job: name, ms: performance.now() - started });
      } catch (error) {
        countRun(name, { outcome: 'failed', started });
        log({ job: name, ms: performance.now() - started, error });
        throw notable(error);
      }
    };
  }
  return taskList;
}

/** An error may quote what PostgreSQL never takes (NUL, half a letter): its note would be tried for ever. */
function notable(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const message = error.message.replaceAll('\0', '').toWellFormed();
  return message === error.message ? error : new Error(message, { cause: error });
}

const runs = counter({ name: 'daksh_job_runs_total', help: 'Jobs that ended, by task and outcome.' });
const seconds = counter({ name: 'daksh_job_seconds_total', help: 'Time spent on jobs, by task.' });

function countRun(task: string, { outcome, started }: { outcome: 'done' | 'failed'; started: number }): void {
  runs.add({ task, outcome });
  seconds.add({ task }, (performance.now() - started) / 1000);
}

export type RunningJobs = { stop(): Promise<void> };

export type LogJob = (entry: { job: string; ms: number; error?: unknown }) => void;
