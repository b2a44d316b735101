import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

let found: string | undefined;

/** The folder that holds package.json and migrations/, from the bundle and from the sources alike. */
export function projectRoot(): string {
  found ??= process.env['DAKSH_ROOT'] ?? climb(dirname(fileURLToPath(import.meta.url)));
  return found;
}

function climb(folder: string): string {
  if (existsSync(join(folder, 'migrations')) && existsSync(join(folder, 'package.json'))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error('Daksh cannot find its own folder; set DAKSH_ROOT.');
  return climb(parent);
}
