import { existsSync, mkdirSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { openCluster } from './embedded-database/cluster.ts';
import { lockFile } from './embedded-database/file-lock.ts';
import { Lease } from './embedded-database/lease.ts';
import { ensurePostmaster, findPostmaster } from './embedded-database/postmaster.ts';
import { folderTrouble } from './embedded-database/trouble.ts';

export type EmbeddedDatabaseOptions = {
  /** No fsync, for test databases that may be lost. Counts for the server that this call starts. */
  unsafeFast?: boolean;
  /** The folder of another PostgreSQL's programs; else those that npm has installed. */
  programs?: string;
  /** Told when another process has to be waited for. */
  onWait?: () => void;
  /** Told when the server died while in use: started again, or why not (it is tried again). */
  onRestart?: (error?: unknown) => void;
};

export type EmbeddedDatabase = { url: string; release(): Promise<void> };

/**
 * The PostgreSQL of a data folder, started when it does not run and shared by all processes that open
 * the same folder; the last to release stops it. A server left by killed processes is adopted; one that
 * dies while in use is started again at the same address within a second or two.
 * Throws EmbeddedDatabaseTrouble, whose text says in both languages what to do.
 */
export async function openEmbeddedDatabase(
  dataDir: string,
  options: EmbeddedDatabaseOptions = {},
): Promise<EmbeddedDatabase> {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    return await open(realpathSync(dataDir), options);
  } catch (error) {
    throw folderTrouble(dataDir, error);
  }
}

async function open(dataDir: string, options: EmbeddedDatabaseOptions): Promise<EmbeddedDatabase> {
  const lock = await lockFile(join(dataDir, 'pg.lock'), 'exclusive', options.onWait);
  try {
    const lease = await Lease.take(dataDir);
    try {
      const url = await ensurePostmaster(
        await openCluster(dataDir, options.programs),
        options.unsafeFast ?? false,
      );
      lease.watch(() => revive(dataDir, lease, options));
      return { url, release: () => lease.release() };
    } catch (error) {
      lease.leave()?.release();
      throw error;
    }
  } finally {
    lock.release();
  }
}

async function revive(dataDir: string, lease: Lease, options: EmbeddedDatabaseOptions): Promise<void> {
  try {
    if (!existsSync(join(dataDir, 'pg'))) return;
    const lock = await lockFile(join(dataDir, 'pg.lock'), 'exclusive');
    try {
      // Meanwhile another process may have started it, or we may have let go.
      if (!lease.isHeld || findPostmaster(join(dataDir, 'pg'))) return;
      await ensurePostmaster(await openCluster(dataDir, options.programs), options.unsafeFast ?? false);
    } finally {
      lock.release();
    }
    options.onRestart?.();
  } catch (error) {
    options.onRestart?.(error);
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
  const server = findPostmaster(realpathSync(pgDir));
  const about = { dataDir, version: readVersion(pgDir) };
  if (!server) return { ...about, state: 'stopped' };
  const states = { ready: 'running', stopping: 'stopping' } as const;
  const state = states[server.status as keyof typeof states] ?? 'starting';
  return { ...about, state, pid: server.pid };
}

/** Absent for an account that may not look into the folder. */
function readVersion(pgDir: string): string | undefined {
  try {
    return readFileSync(join(pgDir, 'PG_VERSION'), 'utf8').trim();
  } catch {
    return undefined;
  }
}
