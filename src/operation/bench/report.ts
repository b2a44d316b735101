import type { Kept } from './kept-results.ts';
import type { BenchResult } from './result.ts';

/** A line a benchmark, for a terminal. */
export function textTable(results: readonly BenchResult[]): string {
  const [first] = results;
  const lines = results.flatMap((result) => [
    `${result.name.padEnd(14)} ${perSecond(result.perSecond).padStart(9)} ${ms(result.median).padStart(9)} ${ms(result.p99).padStart(9)} ${String(result.clients).padStart(5)}`,
    ...result.limits.map(
      (limit) =>
        `${''.padEnd(14)} ${perSecond(limit.perSecond).padStart(9)} ${share(limit.ratio).padStart(6)} of: ${limit.name}`,
    ),
    ...result.notes.map((note) => `${''.padEnd(14)} (${note})`),
  ]);
  const head = `${'name'.padEnd(14)} ${'per s'.padStart(9)} ${'median ms'.padStart(9)} ${'p99 ms'.padStart(9)} ${'at'.padStart(5)}`;
  return [first?.machine ?? '', head, ...lines].join('\n');
}

/** The measured part of a size in docs/benchmarks.md. */
export function markdownTable(results: readonly Kept[]): string {
  const rows = results.map((result) => {
    const limits = result.limits.map(
      (limit) => `${limit.name}: ${perSecond(limit.perSecond)} (${share(limit.ratio)})`,
    );
    return `| ${result.name} | ${result.what} | ${result.clients} | **${perSecond(result.perSecond)}** | ${ms(result.median)} | ${ms(result.p99)} | ${limits.join('<br>')} | ${result.notes.join('; ')} | ${result.day} |`;
  });
  const machines = new Set(results.map((result) => result.machine));
  return [
    `Measured on ${[...machines].join('; ')}.`,
    '',
    '| benchmark | what | clients | per second | median ms | p99 ms | limits of the same run (share reached) | notes | day |',
    '|---|---|---|---|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}

/** The document with one measured part replaced: a size's, or the curves. */
export function withMeasured(document: string, table: string, part: string): string {
  const begin = new RegExp(`<!-- measured ${part}: begin .*? -->`).exec(document)?.[0] ?? 'no such part';
  const end = `<!-- measured ${part}: end -->`;
  const [before, after] = [document.indexOf(begin), document.indexOf(end)];
  if (before < 0 || after < before)
    throw new Error(`docs/benchmarks.md has no measured part to replace: ${part}.`);
  return `${document.slice(0, before + begin.length)}\n${table}\n${document.slice(after)}`;
}

function perSecond(value: number): string {
  return Math.round(value).toLocaleString('en-IN');
}

function ms(value: number): string {
  return value >= 100 ? String(Math.round(value)) : value.toFixed(1);
}

function share(ratio: number): string {
  return `${Math.round(ratio * 100)}%`;
}
