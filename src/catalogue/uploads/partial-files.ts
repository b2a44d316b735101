import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Config } from '../../kernel/config.ts';
import { tooLarge } from '../../kernel/storage.ts';

/** Files on their way lie beside the kept ones; each has the length that has come so far. */
export function partialPath(config: Pick<Config, 'dataDir'>, uploadId: string): string {
  return join(config.dataDir, 'uploads', uploadId);
}

export async function makePartial(path: string): Promise<void> {
  await mkdir(join(path, '..'), { recursive: true, mode: 0o700 });
  await writeFile(path, '', { mode: 0o600, flag: 'wx' });
}

/** How much has come; undefined where the part is gone (expired, or not in a restored backup). */
export async function partialBytes(path: string): Promise<number | undefined> {
  return stat(path).then(
    (found) => found.size,
    () => undefined,
  );
}

/**
 * Writes at a place, not at the end: of a line that hangs and the one that replaced it, both write the same
 * bytes to the same place. What came before a break stays; a piece that is acknowledged outlives a power cut.
 */
export async function writeAt(
  path: string,
  source: Readable,
  place: { offset: number; bytes: number },
): Promise<void> {
  let left = place.bytes - place.offset;
  const meter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      left -= chunk.length;
      done(left < 0 ? tooLarge(place.bytes) : null, chunk);
    },
  });
  await pipeline(source, meter, createWriteStream(path, { flags: 'r+', start: place.offset, flush: true }));
}

export async function headOf(path: string, bytes: number): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

export function readPartial(path: string): Readable {
  return createReadStream(path);
}

export async function removePartial(path: string): Promise<void> {
  await rm(path, { force: true });
}
