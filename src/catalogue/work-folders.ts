import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../kernel/config.ts';
import { isLeftBehind, workName } from '../kernel/left-behind.ts';

type Home = Pick<Config, 'dataDir'>;

type Work = 'rendition' | 'pages';

/** Longer than any of the work takes. */
const longestMs = 12 * 3_600_000;

/** A folder to work in; its name says which process of which machine does. */
export async function makeWorkFolder(config: Home, work: Work): Promise<string> {
  const folder = join(config.dataDir, 'uploads', workName(work));
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return folder;
}

/** Removes what processes that were killed left behind; other machines may work in the same place. */
export async function removeLeftFolders(config: Home): Promise<number> {
  const parent = join(config.dataDir, 'uploads');
  const names = await readdir(parent).catch(() => []);
  const folders = names.filter((name) => /^(rendition|pages)-/.test(name)).map((name) => join(parent, name));
  let removed = 0;
  for (const folder of folders) {
    if (!(await isLeftBehind(folder, longestMs))) continue;
    await rm(folder, { recursive: true, force: true });
    removed += 1;
  }
  return removed;
}
