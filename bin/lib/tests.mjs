import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuilt } from './build.mjs';
import { check } from './check.mjs';
import { ensureChromium } from './chromium.mjs';
import { root, say } from './say.mjs';

/** Runs the chosen tests (all, and the check before them, when none are chosen); returns the exit status. */
export async function runTests(args) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { only: { type: 'string' } },
  });
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
  process.env.DAKSH_TEST_DATABASE_DIR ||= join(root, '.daksh', 'test-pg');
  process.env.DAKSH_CHROMIUM = needsBrowser ? ensureChromium() : '';
  const database = await holdTestDatabase(process.env.DAKSH_TEST_DATABASE_DIR);
  try {
    const status = await runNode(files, values.only);
    if (!isChecked) say('ऊपर की जाँच (check) विफल रही।', 'The check above failed.');
    return status === 0 && !isChecked ? 1 : status;
  } finally {
    await database.release();
  }
}

function testFiles(chosen) {
  const all = globSync(['{src,test,bench,journeys}/**/*.test.{ts,tsx}'], { cwd: root }).sort();
  if (chosen.length === 0) return all;
  const wanted = chosen.map((path) => relative(root, resolve(path)));
  return all.filter((file) => wanted.some((path) => file === path || file.startsWith(`${path}/`)));
}

/** Held until the last test, so that the server is not stopped and started between test files. */
async function holdTestDatabase(folder) {
  const { openEmbeddedDatabase } = await import('../../src/kernel/embedded-database.ts');
  return openEmbeddedDatabase(folder, { unsafeFast: true });
}

async function runNode(files, only) {
  const options = ['--import', 'tsx', '--test', '--test-concurrency=2'];
  if (only) options.push('--test-name-pattern', only);
  const child = spawn(process.execPath, [...options, ...files], { cwd: root, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  const [status] = await once(child, 'exit');
  return status ?? 1;
}
