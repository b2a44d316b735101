import { runCommand } from './command-line.ts';
import './tables.ts';
import { features } from './features.ts';
import { sayTrouble } from './kernel/said-trouble.ts';
import { serve } from './serve.ts';

const [word = 'help', ...rest] = process.argv.slice(2);

async function main(): Promise<number | undefined> {
  if (word === 'start') return serve({ isDemonstration: true });
  if (word === 'serve') return serve({ isDemonstration: false });
  return runCommand(features, word, rest);
}

main().then(
  (status) => {
    if (status !== undefined) process.exit(status);
  },
  (error: unknown) => {
    process.stderr.write(`${sayTrouble(error)}\n`);
    if (process.env['DAKSH_DEBUG']) process.stderr.write(`${error instanceof Error ? error.stack : ''}\n`);
    process.exit(1);
  },
);
