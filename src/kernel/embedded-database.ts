import { existsSync, mkdirSync, realpathSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openCluster } from './embedded-database/cluster.ts';
import { type FileLock, lockFile, tryLockFile } from './embedded-database/file-lock.ts';
import { ensurePostmaster, findPostmaster, stopPostmaster } from './embedded-database/postmaster.ts';
import { folderTrouble } from './embedded-database/trouble.ts';

export type EmbeddedDatabaseOptions = {
  /** No fsync, for test databases that may be lost. Counts for the server that this call starts. */
  unsafeFast?: boolean;
  /** Told when another process has to be waited for. */
  onWait?: () => void;
};

export type EmbeddedDatabase = { url: string; release(): Promise<void> };

/**
 * The PostgreSQL of a data folder, started when it does not run and shared by all processes that open
 * the same folder; the last to release stops it. Throws EmbeddedDatabaseTrouble with a sentence.
 *
 * Two files are locked: `pg.lock` while starting and stopping, `pg.lease` (shared) while in use. Both
 * are the kernel's locks, so a killed process holds nothing; a server that it left is adopted.
 */
export async function openEmbeddedDatabase(
  dataDir: string,
  options: EmbeddedDatabaseOptions = {},
): Promise<EmbeddedDatabase> {
  let folder = dataDir;
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    folder = realpathSync(dataDir);
    return await open(folder, options);
  } catch (error) {
    throw folderTrouble(folder, error);
  }
}

async function open(dataDir: string, options: EmbeddedDatabaseOptions): Promise<EmbeddedDatabase> {
  const lock = await lockFile(join(dataDir, 'pg.lock'), 'exclusive', options.onWait);
  try {
    const lease = await lockFile(join(dataDir, 'pg.lease'), 'shared');
    try {
      const url = await ensurePostmaster(await openCluster(dataDir), options.unsafeFast ?? false);
      const leave = () => leaveNow(dataDir, lease);
      leaveAtExit(leave);
      return { url, release: () => release(dataDir, lease, leave) };
    } catch (error) {
      lease.release();
      throw error;
    }
  } finally {
    lock.release();
  }
}

async function release(dataDir: string, lease: FileLock, leave: () => void): Promise<void> {
  if (!leaving.delete(leave)) return;
  const lock = await lockFile(join(dataDir, 'pg.lock'), 'exclusive');
  try {
    lease.release();
    const last = tryLockFile(join(dataDir, 'pg.lease'), 'exclusive');
    if (last) await stopPostmaster(join(dataDir, 'pg'));
    last?.release();
  } finally {
    lock.release();
  }
}

export type EmbeddedDatabaseStatus = {
  dataDir: string;
  state: 'absent' | 'stopped' | 'starting' | 'running' | 'stopping';
  pid?: number;
  version?: string;
};

/** What stands in a data folder, without starting or changing anything. */
export async function embeddedDatabaseStatus(dataDir: string): Promise<EmbeddedDatabaseStatus> {
  const pgDir = join(dataDir, 'pg');
  if (!existsSync(pgDir)) return { dataDir, state: 'absent' };
  const version = await readFile(join(pgDir, 'PG_VERSION'), 'utf8').catch(() => undefined);
  const server = findPostmaster(realpathSync(pgDir));
  const about = { dataDir, version: version?.trim() };
  if (!server) return { ...about, state: 'stopped' };
  const state =
    server.status === 'ready' ? 'running' : server.status === 'stopping' ? 'stopping' : 'starting';
  return { ...about, state, pid: server.pid };
}

const leaving = new Set<() => void>();

/** A process that ends without releasing still leaves properly, unless it is killed. */
function leaveAtExit(leave: () => void): void {
  if (leaving.size === 0) {
    process.removeListener('exit', leaveAll);
    process.once('exit', leaveAll);
  }
  leaving.add(leave);
}

function leaveAll(): void {
  for (const leave of leaving) leave();
}

function leaveNow(dataDir: string, lease: FileLock): void {
  const lock = tryLockFile(join(dataDir, 'pg.lock'), 'exclusive', 2);
  lease.release();
  const pgDir = join(dataDir, 'pg');
  const last = lock && tryLockFile(join(dataDir, 'pg.lease'), 'exclusive');
  const server = last && findPostmaster(pgDir);
  if (!server) return;
  process.kill(server.pid, 'SIGINT');
  // The next to come must see that it is stopping before we let go of the lock.
  const pause = new Int32Array(new SharedArrayBuffer(4));
  for (let tries = 0; tries < 100 && findPostmaster(pgDir)?.status === 'ready'; tries += 1)
    Atomics.wait(pause, 0, 0, 10);
}
