import { statfs } from 'node:fs/promises';
import { sql } from 'kysely';
import type { Runtime } from '../../kernel/feature.ts';
import { describeError } from '../../kernel/log.ts';
import { type Family, familyOf, type Value } from '../../kernel/metrics/registry.ts';
import { type ReportsKept, reportsOfTimeKept } from '../../learning/index.ts';
import { type LastBackup, lastBackup } from '../backup/last-backup.ts';
import { CounterDelay } from './counter-delay.ts';

const freshMs = 5000;

/** What stands in the database and on the disk about the work and its state. */
export type Figures = {
  queue: Task[];
  work: Work;
  timeReports: ReportsKept;
  server: Server;
  delaySeconds: number;
  freeBytes: number | undefined;
  backup: LastBackup | undefined;
};
type Kept = { at: number; figures: Promise<Figures | undefined>; delay: CounterDelay };
const kept = new WeakMap<Runtime['db'], Kept>();

/** Asked for at most every five seconds: the address of the figures is open to whoever reaches the port. */
export function databaseFigures(runtime: Runtime): Promise<Figures | undefined> {
  const now = performance.now();
  const earlier = kept.get(runtime.db);
  if (earlier && now - earlier.at < freshMs) return earlier.figures;
  const delay = earlier?.delay ?? new CounterDelay();
  const figures = read(runtime, delay).catch((error: unknown) => {
    runtime.log({ metrics: 'database', ...describeError(error) });
    return undefined;
  });
  kept.set(runtime.db, { at: now, figures, delay });
  return figures;
}

async function read(runtime: Runtime, delay: CounterDelay): Promise<Figures> {
  const [queue, work, timeReports, server, freeBytes, backup] = await Promise.all([
    queueOf(runtime),
    workOf(runtime),
    reportsOfTimeKept(runtime),
    serverOf(runtime),
    freeBytesOf(runtime),
    lastBackup(runtime.db.read),
  ]);
  const { oldestDelta: oldest, lastDelta: lastGiven } = work;
  const delaySeconds = delay.seconds(performance.now(), { oldest, lastGiven });
  return { queue, work, timeReports, server, delaySeconds, freeBytes, backup };
}

/** The same for Prometheus. */
export async function databaseFamilies(runtime: Runtime): Promise<Family[]> {
  const figures = await databaseFigures(runtime);
  return figures ? familiesOf(figures, runtime) : [up(0)];
}

function familiesOf({ queue, work, timeReports, server, ...figures }: Figures, { clock }: Runtime): Family[] {
  const figure = (name: string, help: string, value: number | Value[]) =>
    familyOf({ name, help }, typeof value === 'number' ? [{ value }] : value);
  const { backup, freeBytes } = figures;
  return [
    up(1),
    ...queueFamilies(queue),
    figure('daksh_counter_deltas', 'Deltas not yet folded into the counters.', work.deltas),
    figure(
      'daksh_counter_delay_seconds',
      'How long the oldest delta has waited at most.',
      figures.delaySeconds,
    ),
    figure('daksh_order_builds', 'Counts of orders that wait or gave up.', [
      { labels: { state: 'waiting' }, value: work.builds },
      { labels: { state: 'failed' }, value: work.failedBuilds },
    ]),
    figure(
      'daksh_order_build_parts_left',
      'Portions that counts of orders still have before them.',
      work.parts,
    ),
    figure('daksh_reminders_waiting', 'Reminders of today that have not left.', work.reminders),
    figure('daksh_report_files_waiting', 'Files of reports that are asked for and not made.', work.reports),
    figure('daksh_time_reports', 'Single reports of time, about: kept, and of these due to be added up.', [
      { labels: { state: 'kept' }, value: timeReports.kept },
      { labels: { state: 'due' }, value: timeReports.waiting },
    ]),
    figure('daksh_time_reports_bytes', 'Disk that single reports of time take.', timeReports.bytes),
    figure('daksh_audit_unsealed', 'Audit rows that wait to be sealed.', work.unsealed),
    figure('daksh_database_bytes', 'Size of the database.', server.bytes),
    figure('daksh_database_connections', 'Connections of this database.', server.connections),
    figure(
      'daksh_database_oldest_transaction_seconds',
      'Age of the oldest transaction.',
      server.oldestTransaction,
    ),
    figure('daksh_replication_lag_seconds', 'How far each standby is behind.', server.lag),
    figure(
      'daksh_disk_free_bytes',
      'Free room below DAKSH_DATA_DIR.',
      freeBytes === undefined ? [] : [{ value: freeBytes }],
    ),
    figure(
      'daksh_backup_age_seconds',
      'Time since the last backup began.',
      backup ? [{ value: (clock.now().getTime() - new Date(backup.madeAt).getTime()) / 1000 }] : [],
    ),
  ];
}

function up(value: number): Family {
  return familyOf({ name: 'daksh_database_up', help: 'Whether the database answers.' }, [{ value }]);
}

/** `waiting`: those that are due, the `running` ones not among them. `oldest`: seconds. */
export type Task = { task: string; waiting: number; running: number; failed: number; oldest: number };

