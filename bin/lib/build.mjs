import { createHash } from 'node:crypto';
import {
  existsSync,
  globSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { withLock } from './lock.mjs';
import { giveUp, refuseReadOnly, root, say } from './say.mjs';

const dist = join(root, 'dist');

/** The folder of the build of these very sources, made when it is not there. */
export async function ensureBuilt() {
  const folder = join(dist, sourceHash());
  if (existsSync(folder)) return folder;
  return withLock(async () => {
    if (!existsSync(folder)) await build(folder);
    return folder;
  });
}

/** Made aside and renamed when whole; running servers keep the folder that they started from. */
async function build(folder) {
  say('दक्ष: निर्माण हो रहा है…', 'Daksh: building…');
  const draft = join(dist, 'tmp');
  try {
    rmSync(draft, { recursive: true, force: true });
    mkdirSync(draft, { recursive: true });
    const { buildServer, buildAssets, endBuilder } = await import('./bundle.mjs');
    const parts = await Promise.allSettled([buildServer(draft), buildAssets(join(draft, 'assets'))]);
    await endBuilder();
    for (const { reason } of parts.filter(({ status }) => status === 'rejected')) throw reason;
    renameSync(draft, folder);
  } catch (error) {
    if (error.code === 'EACCES' || error.code === 'EROFS') refuseReadOnly();
    rmSync(draft, { recursive: true, force: true });
    // esbuild has shown each error where it is; of anything else the first line is enough.
    const [reason] = error.message.split('\n');
    giveUp(`निर्माण नहीं हो सका: ${reason}`, `The build failed: ${reason}`);
  }
  removeOldBuilds(folder);
}

/** Everything that the bundles are made of; what is read at run time (migrations, demo) is not. */
function sourceHash() {
  const patterns = ['src/**/*.{ts,tsx,json,css,svg,woff2}', 'messages/**/*.{ts,json}', 'bin/lib/bu*.mjs'];
  const files = globSync(patterns, { cwd: root, exclude: (name) => /\.test\.tsx?$/.test(name) }).sort();
  const hash = createHash('sha256');
  for (const file of [...files, 'package-lock.json', 'tsconfig.json']) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0');
  }
  return hash.digest('hex').slice(0, 16);
}

function removeOldBuilds(newest) {
  const builds = readdirSync(dist).map((name) => join(dist, name));
  const byAge = builds.sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  for (const old of byAge.filter((folder) => folder !== newest).slice(1))
    rmSync(old, { recursive: true, force: true });
}
