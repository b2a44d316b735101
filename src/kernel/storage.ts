import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Refusal } from './errors.ts';
import { endWork, isLeftBehind, workName } from './left-behind.ts';

export type StoredBlob = { key: string; sha256: string; bytes: number };

/**
 * Where files lie. What is put is kept by its content, once for all who put the same, and never changes or goes.
 * What is made for a while has a name of its own, so that whoever drops it drops nobody else's.
 */
export type Storage = {
  put(source: Readable, limits: { maxBytes: number }): Promise<StoredBlob>;
  make(source: Readable, limits: { maxBytes: number }): Promise<StoredBlob>;
  /** Fails at once where the file is not there: whoever opens one has it. */
  open(key: string, range?: { start: number; end: number }): Promise<Readable>;
  size(key: string): Promise<number>;
  /** For what `make` made; already gone is as well. */
  remove(key: string): Promise<void>;
  /**
   * Removes what nobody will ever ask for: parts whose writer was killed, and what `make` made some time ago and
   * `named` names no more. Returns how many files went.
   */
  sweep(named: (keys: readonly string[]) => Promise<ReadonlySet<string>>): Promise<number>;
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
    const name = workName(partial);
    const path = join(folder, name);
    try {
      const { sha256, bytes } = await receive(source, path, maxBytes);
      const key = nameOf(sha256);
      await mkdir(join(folder, key.slice(0, 2)), { recursive: true, mode: 0o700 });
      await rename(path, pathOf(key));
      return { key, sha256, bytes };
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    } finally {
      endWork(name);
    }
  };
  return {
    put: (source, limits) => keep(source, limits.maxBytes, (sha256) => sha256),
    make: (source, limits) => keep(source, limits.maxBytes, () => randomBytes(ownKeyBytes).toString('hex')),
    open: async (key, range) => {
      const source = createReadStream(pathOf(key), range);
      await once(source, 'open');
      return source;
    },
    size: async (key) => (await stat(pathOf(key))).size,
    remove: (key) => rm(pathOf(key), { force: true }),
    sweep: async (named) => (await sweepPartials(folder)) + (await sweepMade(folder, named)),
  };
}

const partial = 'partial';
/** Longer than anything stands still while it is written, and than anything made waits for a row that names it. */
const longestMs = 24 * 3_600_000;

async function sweepPartials(folder: string): Promise<number> {
  const names = await readdir(folder).catch(() => []);
  let gone = 0;
  for (const name of names.filter((one) => one.startsWith(`${partial}-`))) {
    const path = join(folder, name);
    if (!(await isLeftBehind(path, longestMs))) continue;
    await rm(path, { force: true });
    gone += 1;
  }
  return gone;
}

async function sweepMade(folder: string, named: Parameters<Storage['sweep']>[0]): Promise<number> {
  let gone = 0;
  for (const group of await readdir(folder).catch(() => [])) {
    if (!/^[0-9a-f]{2}$/.test(group)) continue;
    const old: string[] = [];
    for (const key of (await readdir(join(folder, group))).filter(isOwnKey)) {
      const found = await stat(join(folder, group, key)).catch(() => undefined);
      if (found && Date.now() - found.mtimeMs > longestMs) old.push(key);
    }
    const kept = old.length > 0 ? await named(old) : new Set();
    for (const key of old.filter((one) => !kept.has(one))) {
      await rm(join(folder, group, key), { force: true });
      gone += 1;
    }
  }
  return gone;
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
