import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { TableFault } from './faults.ts';

// A sheet of a million rows unfolds to about 1 GB of XML, at 10 to 40 times its packed size.
const maxUnfolded = 3_000_000_000;
const maxRatio = 200;
const ratioMattersFrom = 20_000_000;
const maxEntries = 5000;

/** A zip file's parts by path. The index of a zip stands at its end, so the file is set down on disk first. */
export class ZipPackage {
  private readonly folder: string;
  private readonly zip: ZipFile;
  private readonly entries: Map<string, Entry>;

  private constructor(folder: string, zip: ZipFile, entries: Map<string, Entry>) {
    this.folder = folder;
    this.zip = zip;
    this.entries = entries;
  }

  static async receive(source: AsyncIterable<Uint8Array>): Promise<ZipPackage> {
    const folder = await mkdtemp(join(tmpdir(), 'daksh-table-'));
    const path = join(folder, 'table.zip');
    let zip: ZipFile | undefined;
    try {
      await pipeline(source, createWriteStream(path, { mode: 0o600 }));
      zip = await asDamage(
        openPromise(path, { lazyEntries: true, autoClose: false, validateEntrySizes: true }),
      );
      return new ZipPackage(folder, zip, await asDamage(readIndex(zip)));
    } catch (error) {
      zip?.close();
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  }

  has(path: string): boolean {
    return this.entries.has(path.toLowerCase());
  }

  /** A part's bytes; none where the package has no such part. */
  async *read(path: string): AsyncGenerator<Uint8Array> {
    const entry = this.entries.get(path.toLowerCase());
    if (!entry) return;
    if (entry.isEncrypted()) throw new TableFault('old_or_locked_excel');
    const stream: Readable = await asDamage(this.zip.openReadStreamPromise(entry));
    try {
      yield* stream;
    } catch (error) {
      throw error instanceof TableFault ? error : new TableFault('damaged_file');
    } finally {
      stream.destroy();
    }
  }

  async close(): Promise<void> {
    this.zip.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}

async function readIndex(zip: ZipFile): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  let unfolded = 0;
  if (zip.entryCount > maxEntries) throw new TableFault('file_too_large', { maxEntries });
  for await (const entry of zip.eachEntry()) {
    unfolded += entry.uncompressedSize;
    const isBomb = entry.uncompressedSize > Math.max(ratioMattersFrom, entry.compressedSize * maxRatio);
    if (isBomb || unfolded > maxUnfolded) throw new TableFault('file_too_large', { maxUnfolded, maxRatio });
    entries.set(entry.fileName.toLowerCase(), entry);
  }
  return entries;
}

/** Whatever the zip library objects to is a damaged file; it tells only in sentences. */
async function asDamage<T>(attempt: Promise<T>): Promise<T> {
  try {
    return await attempt;
  } catch (error) {
    throw error instanceof TableFault ? error : new TableFault('damaged_file');
  }
}
