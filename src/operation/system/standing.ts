import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Ctx, requireRole } from '../../kernel/context.ts';
import type { Runtime } from '../../kernel/feature.ts';
import { familiesOfAll } from '../../kernel/metrics/processes.ts';
import type { Family } from '../../kernel/metrics/registry.ts';
import { type SlowStatement, slowStatementsIn } from '../../kernel/metrics/slow-statements.ts';
import { projectRoot } from '../../kernel/project-root.ts';
import type { Finding } from '../doctor/finding.ts';
import { findingsOf } from '../doctor/run-doctor.ts';
import { growthPerDay, type Size, sizesOf } from '../doctor/sizes.ts';
import { databaseFigures, type Figures, queueOf, type Task } from '../metrics/database-figures.ts';
import { type Build, measuredByPostgres, serverVersion, unfinishedBuilds } from './standing-store.ts';

export type Standing = {
  asOf: Date;
  findings: Finding[];
  /** Tasks of which some job is due, under way, or gave up. */
  queue: Task[];
  figures: Figures | undefined;
  builds: Build[];
  sizes: Size[];
  /** Bytes; undefined before two days are known. */
  growthPerDay: number | undefined;
  slow: { measuredBy: 'postgres' | 'daksh'; statements: SlowStatement[] };
  /** Requests told to come again since the start, by what they wanted. */
  shed: Record<(typeof loadClasses)[number], number>;
  versions: { daksh: string; node: string; postgres: string; steps: number; processes: number };
};

const loadClasses = ['learning', 'desk', 'reports'] as const;
const mostSlow = 8;

/** All that the operator's page shows; nothing is kept but the figures of the last five seconds. */
export async function standingOf(ctx: Ctx, runtime: Runtime): Promise<Standing> {
  requireRole(ctx, ['operator']);
  const { db, clock } = runtime;
  const [findings, queue, figures, builds, sizes, growth, measured, server, families] = await Promise.all([
    findingsOf(runtime, { asksNetwork: false }),
    queueOf(runtime),
    databaseFigures(runtime),
    unfinishedBuilds(db),
    sizesOf(runtime),
    growthPerDay(runtime),
    measuredByPostgres(db),
    serverVersion(db),
    familiesOfAll(),
  ]);
  const slow: Standing['slow'] = measured
    ? { measuredBy: 'postgres', statements: measured }
    : { measuredBy: 'daksh', statements: slowStatementsIn(families).slice(0, mostSlow) };
  return {
    asOf: clock.now(),
    ...{ findings, figures, builds, sizes, slow },
    queue: queue.filter(({ waiting, running, failed }) => waiting + running + failed > 0),
    growthPerDay: growth,
    shed: shedIn(families),
    versions: {
      daksh: ownVersion(),
      node: process.versions.node,
      postgres: server.version.split(' ')[0] ?? '',
      steps: server.steps,
      processes: families.find(({ name }) => name === 'process_uptime_seconds')?.samples.length ?? 1,
    },
  };
}

function shedIn(families: Family[]): Standing['shed'] {
  const samples = families.find(({ name }) => name === 'daksh_http_shed_total')?.samples ?? [];
  const sumOf = (name: string) =>
    samples
      .filter(({ labels }) => labels.includes(`class="${name}"`))
      .reduce((sum, { value }) => sum + value, 0);
  return { learning: sumOf('learning'), desk: sumOf('desk'), reports: sumOf('reports') };
}

function ownVersion(): string {
  const text = readFileSync(join(projectRoot(), 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
