import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { todayInIndia } from '../../kernel/dates.ts';
import { invalid } from '../../kernel/errors.ts';
import type { Command, CommandLine, Runtime } from '../../kernel/feature.ts';
import { projectRoot } from '../../kernel/project-root.ts';
import { type SizeName, sizeOf } from '../generate/sizes.ts';
import { curvePicture, curveTable } from './curves.ts';
import { isKeptSize, keepResults, keptSizes, readKept } from './kept-results.ts';
import { doLimitWork, type LimitOrder } from './limit-work.ts';
import { markdownTable, textTable, withMeasured } from './report.ts';
import type { BenchResult } from './result.ts';
import { benchmarks, runBenchmarks, wantedOf } from './run-benchmarks.ts';

/** `daksh bench`: measures this machine, beside the limits of the same run. */
export const benchCommand: Command = {
  name: 'bench',
  usage: `bench [NAME...] [--size department|state|nation] [--seconds N] [--here] [--write] [--json]: ${benchmarks.map((one) => one.name).join(', ')}`,
  async run(_ctx, line, runtime) {
    const limitWork = line.flags['limit-work'];
    if (typeof limitWork === 'string') return workForLimit(line, runtime, limitWork);
    const names = namesOf(line);
    const tell = (text: string) => line.printError(text);
    const size = sizeOf(line, 'department');
    const isHere = line.flags['here'] === true;
    const results = await runBenchmarks(runtime, { names, size, seconds: secondsOf(line), isHere, tell });
    line.print(line.flags['json'] ? JSON.stringify(results) : textTable(results));
    if (line.flags['write']) writeDocument(results, { day: todayInIndia(runtime.clock), size });
    const wanted = wantedOf(names).length;
    return results.length === wanted && results.every((result) => result.failed === 0) ? 0 : 1;
  },
};

/** One of the processes that measure the bare database. */
async function workForLimit(line: CommandLine, runtime: Runtime, order: string): Promise<number> {
  line.print(JSON.stringify(await doLimitWork(runtime.db.url, JSON.parse(order) as LimitOrder)));
  return 0;
}

function namesOf(line: CommandLine): string[] {
  const unknown = line.args.find((name) => wantedOf([name]).length === 0);
  if (unknown === undefined) return line.args;
  const known = benchmarks.map((one) => one.name).join(', ');
  const text = {
    hi: `${unknown} नाम का मापन नहीं है। हैं: ${known}`,
    en: `There is no benchmark ${unknown}. There are: ${known}`,
  };
  throw invalid([{ path: 'name', code: 'unknown', text }], text);
}

function secondsOf(line: CommandLine): number {
  const seconds = Number(line.flags['seconds'] ?? 5);
  if (seconds >= 0.5 && seconds <= 60) return seconds;
  const text = {
    hi: '--seconds 0.5 से 60 के बीच हो।',
    en: '--seconds is between 0.5 and 60.',
  };
  throw invalid([{ path: 'seconds', code: 'out_of_range', text }], text);
}

/** Keeps the results and makes the measured parts of docs/benchmarks.md from all that is kept. */
function writeDocument(results: BenchResult[], { day, size }: { day: string; size: SizeName }): void {
  if (!isKeptSize(size)) return;
  const fresh = results.map((result) => ({ ...result, day }));
  keepResults(
    size,
    fresh,
    benchmarks.map((one) => one.name),
  );
  const path = join(projectRoot(), 'docs/benchmarks.md');
  const kept = new Map(
    keptSizes.map((one) => [one, readKept(one)] as const).filter(([, some]) => some.length > 0),
  );
  const picture = curvePicture(kept);
  if (picture) writeFileSync(join(projectRoot(), 'docs/benchmarks/curves.svg'), picture);
  const shown = picture ? '![Cost against size; the table says the same](benchmarks/curves.svg)\n\n' : '';
  let document = withMeasured(readFileSync(path, 'utf8'), `${shown}${curveTable(kept)}`, 'curves');
  for (const [one, some] of kept) document = withMeasured(document, markdownTable(some), one);
  writeFileSync(path, document);
}
