import { randomBytes } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename } from 'node:path';

const named = /^[a-z]+-(.+)-(\d+)-[A-Za-z0-9]+$/;
const underWay = new Set<string>();

/** The name of something that is being written: it says which process of which machine does. */
export function workName(kind: string): string {
  const name = `${kind}-${hostname()}-${process.pid}-${randomBytes(8).toString('hex')}`;
  underWay.add(name);
  return name;
}

/** Whole, or given up: nobody writes it any more. */
export function endWork(name: string): void {
  underWay.delete(name);
}

/**
 * Whether the process that wrote it was killed. Other machines may work in the same folder, and whether theirs live
 * cannot be seen from here: what they write is left behind once it has not changed for longer than any of it takes.
 */
export async function isLeftBehind(path: string, longestMs: number): Promise<boolean> {
  const name = basename(path);
  const [, host, pid] = named.exec(name) ?? [];
  if (host === hostname()) return Number(pid) === process.pid ? !underWay.has(name) : !isAlive(Number(pid));
  const found = await stat(path).catch(() => undefined);
  return found !== undefined && Date.now() - found.mtimeMs > longestMs;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
