import type { Readable } from 'node:stream';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { Refusal } from '../../kernel/errors.ts';
import { assetPath, documentName } from './document.ts';
import { type Fault, fault, refused } from './faults.ts';

const mostEntries = 1001;
const mostUnfolded = 8_000_000_000;
const mostOfDocument = 20_000_000;
// Recordings, pictures and PDFs hardly shrink; what does so by this much is made to fill a disk.
const mostRatio = 100;
const ratioMattersFrom = 1_000_000;

/** A package's files by path, all of them looked at before any is unpacked. */
export type Archive = {
  paths: string[];
  /** Unpacked, as the zip says; a file that unpacks to something else breaks off. */
  bytesOf(path: string): number;
  open(path: string): Promise<Readable>;
  document(): Promise<string>;
  close(): void;
};

/** Opens a package on the disk. Refuses what is no zip, strange paths, links, doubles, and what unpacks too large. */
export async function openArchive(path: string): Promise<Archive> {
  const zip = await asDamage(
    openPromise(path, { lazyEntries: true, autoClose: false, validateEntrySizes: true }),
  );
  try {
    const entries = await asDamage(readIndex(zip));
    return {
      paths: [...entries.keys()].filter((name) => name !== documentName),
      bytesOf: (name) => entries.get(name)?.uncompressedSize ?? 0,
      open: (name) => openEntry(zip, entries.get(name)),
      document: async () => documentText(await openEntry(zip, entries.get(documentName))),
      close: () => zip.close(),
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}

async function readIndex(zip: ZipFile): Promise<Map<string, Entry>> {
  if (zip.entryCount > mostEntries + 1) throw refused([fault('too_many_files', String(mostEntries))]);
  const entries = new Map<string, Entry>();
  const faults: Fault[] = [];
  let unfolded = 0;
  for await (const entry of zip.eachEntry()) {
    unfolded += entry.uncompressedSize;
    if (entry.fileName === 'assets/') continue;
    const wrong = entryFault(entry, entries);
    if (wrong) faults.push(wrong);
    else entries.set(entry.fileName, entry);
  }
  if (unfolded > mostUnfolded) faults.push(fault('unfolds_too_large', `${Math.round(unfolded / 1e6)} MB`));
  if (faults.length > 0) throw refused(faults);
  const document = entries.get(documentName);
  if (!document) throw refused([fault('no_document')]);
  if (document.uncompressedSize > mostOfDocument)
    throw refused([fault('document_too_large', String(mostOfDocument / 1e6))]);
  return entries;
}

function entryFault(entry: Entry, known: ReadonlyMap<string, Entry>): Fault | undefined {
  const name = entry.fileName;
  if (isLink(entry)) return fault('symbolic_link', name);
  if (name !== documentName && !assetPath.test(name)) return fault('bad_path', name.slice(0, 120));
  if (known.has(name)) return fault('repeated_path', name);
  if (entry.isEncrypted()) return fault('encrypted', name);
  const { uncompressedSize, compressedSize } = entry;
  const isBomb = uncompressedSize > Math.max(ratioMattersFrom, compressedSize * mostRatio);
  return isBomb ? fault('unfolds_too_large', name) : undefined;
}

/** The upper half of a zip's attributes is the Unix mode of who packed it. */
function isLink(entry: Entry): boolean {
  const kind = (entry.externalFileAttributes >>> 16) & 0o170000;
  return kind !== 0 && kind !== 0o100000 && kind !== 0o040000;
}

async function openEntry(zip: ZipFile, entry: Entry | undefined): Promise<Readable> {
  if (!entry) throw refused([fault('not_a_zip')]);
  return asDamage(zip.openReadStreamPromise(entry));
}

async function documentText(source: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  await asDamage(
    (async () => {
      for await (const chunk of source) chunks.push(chunk as Buffer);
    })(),
  );
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw refused([fault('not_json')]);
  }
}

/** The zip library tells its faults in sentences alone; of a path that leaves the folder the reader wants to know. */
export async function asDamage<T>(attempt: Promise<T>): Promise<T> {
  try {
    return await attempt;
  } catch (error) {
    if (error instanceof Refusal) throw error;
    const [, path] =
      /^(?:invalid relative path|absolute path|invalid characters in fileName): (.*)$/.exec(
        String((error as Error).message),
      ) ?? [];
    throw refused([path === undefined ? fault('not_a_zip') : fault('bad_path', path.slice(0, 120))]);
  }
}
