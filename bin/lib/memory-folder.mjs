import { createHash } from 'node:crypto';
import { mkdirSync, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './say.mjs';

const inMemory = '/dev/shm';
const tmpfs = 0x01021994;
const leastBytes = 3 * 1024 ** 3;

/**
 * A folder in memory for what tests write, the same at each run of this clone. A test's database is a
 * thousand small files made and removed again, which costs some file systems a second of work, memory
 * nothing. Undefined where there is no such place, or little room in it or in the machine.
 */
export function memoryFolder() {
  const name = createHash('sha256').update(root).digest('hex').slice(0, 12);
  const folder = join(inMemory, `daksh-test-${name}`);
  try {
    const { type, bavail, bsize } = statfsSync(inMemory);
    if (type !== tmpfs || Math.min(bavail * bsize, process.availableMemory()) < leastBytes) return undefined;
    mkdirSync(folder, { recursive: true, mode: 0o755 });
    // The place is open to everybody: a folder of another account under our name is not ours to use.
    return statSync(folder).uid === process.geteuid() ? folder : undefined;
  } catch {
    return undefined;
  }
}
