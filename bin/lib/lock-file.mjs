import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './say.mjs';

const file = join(root, 'package-lock.json');

/**
 * The optional packages that package-lock.json should name and does not. npm leaves out what the
 * registry at hand does not serve (binaries for other systems), and `npm ci` then refuses the file.
 */
export function missingFromLock() {
  return missing(JSON.parse(readFileSync(file, 'utf8')).packages).map(([path]) => path);
}

/** Names them, without a digest: no machine that we support installs one of them. */
export function completeLock() {
  const lock = JSON.parse(readFileSync(file, 'utf8'));
  const entries = [...Object.entries(lock.packages), ...missing(lock.packages)];
  lock.packages = Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
}

function missing(packages) {
  return Object.entries(packages).flatMap(([path, entry]) =>
    Object.entries(path === '' ? {} : (entry.optionalDependencies ?? {}))
      .filter(([name]) => !packages[`${path}/node_modules/${name}`] && !packages[`node_modules/${name}`])
      .map(([name, range]) => [`node_modules/${name}`, entryOf(name, range, entry)]),
  );
}

function entryOf(name, range, parent) {
  const found = (words) => words.find((word) => name.includes(word));
  const os = found(['darwin', 'win32', 'android', 'linux', 'freebsd']);
  const libc = os === 'linux' ? found(['musl', 'gnu']) : undefined;
  return {
    version: range.replace(/^[\^~]/, ''),
    cpu: [found(['arm64', 'x64', 'arm', 'ia32'])],
    ...(parent.dev && { dev: true }),
    ...(libc && { libc: [libc === 'gnu' ? 'glibc' : libc] }),
    optional: true,
    os: [os],
  };
}
