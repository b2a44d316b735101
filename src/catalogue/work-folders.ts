import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Config } from '../kernel/config.ts';

type Home = Pick<Config, 'dataDir'>;

type Work = 'rendition' | 'pages';

/** Longer than any of the work takes. */
const longestMs = 12 * 3_600_000;
const named = /^(?:rendition|pages)-(.+)-(\d+)-[A-Za-z0-9]{6}$/;

/** A folder to work in; its name says which process of which machine does. */
export async function makeWorkFolder(config: Home, work: Work): Promise<string> {
  const parent = join(config.dataDir, 'uploads');
  await mkdir(parent, { recursive: true, mode: 0o700 });
  const folder = await mkdtemp(join(parent, `${work}-${hostname()}-${process.pid}-`));
  begun.add(folder);
  return folder;
}

const begun = new Set<string>();

/** Removes what processes that were killed left behind; other machines may work in the same place. */
export async function removeLeftFolders(config: Home): Promise<number> {
  const parent = join(config.dataDir, 'uploads');
  const names = await readdir(parent).catch(() => []);
  const folders = names.filter((name) => /^(rendition|pages)-/.test(name)).map((name) => join(parent, name));
  let removed = 0;
  for (const folder of folders) {
    if (!(await isLeft(folder))) continue;
    await rm(folder, { recursive: true, force: true });
    removed += 1;
  }
  return removed;
}

async function isLeft(folder: string): Promise<boolean> {
  const [, host, pid] = named.exec(folder.slice(folder.lastIndexOf('/') + 1)) ?? [];
  if (host === hostname()) return Number(pid) === process.pid ? !begun.has(folder) : !isAlive(Number(pid));
  const found = await stat(folder).catch(() => undefined);
  return found !== undefined && Date.now() - found.mtimeMs > longestMs;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
