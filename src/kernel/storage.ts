import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Refusal } from './errors.ts';
import { newId } from './ids.ts';

export type StoredBlob = { key: string; sha256: string; bytes: number };

/**
 * Where files lie. What is put is kept by its content, once for all who put the same, and never changes or goes.
 * What is made for a while has a name of its own, so that whoever drops it drops nobody else's.
 */
export type Storage = {
  put(source: Readable, limits: { maxBytes: number }): Promise<StoredBlob>;
  make(source: Readable, limits: { maxBytes: number }): Promise<StoredBlob>;
  open(key: string, range?: { start: number; end: number }): Promise<Readable>;
  size(key: string): Promise<number>;
  /** For what `make` made; already gone is as well. */
  remove(key: string): Promise<void>;
};

/** Whether the file is the one of who names it, and not kept for all by its content. */
export function isOwnKey(key: string): boolean {
  return key.length === ownKeyBytes * 2;
}

const ownKeyBytes = 16;

export function localStorage(folder: string): Storage {
  const pathOf = (key: string) => join(folder, key.slice(0, 2), key);
  const keep = async (source: Readable, maxBytes: number, nameOf: (sha256: string) => string) => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const partial = join(folder, `partial-${newId()}`);
    try {
      const { sha256, bytes } = await receive(source, partial, maxBytes);
      const key = nameOf(sha256);
      await mkdir(join(folder, key.slice(0, 2)), { recursive: true, mode: 0o700 });
      await rename(partial, pathOf(key));
      return { key, sha256, bytes };
    } catch (error) {
      await rm(partial, { force: true });
      throw error;
    }
  };
  return {
    put: (source, limits) => keep(source, limits.maxBytes, (sha256) => sha256),
    make: (source, limits) => keep(source, limits.maxBytes, () => randomBytes(ownKeyBytes).toString('hex')),
    open: async (key, range) => createReadStream(pathOf(key), range),
    size: async (key) => (await stat(pathOf(key))).size,
    remove: (key) => rm(pathOf(key), { force: true }),
  };
}

async function receive(source: Readable, path: string, maxBytes: number) {
  const hash = createHash('sha256');
  let bytes = 0;
  const meter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      hash.update(chunk);
      done(bytes > maxBytes ? tooLarge(maxBytes) : null, chunk);
    },
  });
  await pipeline(source, meter, createWriteStream(path, { mode: 0o600, flush: true }));
  return { sha256: hash.digest('hex'), bytes };
}

export function tooLarge(maxBytes: number): Refusal {
  const mb = Math.round(maxBytes / 1_000_000);
  return new Refusal('too_large', {
    hi: `फ़ाइल ${mb} MB से बड़ी है। छोटी फ़ाइल चुनें।`,
    en: `The file is larger than ${mb} MB. Choose a smaller one.`,
  });
}
