import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../kernel/project-root.ts';
import type { SizeName } from '../generate/sizes.ts';
import type { BenchResult } from './result.ts';

/** The last result of each benchmark at a size, with its India day: what docs/benchmarks.md is made from. */
export type Kept = BenchResult & { day: string };

export const keptSizes = ['department', 'state', 'nation'] as const satisfies readonly SizeName[];
export type KeptSize = (typeof keptSizes)[number];

export function isKeptSize(size: SizeName): size is KeptSize {
  return keptSizes.some((one) => one === size);
}

function pathOf(size: KeptSize): string {
  return join(projectRoot(), 'docs/benchmarks', `${size}.json`);
}

export function readKept(size: KeptSize): Kept[] {
  return existsSync(pathOf(size)) ? (JSON.parse(readFileSync(pathOf(size), 'utf8')) as Kept[]) : [];
}

/** A run of some benchmarks replaces their results and leaves the others; `order` names them all as they run. */
export function keepResults(size: KeptSize, results: Kept[], order: readonly string[]): Kept[] {
  const all = merged(readKept(size), results, order);
  mkdirSync(join(projectRoot(), 'docs/benchmarks'), { recursive: true });
  writeFileSync(pathOf(size), `${JSON.stringify(all, null, 1)}\n`);
  return all;
}

/** What is no benchmark any more goes. */
export function merged(known: readonly Kept[], fresh: readonly Kept[], order: readonly string[]): Kept[] {
  const byName = new Map([...known, ...fresh].map((one) => [one.name, one]));
  return order.flatMap((name) => byName.get(name) ?? []);
}
