import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, globSync, mkdirSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuilt } from './build.mjs';
import { check } from './check.mjs';
import { ensureChromium } from './chromium.mjs';
import { removeKept } from './kept-worlds.mjs';
import { memoryFolder } from './memory-folder.mjs';
import { findPostgres } from './postgres.mjs';
import { root, say } from './say.mjs';
import { bundleTests } from './test-bundle.mjs';

/** Runs the chosen tests (all, and the check before them, when none are chosen); returns the exit status. */
export async function runTests(args) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      only: { type: 'string' },
      postgres: { type: 'string' },
      'if-installed': { type: 'boolean' },
    },
  });
  const postgres = values.postgres ? findPostgres(values.postgres) : undefined;
  if (values.postgres && !postgres) return sayNotInstalled(values.postgres, values['if-installed']);
  const isWhole = positionals.length === 0 && values.only === undefined;
  const files = testFiles(positionals);
  if (files.length === 0) {
    say('इस नाम का कोई परीक्षण नहीं मिला।', 'No test was found by that name.');
    return 1;
  }
  // The tidy test comes with the others.
  const isChecked = !isWhole || check({ withTidy: false });
  const needsBrowser = files.some((file) => file.startsWith('journeys'));
  process.env.DAKSH_ROOT = root;
  process.env.DAKSH_DIST = await ensureBuilt();
  process.env.DAKSH_CHROMIUM = needsBrowser ? ensureChromium() : '';
  // A few files are sooner done on the cluster that the last run has left on the disk.
  const memory = files.length < manyFiles ? undefined : memoryFolder();
  if (memory) process.env.TMPDIR = madeFolder(join(memory, 'tmp'));
  const database = await holdTestDatabase(postgres, memory);
  process.env.TEST_DATABASE_URL = database.url;
  process.env.DAKSH_TEST_RUN = String(process.pid);
  try {
    const status = await runBundled(files, values.only);
    await removeKept(database.url, (pid) => pid === String(process.pid));
    if (!isChecked) say('ऊपर की जाँच (check) विफल रही।', 'The check above failed.');
    return status === 0 && !isChecked ? 1 : status;
  } finally {
    await database.release();
  }
}

const manyFiles = 10;

function madeFolder(folder) {
  mkdirSync(folder, { recursive: true });
  return folder;
}

function testFiles(chosen) {
  const all = globSync(['{src,test,bench,journeys}/**/*.test.{ts,tsx}'], { cwd: root }).sort();
  if (chosen.length === 0) return all;
  const wanted = chosen.map((path) => relative(root, resolve(path)));
  return all.filter((file) => wanted.some((path) => file === path || file.startsWith(`${path}/`)));
}

/** To skip is allowed to those who asked for it, and is said as plainly as a failure. */
function sayNotInstalled(wish, isAllowed) {
  say(
    `PostgreSQL ${wish} इस मशीन पर नहीं मिला: उस पर परीक्षण नहीं चलाए गए।`,
    `PostgreSQL ${wish} was not found on this machine: the tests were NOT run on it.`,
  );
  return isAllowed ? 0 : 1;
}

/** The server that TEST_DATABASE_URL names; else one of our own, held until the last test has ended. */
async function holdTestDatabase(postgres, memory) {
  const url = process.env.TEST_DATABASE_URL;
  const database =
    url && !postgres ? { url, release: () => giveBack(memory) } : await startOwn(postgres, memory);
  const version = await versionOf(database.url);
  say(`दक्ष: परीक्षण PostgreSQL ${version} पर।`, `Daksh: testing on PostgreSQL ${version}.`);
  return database;
}

async function startOwn(postgres, memory) {
  const { embeddedDatabaseStatus, openEmbeddedDatabase } = await import(
    '../../src/kernel/embedded-database.ts'
  );
  const chosen = process.env.DAKSH_TEST_DATABASE_DIR;
  const base = chosen || join(memory ?? join(root, '.daksh'), 'test');
  // A cluster belongs to the version that made it.
  const folder = postgres ? `${base}-${postgres.major}` : base;
  const database = await openEmbeddedDatabase(folder, { unsafeFast: true, programs: postgres?.folder });
  // Of runs that were killed.
  await removeKept(database.url, (pid) => !existsSync(`/proc/${pid}`));
  const release = async () => {
    await database.release();
    // What runs on is another run's, which will do it.
    const { state } = await embeddedDatabaseStatus(folder);
    if (state === 'stopped') giveBack(memory);
  };
  return { url: database.url, release };
}

function giveBack(memory) {
  if (memory) rmSync(memory, { recursive: true, force: true });
}

async function versionOf(url) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query('show server_version');
  await client.end();
  return rows[0].server_version;
}

/** One more than can work at once: tests wait too, for the database, a browser or their own clock. */
const filesAtOnce = availableParallelism() + 1;

async function runBundled(files, only) {
  const bundle = await bundleTests(files);
  try {
    const options = [...bundle.options, '--test', `--test-concurrency=${filesAtOnce}`];
    if (only) options.push('--test-name-pattern', only);
    return await runNode([...options, ...bundle.files], bundle.env);
  } finally {
    bundle.remove();
  }
}

async function runNode(args, env) {
  const child = spawn(process.execPath, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  const [status] = await once(child, 'exit');
  return status ?? 1;
}
