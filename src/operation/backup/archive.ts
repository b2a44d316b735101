import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import yauzl from 'yauzl';
import { Refusal } from '../../kernel/errors.ts';
import type { Tell } from './progress.ts';
import type { BackupManifest } from './write-backup.ts';

export type Archive = {
  manifest: BackupManifest;
  entries: Map<string, yauzl.Entry>;
  open(name: string): Promise<Readable>;
  text(name: string): Promise<string>;
  close(): void;
};

/** A backup to read from: what stands at its end names every part, so a file that was cut is told at once. */
export async function openArchive(path: string): Promise<Archive> {
  const zip = await openZip(path);
  try {
    const entries = await entriesOf(zip);
    const open = (name: string) =>
      new Promise<Readable>((resolve, reject) => {
        const entry = entries.get(name);
        if (!entry) return reject(damaged());
        zip.openReadStream(entry, (error, stream) => (error ? reject(damaged()) : resolve(stream)));
      });
    const text = async (name: string) => Buffer.concat(await (await open(name)).toArray()).toString('utf8');
    const manifest = await readManifest(text);
    return { manifest, entries, open, text, close: () => zip.close() };
  } catch (error) {
    zip.close();
    throw error;
  }
}

/** Reads everything once, before anything is changed: what is there, and as it was written, by ZIP's own sums. */
export async function checkArchive(archive: Archive, tell: Tell): Promise<void> {
  const { entries, manifest } = archive;
  const names = [...manifest.tables.map((name) => `tables/${name}.copy`), 'jobs.json'];
  const files = [...entries.keys()].filter((name) => name.startsWith('files/'));
  if (!names.every((name) => entries.has(name)) || files.length !== manifest.files) throw damaged();
  const total = totalBytes(archive);
  let done = 0;
  for (const [name, entry] of entries) {
    let sum = 0;
    try {
      const source = await archive.open(name);
      source.on('data', (chunk: Buffer) => {
        sum = crc32(chunk, sum);
        done += chunk.length;
        tell('check', done, total);
      });
      await once(source, 'end');
    } catch {
      throw damaged();
    }
    if (sum !== entry.crc32) throw damaged();
  }
}

export function totalBytes({ entries }: Archive): number {
  return [...entries.values()].reduce((sum, entry) => sum + entry.uncompressedSize, 0);
}

async function openZip(path: string): Promise<yauzl.ZipFile> {
  return new Promise<yauzl.ZipFile>((resolve, reject) => {
    yauzl.open(path, { lazyEntries: true, autoClose: false }, (error, file) =>
      error ? reject('syscall' in error ? unreadable(path, error) : damaged()) : resolve(file),
    );
  });
}

async function entriesOf(zip: yauzl.ZipFile): Promise<Map<string, yauzl.Entry>> {
  const entries = new Map<string, yauzl.Entry>();
  await new Promise<void>((resolve, reject) => {
    zip.on('entry', (entry: yauzl.Entry) => {
      entries.set(entry.fileName, entry);
      zip.readEntry();
    });
    zip.once('end', () => resolve());
    zip.once('error', () => reject(damaged()));
    zip.readEntry();
  });
  return entries;
}

async function readManifest(text: (name: string) => Promise<string>): Promise<BackupManifest> {
  try {
    return JSON.parse(await text('manifest.json')) as BackupManifest;
  } catch {
    throw damaged();
  }
}

export function damaged(): Refusal {
  return new Refusal(
    'malformed',
    {
      hi: 'यह बैकअप फ़ाइल अधूरी या ख़राब है। यहाँ कुछ नहीं बदला गया; दूसरी प्रति लें।',
      en: 'This backup file is incomplete or damaged. Nothing was changed here; take another copy.',
    },
    { reason: 'damaged_backup' },
  );
}

function unreadable(path: string, error: Error): Refusal {
  const why = 'code' in error ? String(error.code) : '';
  return new Refusal(
    'invalid',
    { hi: `फ़ाइल नहीं पढ़ी जा सकी: ${path} (${why})`, en: `The file could not be read: ${path} (${why})` },
    { reason: 'cannot_read' },
  );
}
