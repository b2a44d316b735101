import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareSigningKeys } from '../../credentials/index.ts';
import { systemActor } from '../../kernel/context.ts';
import { openDb } from '../../kernel/db.ts';
import { ctxOf, type Runtime } from '../../kernel/feature.ts';
import { newId } from '../../kernel/ids.ts';
import { migrate } from '../../kernel/migrate.ts';
import { generateData } from '../generate/generate-data.ts';
import type { SizeName } from '../generate/sizes.ts';
import { backup, backupRestore } from './backups.ts';
import {
  type BenchWorld,
  cores,
  makeFreshCourses,
  makeQuizCourses,
  makeTextCourse,
  openCallers,
  openRole,
} from './bench-world.ts';
import { campaign, campaignCompletions } from './campaign.ts';
import { certificates } from './certificates.ts';
import { enrol, ownEnrolments } from './enrolments.ts';
import { freshness } from './freshness.ts';
import { generated } from './generated.ts';
import { completions, engagement } from './learning.ts';
import { limitTable } from './limit-work.ts';
import { mandateFollow, mandatePerson, mandatePublish, mandateStatus } from './mandates.ts';
import type { Benchmark } from './measure.ts';
import { mixed } from './mixed.ts';
import { createOwnDatabase, requireGenerated, requireSize } from './own-database.ts';
import { startOwnServer } from './own-server.ts';
import { course, home, officeReport, reviewPage, reviewSheet, search } from './reading.ts';
import { reconcile } from './reconcile.ts';
import { remindersGather } from './reminders.ts';
import { reportCsv, reportGroups } from './reports.ts';
import type { BenchResult } from './result.ts';
import { rosterImport } from './roster-import.ts';
import { statement, statementPdf } from './statements.ts';
import { thinning } from './thinning.ts';

/** In the order in which they run: what changes the data most comes last. */
export const benchmarks: readonly Benchmark[] = [
  generated,
  home,
  search,
  course,
  officeReport,
  reviewSheet,
  reviewPage,
  campaign,
  reportGroups,
  reportCsv,
  enrol,
  ownEnrolments,
  engagement,
  completions,
  campaignCompletions,
  mixed,
  freshness,
  thinning,
  reconcile,
  backup,
  backupRestore,
  mandatePublish,
  mandatePerson,
  mandateStatus,
  mandateFollow,
  remindersGather,
  rosterImport,
  certificates,
  statement,
  statementPdf,
];

/** Those named, by themselves or by what their names begin with: `mandate` is all of the orders'. */
export function wantedOf(names: readonly string[]): Benchmark[] {
  return benchmarks.filter(
    ({ name }) => names.length === 0 || names.some((one) => name === one || name.startsWith(`${one}-`)),
  );
}

type Order = { names: string[]; size: SizeName; seconds: number; isHere: boolean; tell(text: string): void };

/**
 * Measures on a server and a database of its own, which are gone afterwards; the installation's data are not
 * touched, unless it holds generated people alone and was named (`isHere`): filling a nation takes long. A benchmark
 * that cannot run is told, and the others go on.
 */
export async function runBenchmarks(runtime: Runtime, order: Order): Promise<BenchResult[]> {
  const wanted = wantedOf(order.names);
  const results: BenchResult[] = [];
  await withBenchWorld(runtime, order, async (world) => {
    for (const benchmark of wanted) {
      order.tell(`${benchmark.name}…`);
      try {
        results.push({ ...(await benchmark.run(world)), size: order.size });
      } catch (error) {
        order.tell(`${benchmark.name}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  });
  return results;
}

type Use = (world: BenchWorld) => Promise<void>;

async function withBenchWorld(runtime: Runtime, { seconds, size, isHere }: Order, use: Use): Promise<void> {
  if (isHere) {
    await requireGenerated(runtime.db);
    await requireSize(runtime.db, size);
  }
  const folder = mkdtempSync(join(tmpdir(), 'daksh-bench-'));
  const database = isHere ? keptDatabase(runtime.db.url) : await createOwnDatabase(runtime.db.url);
  const db = openDb(database.url, { readClients: 2 });
  try {
    await migrate(db);
    const config = { ...runtime.config, databaseUrl: database.url, dataDir: folder };
    const secret = isHere ? runtime.secret : randomBytes(32).toString('base64url');
    const own: Runtime = { ...runtime, db, config, secret };
    await prepareSigningKeys(own);
    if (!isHere) await generateData(ctxOf(own, systemActor('bench')), { size, seed: 1 });
    const data = await makeReady(own, isHere ? `-${newId().slice(-6).toUpperCase()}` : '');
    const start = { databaseUrl: database.url, folder, processes: cores, secret };
    const server = await startOwnServer(start);
    try {
      await use({ ...data, ...start, port: server.port, seconds });
    } finally {
      await server.stop();
    }
  } finally {
    await db.close();
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function keptDatabase(url: string) {
  return { url, drop: () => Promise.resolve() };
}

async function makeReady(own: Runtime, run: string) {
  const ctx = ctxOf(own, systemActor('bench'));
  await own.db.pool.query(limitTable);
  const data = {
    ...{ ctx, run },
    callers: await openCallers(own.db, run),
    leader: await openRole(own.db, 'leader', run),
    nodal: await openRole(own.db, 'nodal', run),
    textCourse: await makeTextCourse(ctx, run),
    quizCourses: await makeQuizCourses(ctx, `BENCH-QUIZ${run}`),
    spareQuizCourses: await makeQuizCourses(ctx, `BENCH-SPARE${run}`),
    freshCourses: await makeFreshCourses(ctx, run),
  };
  await own.db.pool.query('vacuum (analyze)');
  return data;
}
