import { cpus, totalmem } from 'node:os';
import type { LoadResult } from './load.ts';
import { ratioOf } from './statistics.ts';

/** What the same machine does at most in the same run, and how much of it is reached. */
export type Limit = { name: string; perSecond: number; ratio: number };

export type BenchResult = {
  name: string;
  what: string;
  machine: string;
  size: string;
  clients: number;
  median: number;
  p99: number;
  perSecond: number;
  failed: number;
  /** The hardest one, by name, so that a row can be read alone; all of them are in `limits`. */
  limit: string;
  limitPerSecond: number;
  ratio: number;
  limits: Limit[];
  notes: string[];
};

export function machine(): string {
  const [first] = cpus();
  const gib = Math.round(totalmem() / 1024 ** 3);
  return `${cpus().length} × ${first?.model.trim() || 'CPU'}, ${gib} GiB, Node ${process.versions.node}`;
}

type Measured = Pick<LoadResult, 'median' | 'p99' | 'perSecond' | 'failed'> & {
  name: string;
  what: string;
  clients: number;
  limits: { name: string; perSecond: number }[];
  notes?: string[];
};

export function resultOf(measured: Measured): BenchResult {
  const limits = measured.limits.map((limit) => ({
    name: limit.name,
    perSecond: round(limit.perSecond),
    ratio: round(ratioOf(measured.perSecond, limit.perSecond) ?? 0, 3),
  }));
  const hardest = limits.reduce((a, b) => (b.perSecond < a.perSecond ? b : a), limits[0] ?? noLimit);
  return {
    name: measured.name,
    what: measured.what,
    machine: machine(),
    size: 'department',
    clients: measured.clients,
    median: round(measured.median, 2),
    p99: round(measured.p99, 2),
    perSecond: round(measured.perSecond),
    failed: measured.failed,
    limit: hardest.name,
    limitPerSecond: hardest.perSecond,
    ratio: hardest.ratio,
    limits,
    notes: measured.notes ?? [],
  };
}

const noLimit: Limit = { name: 'none', perSecond: 0, ratio: 0 };

function round(value: number, places = 0): number {
  return Math.round(value * 10 ** places) / 10 ** places;
}
