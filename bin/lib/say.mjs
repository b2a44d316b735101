import { fileURLToPath } from 'node:url';

/** The folder of the clone. */
export const root = fileURLToPath(new URL('../../', import.meta.url)).replace(/\/$/, '');

/** All talk of the bootstrap goes to standard error: standard output belongs to the command. */
export function say(hi, en) {
  process.stderr.write(`${hi}\n${en}\n`);
}

export function giveUp(hi, en) {
  say(hi, en);
  process.exit(1);
}
