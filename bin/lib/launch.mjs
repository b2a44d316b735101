import { readFileSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureInstalled } from './install.mjs';
import { continueUnderNode24 } from './node24.mjs';
import { root } from './say.mjs';

/** Installs and builds what is missing, then becomes `daksh ...args`. */
export async function launch(args) {
  await ensureInstalled();
  await continueUnderNode24();
  stopWithParent();
  stopEarlyProperly();
  // Only now: the build uses what older Nodes lack.
  const { ensureBuilt } = await import('./build.mjs');
  const folder = await ensureBuilt();
  const main = join(folder, 'daksh.js');
  markUsed(folder);
  process.env.DAKSH_ROOT = root;
  process.env.DAKSH_DIST = folder;
  process.argv = [process.execPath, main, ...args];
  process.setSourceMapsEnabled(true);
  await import(pathToFileURL(main).href);
}

/** A starter that is killed takes us along: by our own SIGTERM, so that the shutdown is an ordinary one. */
function stopWithParent() {
  const stop = () => process.kill(process.pid, 'SIGTERM');
  if (process.channel) {
    process.once('disconnect', stop);
    process.channel.unref();
  }
  if (!process.env.npm_lifecycle_event) return;
  const npm = starter();
  const watch = setInterval(() => {
    if (starter() === npm) return;
    clearInterval(watch);
    stop();
  }, 500);
  watch.unref();
}

/** npm runs its scripts in a shell, which outlives it: then the shell's parent is the one to watch. */
function starter() {
  try {
    const [, name, parent] = /\((.*)\) \S (\d+)/.exec(readFileSync(`/proc/${process.ppid}/stat`, 'utf8'));
    return /^(ba|da)?sh$/.test(name) ? Number(parent) : process.ppid;
  } catch {
    return process.ppid;
  }
}

/** Until the program listens itself, a signal ends it through `exit`, where the database is let go. */
function stopEarlyProperly() {
  for (const [signal, status] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ]) {
    process.on(signal, () => {
      if (process.listenerCount(signal) === 1) process.exit(status);
    });
  }
}

/** The two builds used last are kept. */
function markUsed(folder) {
  try {
    utimesSync(folder, new Date(), new Date());
  } catch {
    // Built by another account.
  }
}
