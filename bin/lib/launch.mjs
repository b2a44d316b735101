import { utimesSync } from 'node:fs';
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
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    stop();
  }, 1000);
  watch.unref();
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
