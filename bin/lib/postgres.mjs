import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

/** The folder with the programs of a PostgreSQL, by its major version ('15') or by a folder; else undefined. */
export function findPostgres(wish) {
  const isVersion = /^\d+$/.test(wish);
  const folders = isVersion ? usualFolders(wish) : [resolve(wish), resolve(wish, 'bin')];
  for (const folder of folders) {
    const major = existsSync(join(folder, 'initdb')) ? majorOf(join(folder, 'postgres')) : undefined;
    if (major && (!isVersion || major === wish)) return { folder, major };
  }
  return undefined;
}

/** Where the packages of Debian and of Red Hat put it, then PATH. */
function usualFolders(version) {
  const path = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return [`/usr/lib/postgresql/${version}/bin`, `/usr/pgsql-${version}/bin`, ...path];
}

function majorOf(program) {
  const { stdout } = spawnSync(program, ['--version'], { encoding: 'utf8' });
  return /\(PostgreSQL\) (\d+)/.exec(stdout ?? '')?.[1];
}
