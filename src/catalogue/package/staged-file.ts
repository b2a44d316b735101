import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Config } from '../../kernel/config.ts';
import { Refusal } from '../../kernel/errors.ts';
import { newId } from '../../kernel/ids.ts';
import { tooLarge } from '../../kernel/storage.ts';

/** A course with some hundred recordings; more comes by the command line, from the disk. */
export const largestPackage = 2_000_000_000;

type Home = Pick<Config, 'dataDir'>;

/** Packages that wait to be taken lie in a folder of their own: a zip's index stands at its end. */
export function stagedPath(config: Home, packageId: string): string {
  return join(config.dataDir, 'packages', `${packageId}.zip`);
}

/** Sets a package down on the disk, in pieces; half a one never has the name of a whole. */
export async function receivePackage(config: Home, source: Readable): Promise<string> {
  const packageId = newId();
  const path = stagedPath(config, packageId);
  await mkdir(join(path, '..'), { recursive: true, mode: 0o700 });
  let bytes = 0;
  const meter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      done(bytes > largestPackage ? tooLarge(largestPackage) : null, chunk);
    },
  });
  try {
    await pipeline(source, meter, createWriteStream(`${path}.partial`, { mode: 0o600 }));
    await rename(`${path}.partial`, path);
  } catch (error) {
    await rm(`${path}.partial`, { force: true });
    // What is neither ours nor the disk's trouble is the line's.
    const isOurs = error instanceof Refusal || (error instanceof Error && 'syscall' in error);
    throw isOurs ? error : cutOff();
  }
  return packageId;
}

function cutOff(): Refusal {
  return new Refusal(
    'invalid',
    { hi: 'फ़ाइल पूरी नहीं पहुँची। इसे फिर से भेजें।', en: 'The file did not arrive whole. Send it again.' },
    { reason: 'cut_off' },
  );
}

export async function removeStaged(config: Home, packageId: string): Promise<void> {
  await rm(stagedPath(config, packageId), { force: true });
}

/** Files that nobody waits for any more: a server that was killed leaves them. */
export async function removeOlderThan(config: Home, before: Date): Promise<void> {
  const folder = join(config.dataDir, 'packages');
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name);
    const found = await stat(path).catch(() => undefined);
    if (found && found.mtime < before) await rm(path, { force: true });
  }
}