/** Every task that was ever asked for, also those of which none waits. */
export async function queueOf({ db }: Runtime): Promise<Task[]> {
  const found = await sql<Task>`select task.identifier as task,
      (count(job.id) filter (where job.attempts < job.max_attempts and job.run_at <= now()
        and job.locked_at is null))::int as waiting,
      (count(job.id) filter (where job.locked_at is not null))::int as running,
      (count(job.id) filter (where job.attempts >= job.max_attempts and job.locked_at is null))::int as failed,
      coalesce(extract(epoch from now() - min(job.run_at) filter (where job.attempts < job.max_attempts
        and job.run_at <= now() and job.locked_at is null)), 0)::float8 as oldest
    from graphile_worker._private_tasks task left join graphile_worker._private_jobs job on job.task_id = task.id
    group by task.identifier order by task.identifier`.execute(db.read);
  return found.rows;
}

function queueFamilies(tasks: Task[]): Family[] {
  const by = (read: (task: Task) => number): Value[] =>
    tasks.map((task) => ({ labels: { task: task.task }, value: read(task) }));
  const oldest = Math.max(0, ...tasks.map((task) => task.oldest));
  return [
    familyOf(
      { name: 'daksh_jobs_waiting', help: 'Jobs that are due, those under way among them.' },
      by((task) => task.waiting + task.running),
    ),
    familyOf(
      { name: 'daksh_jobs_failed', help: 'Jobs that gave up.' },
      by((task) => task.failed),
    ),
    familyOf({ name: 'daksh_jobs_oldest_seconds', help: 'How long the oldest due job has waited.' }, [
      { value: oldest },
    ]),
  ];
}

type Work = {
  deltas: number;
  oldestDelta: number | null;
  lastDelta: number;
  builds: number;
  failedBuilds: number;
  parts: number;
  reminders: number;
  reports: number;
  unsealed: number;
};

/** Each by an index of what is unfinished, or of what is short. */
async function workOf({ db }: Runtime): Promise<Work> {
  const found = await sql<Work>`select
    (select count(*) from counter_delta)::int as deltas,
    (select min(counter_delta_id) from counter_delta) as "oldestDelta",
    (select last_value from counter_delta_counter_delta_id_seq) as "lastDelta",
    (select count(*) from mandate_build where finished_at is null and failed_at is null)::int as builds,
    (select count(*) from mandate_build where finished_at is null and failed_at is not null)::int as "failedBuilds",
    (select count(*) from mandate_build_part join mandate_build_sheet using (sheet_id) join mandate_build using (build_id)
      where finished_at is null and done_at is null)::int as parts,
    (select count(*) from reminder_sending where state in ('waiting', 'sending')
      and day = (now() at time zone 'Asia/Kolkata')::date)::int as reminders,
    (select count(*) from report_run where state in ('waiting', 'running'))::int as reports,
    ${unsealedRows} as unsealed`.execute(db.read);
  const [work] = found.rows;
  if (!work) throw new Error('the database answered nothing');
  return work;
}

/** Rows are sealed in the order of their transactions: only what came after the last sealed one is looked at. */
export const unsealedRows = sql`(select count(*) from audit_event e
    where e.written_by >= coalesce((select s.written_by from audit_seal join audit_event s using (audit_event_id)
      order by seal_number desc limit 1), '0'::xid8)
    and not exists (select from audit_seal s where s.audit_event_id = e.audit_event_id))::int`;

type Server = { bytes: number; connections: Value[]; oldestTransaction: number; lag: Value[] };

/** Standbys only for a role that may see them (pg_read_all_stats): to others PostgreSQL hides all but the process's id. */
async function serverOf({ db }: Runtime): Promise<Server> {
  const [about, connections, standbys] = await Promise.all([
    sql<{ bytes: number; oldest: number }>`select pg_database_size(current_database())::float8 as bytes,
      coalesce((select max(extract(epoch from clock_timestamp() - xact_start)) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()), 0)::float8 as oldest`.execute(
      db.read,
    ),
    sql<{ state: string; count: number }>`select coalesce(state, 'unknown') as state, count(*)::int as count
      from pg_stat_activity where datname = current_database() group by 1 order by 1`.execute(db.read),
    sql<{ name: string; lag: number }>`select coalesce(application_name, '') as name,
      coalesce(max(extract(epoch from replay_lag)), 0)::float8 as lag
      from pg_stat_replication where state is not null group by 1 order by 1`.execute(db.read),
  ]);
  return {
    bytes: about.rows[0]?.bytes ?? 0,
    oldestTransaction: about.rows[0]?.oldest ?? 0,
    connections: connections.rows.map(({ state, count }) => ({ labels: { state }, value: count })),
    lag: standbys.rows.map(({ name, lag }) => ({ labels: { standby: name }, value: lag })),
  };
}

async function freeBytesOf({ config }: Runtime): Promise<number | undefined> {
  const disk = await statfs(config.dataDir).catch(() => undefined);
  return disk ? disk.bavail * disk.bsize : undefined;
}
