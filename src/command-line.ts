import { parseArgs } from 'node:util';
import { readConfig } from './kernel/config.ts';
import { systemActor } from './kernel/context.ts';
import { Refusal } from './kernel/errors.ts';
import { type Command, type CommandLine, ctxOf, type Feature, type Runtime } from './kernel/feature.ts';
import { migrate } from './kernel/migrate.ts';
import { openRuntime } from './runtime.ts';

/** Runs one word of the command line and returns its exit status. */
export async function runCommand(features: Feature[], word: string, args: string[]): Promise<number> {
  const commands = features.flatMap((feature) => feature.commands ?? []);
  const command = commands.find((candidate) => candidate.name === word);
  if (!command) return printHelp(commands, word);
  const line = readLine(args);
  if (line.flags['help']) {
    line.print(`daksh ${command.usage}`);
    return 0;
  }
  const { runtime, close } = await openRuntime(readConfig(process.env));
  try {
    await migrate(runtime.db);
    await prepare(features, runtime);
    return await command.run(ctxOf(runtime, systemActor('command line')), line, runtime);
  } catch (error) {
    return refuse(error, line);
  } finally {
    await close();
  }
}

/** Lets features hook themselves to each other (observers, import kinds) without a web server. */
export async function prepare(features: Feature[], runtime: Runtime): Promise<void> {
  for (const feature of features) await feature.prepare?.(runtime);
}

function readLine(args: string[]): CommandLine {
  const { values, positionals } = parseArgs({
    args: joinValues(args),
    strict: false,
    allowPositionals: true,
  });
  const flags = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== false));
  return {
    args: positionals,
    flags: flags as Record<string, string | true>,
    print: (text) => process.stdout.write(`${text}\n`),
    printError: (text) => process.stderr.write(`${text}\n`),
  };
}

const switches = new Set([
  '--commit',
  '--json',
  '--complete',
  '--all-or-nothing',
  '--allow-many-ended',
  '--roots',
  '--help',
  '--here',
  '--network',
  '--yes',
  '--write',
  '--as-version',
  '--check',
  '--concurrently',
]);

/** `--office CODE` and `--office=CODE` mean the same; without a schema parseArgs knows only the second. */
function joinValues(args: string[]): string[] {
  const joined: string[] = [];
  for (let index = 0; index < args.length; index += 1) {
    const word = args[index] ?? '';
    const next = args[index + 1];
    const takesValue = word.startsWith('--') && !word.includes('=') && !switches.has(word);
    if (takesValue && next !== undefined && !next.startsWith('--')) {
      joined.push(`${word}=${next}`);
      index += 1;
    } else joined.push(word);
  }
  return joined;
}

function refuse(error: unknown, line: CommandLine): number {
  if (!(error instanceof Refusal)) throw error;
  const shown = { code: error.reason, hi: error.text.hi, en: error.text.en, ...error.details };
  if (line.flags['json']) line.print(JSON.stringify({ error: shown }));
  line.printError(`${error.text.hi}\n${error.text.en}`);
  return 1;
}

function printHelp(commands: Command[], word: string): number {
  const own = ['start: the demonstration', 'serve: the server (needs DAKSH_SECRET)'];
  const lines = [...own, ...commands.map((command) => command.usage)].map((text) => `  daksh ${text}`);
  const text = `daksh (दक्ष)\n${lines.join('\n')}\n`;
  if (word === 'help' || word === '--help') process.stdout.write(text);
  else process.stderr.write(`unknown: ${word}\n${text}`);
  return word === 'help' || word === '--help' ? 0 : 1;
}
