import { spawn, spawnSync } from 'node:child_process';
import { closeSync, constants, openSync } from 'node:fs';
import { EmbeddedDatabaseTrouble } from './trouble.ts';

/** A lock that the kernel holds for this process: it ends with the process, however that ends. */
export type FileLock = { release(): void };

type Mode = 'exclusive' | 'shared';

/**
 * Waits for a lock on `file`. Node cannot call flock(2) itself, but a lock belongs to the open file
 * description: util-linux's flock takes it on a descriptor that it inherits, and we keep it.
 */
export async function lockFile(file: string, mode: Mode, onWait?: () => void): Promise<FileLock> {
  const fd = openForLocking(file);
  const waiting = onWait && setTimeout(onWait, 1000);
  try {
    const exit = await new Promise<number | null>((resolve, reject) => {
      const child = spawn('flock', [`--${mode}`, '3'], { stdio: ['ignore', 'ignore', 'ignore', fd] });
      child.once('error', reject);
      child.once('exit', resolve);
    });
    if (exit !== 0) throw new Error(`flock ended with ${exit} on ${file}`);
    return heldBy(fd);
  } catch (error) {
    closeSync(fd);
    throw lockTrouble(error);
  } finally {
    clearTimeout(waiting);
  }
}

/** The lock, or undefined when another process has held it for `waitSeconds`. Blocks; for process exits. */
export function tryLockFile(file: string, mode: Mode, waitSeconds = 0): FileLock | undefined {
  const fd = openForLocking(file);
  const result = spawnSync('flock', [`--${mode}`, '--timeout', String(waitSeconds), '3'], {
    stdio: ['ignore', 'ignore', 'ignore', fd],
  });
  if (result.status === 0) return heldBy(fd);
  closeSync(fd);
  if (result.error) throw lockTrouble(result.error);
  return undefined;
}

/** Read-only is enough for flock, so a lock file that root has made can still be used by others. */
function openForLocking(file: string): number {
  return openSync(file, constants.O_RDONLY | constants.O_CREAT, 0o644);
}

function heldBy(fd: number): FileLock {
  let isHeld = true;
  return {
    release() {
      if (isHeld) closeSync(fd);
      isHeld = false;
    },
  };
}

function lockTrouble(error: unknown): unknown {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return error;
  return new EmbeddedDatabaseTrouble('no_flock', {
    hi: 'util-linux का `flock` आदेश नहीं मिला। util-linux स्थापित करें, या DATABASE_URL में PostgreSQL का पता दें।',
    en: 'The command `flock` of util-linux was not found. Install util-linux, or set DATABASE_URL to a PostgreSQL.',
  });
}
