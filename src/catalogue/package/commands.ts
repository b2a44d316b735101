import { createWriteStream } from 'node:fs';
import { access, rename, rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Ctx } from '../../kernel/context.ts';
import { Refusal } from '../../kernel/errors.ts';
import type { Command, CommandLine, Runtime } from '../../kernel/feature.ts';
import { exportCourse } from './export-package.ts';
import { importPackage, type TakeAs } from './import-package.ts';
import { lookAtPackage, type PackageReport } from './look-at-package.ts';
import { reportLines } from './report-lines.ts';

export const courseCommand: Command = {
  name: 'course',
  usage:
    'course export CODE [--version N] FILE [--json] | course import FILE [--commit] [--as-version] [--code CODE] [--office CODE] [--json]',
  async run(ctx, line, runtime) {
    const [act, ...args] = line.args;
    if (act === 'export') return exportTo(ctx, line, { runtime, args });
    if (act === 'import') return importFrom(ctx, line, { runtime, args });
    throw refusal('unknown_word', {
      hi: 'लिखें: daksh course export … या daksh course import …',
      en: 'Write: daksh course export … or daksh course import …',
    });
  },
};

type Rest = { runtime: Runtime; args: string[] };

async function exportTo(ctx: Ctx, line: CommandLine, { runtime, args }: Rest): Promise<number> {
  const [code, path] = args;
  if (!code || !path)
    throw refusal('file_needed', { hi: 'कोर्स का कोड और फ़ाइल दें।', en: 'Name the course and the file.' });
  const version = versionIn(line);
  const pack = await exportCourse(ctx, runtime.storage, { code, version });
  const partial = `${path}.partial-${process.pid}`;
  try {
    await pipeline(pack.stream, createWriteStream(partial, { mode: 0o600, flush: true }));
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true });
    throw cannotWrite(error, path) ?? error;
  }
  const { bytes, notes } = pack;
  if (line.flags['json']) line.print(JSON.stringify({ code, file: path, bytes, notes }));
  else {
    line.print(`${path}: ${bytes} bytes`);
    for (const { text } of notes) line.print(`${text.hi} / ${text.en}`);
  }
  return 0;
}

function versionIn(line: CommandLine): number | undefined {
  const given = line.flags['version'];
  if (given === undefined) return undefined;
  const version = Number(given);
  if (Number.isInteger(version) && version > 0) return version;
  throw refusal('bad_version', {
    hi: 'संस्करण का क्रमांक दें: --version 2',
    en: 'Give the number of a version: --version 2',
  });
}

async function importFrom(ctx: Ctx, line: CommandLine, { runtime, args }: Rest): Promise<number> {
  const [path] = args;
  if (!path) throw refusal('file_needed', { hi: 'फ़ाइल का नाम दें।', en: 'Name the file.' });
  await access(path).catch(() => {
    throw refusal('no_such_file', { hi: `फ़ाइल नहीं मिली: ${path}`, en: `There is no file ${path}` });
  });
  if (line.flags['commit'] === undefined) {
    const report = await lookAtPackage(ctx, path);
    print(line, { committed: false, ...told(report) });
    return 0;
  }
  const from = { path, name: basename(path), take: takeAs(line) };
  const { code, version, isNew, report } = await importPackage(ctx, runtime.storage, from);
  print(line, { committed: isNew, code, version, ...told(report) });
  return 0;
}

function takeAs(line: CommandLine): TakeAs {
  if (line.flags['as-version'] !== undefined) return { as: 'version' };
  const text = (name: string) => {
    const value = line.flags[name];
    return typeof value === 'string' ? value : undefined;
  };
  return { as: 'course', code: text('code'), officeCode: text('office') };
}

function told(report: PackageReport) {
  const { counts, clash, freeCode } = report;
  return { counts, clash, freeCode, lines: reportLines(report) };
}

type Told = ReturnType<typeof told> & { committed: boolean; code?: string; version?: number };

function print(line: CommandLine, result: Told): void {
  if (line.flags['json']) {
    line.print(JSON.stringify(result));
    return;
  }
  for (const { hi, en } of result.lines) line.print(hi === en ? hi : `${hi}\n  ${en}`);
  line.print(outcome(result));
}

function outcome({ committed, code, version }: Told): string {
  if (committed) return `प्रारूप बना / draft made: ${code} v${version}`;
  if (code) return `पहले से है / here already: ${code} v${version}`;
  return 'केवल जाँच; लेने के लिए --commit / a dry run; add --commit to take it';
}

function refusal(reason: string, text: { hi: string; en: string }): Refusal {
  return new Refusal('invalid', text, { reason });
}

function cannotWrite(error: unknown, path: string): Refusal | undefined {
  if (!(error instanceof Error && 'syscall' in error)) return undefined;
  const why = 'code' in error ? String(error.code) : '';
  return refusal('cannot_write', {
    hi: `यहाँ नहीं लिखा जा सका: ${path} (${why})`,
    en: `It could not be written to ${path} (${why})`,
  });
}
