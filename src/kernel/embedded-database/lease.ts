import { join } from 'node:path';
import { type FileLock, lockFile, tryLockFile } from './file-lock.ts';
import { findPostmaster, stopPostmaster } from './postmaster.ts';

/**
 * One use of a data folder's server. `pg.lock` is held while a server is started or stopped, `pg.lease`
 * (shared) while it is used: who can have the lease alone is the last. Both are the kernel's locks, so
 * a killed process holds nothing.
 */
export class Lease {
  readonly #dataDir: string;
  #lock: FileLock | undefined;
  #watch: NodeJS.Timeout | undefined;

  private constructor(dataDir: string, lock: FileLock) {
    this.#dataDir = dataDir;
    this.#lock = lock;
    if (leases.size === 0) process.on('exit', leaveAll);
    leases.add(this);
  }

  get isHeld(): boolean {
    return this.#lock !== undefined;
  }

  /** The caller holds the folder's lock. */
  static async take(dataDir: string): Promise<Lease> {
    return new Lease(dataDir, await lockFile(join(dataDir, 'pg.lease'), 'shared'));
  }

  /** Calls `revive` when the server has died under us, not twice at a time. */
  watch(revive: () => Promise<void>): void {
    let isBusy = false;
    const look = async () => {
      if (isBusy || findPostmaster(join(this.#dataDir, 'pg'))) return;
      isBusy = true;
      await revive();
      isBusy = false;
    };
    this.#watch = setInterval(() => void look(), 1000).unref();
  }

  async release(): Promise<void> {
    clearInterval(this.#watch);
    const lock = await lockFile(join(this.#dataDir, 'pg.lock'), 'exclusive');
    try {
      const last = this.leave();
      if (last) await stopPostmaster(join(this.#dataDir, 'pg'));
      last?.release();
    } finally {
      lock.release();
    }
  }

  /** Lets go; the lock that proves that nobody else uses the server, where that is so. */
  leave(): FileLock | undefined {
    const wasHeld = this.isHeld;
    this.#lock?.release();
    this.#lock = undefined;
    leases.delete(this);
    if (leases.size === 0) process.off('exit', leaveAll);
    return wasHeld ? tryLockFile(join(this.#dataDir, 'pg.lease'), 'exclusive') : undefined;
  }

  /** For a process that is ending: tells the server to stop without waiting until it has. */
  leaveNow(): void {
    const lock = tryLockFile(join(this.#dataDir, 'pg.lock'), 'exclusive', 2);
    const pgDir = join(this.#dataDir, 'pg');
    const server = this.leave() && lock && findPostmaster(pgDir);
    if (!server) return;
    process.kill(server.pid, 'SIGINT');
    // The next to come must see that it is stopping before we let go of the lock.
    const pause = new Int32Array(new SharedArrayBuffer(4));
    for (let tries = 0; tries < 100 && findPostmaster(pgDir)?.status === 'ready'; tries += 1) {
      Atomics.wait(pause, 0, 0, 10);
    }
  }
}

const leases = new Set<Lease>();

/** A process that ends without releasing still leaves properly, unless it is killed. */
function leaveAll(): void {
  for (const lease of leases) lease.leaveNow();
}
