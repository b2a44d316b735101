import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename } from 'node:path';

const named = /^[a-z]+-(.+)-(\d+)-[A-Za-z0-9]+$/;
const underWay = new Set<string>();

/**
 * Within what a process is known by its number: this run of this machine, and in it this container. Machines that share a
 * folder may share a name as well, and a number that is none here may be somebody's there.
 */
const place = placeOfProcesses();

function placeOfProcesses(): string {
  try {
    const machine =
      readFileSync('/proc/sys/kernel/random/boot_id', 'utf8') + readlinkSync('/proc/self/ns/pid');
    return createHash('sha256').update(machine).digest('hex').slice(0, 16);
  } catch {
    return hostname();
  }
}

/** The name of something that is being written: it says which process of which place does. */
export function workName(kind: string): string {
  const name = `${kind}-${place}-${process.pid}-${randomBytes(8).toString('hex')}`;
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
export async function isLeftBehind(path: string, longestMs: number, name = basename(path)): Promise<boolean> {
  const [, where, pid] = named.exec(name) ?? [];
  if (where === place) return Number(pid) === process.pid ? !underWay.has(name) : !isAlive(Number(pid));
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
