import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';
import { Refusal } from '../../kernel/errors.ts';
import { type NotTaken, type ReadQuestions, splitTags } from './given.ts';
import { readQtiItem } from './qti-item-read.ts';
import { allOf, type Element, firstOf, readTree, wordsOf } from './xml-tree.ts';

const mostEntries = 3000;
const mostUnfolded = 50_000_000;

/** Reads a QTI 3 (or 2.x) package, or one item by itself. Files beside the items are left, and said to be. */
export async function readQti(bytes: Buffer, language: 'hi' | 'en'): Promise<ReadQuestions> {
  const isZip = bytes.subarray(0, 2).toString() === 'PK';
  const files = isZip ? await unzipped(bytes) : new Map([['item.xml', bytes.toString('utf8')]]);
  const meta = metaByFile(files);
  const questions: unknown[] = [];
  const notTaken: NotTaken[] = [];
  for (const [path, text] of files) {
    if (/imsmanifest\.xml$/i.test(path)) continue;
    const item = readTree(text);
    if (!item) notTaken.push({ place: path, title: '', reason: damaged });
    else if (item.name === 'assessmentitem') {
      const read = readQtiItem(item, language);
      const title = item.attributes['title'] ?? '';
      if ('reason' in read) notTaken.push({ place: path, title, reason: read.reason });
      else questions.push({ ...read.question, ...codeOf(item), ...splitTags(meta.get(path) ?? []) });
    } else notTaken.push({ place: path, title: item.name, reason: notAnItem });
  }
  return { questions, notTaken };
}

function codeOf(item: Element): { code?: string } {
  const id = item.attributes['identifier'] ?? '';
  return /^[\p{L}\p{N}][\p{L}\p{M}\p{N}._-]{0,63}$/u.test(id) ? { code: id } : {};
}

/** Keywords and difficulty that a manifest gives to each file. */
function metaByFile(files: Map<string, string>): Map<string, string[]> {
  const manifest = [...files].find(([path]) => /imsmanifest\.xml$/i.test(path));
  const root = manifest ? readTree(manifest[1]) : undefined;
  const folder = manifest?.[0].replace(/[^/]*$/, '') ?? '';
  return new Map(
    allOf(root, 'resource').map((resource) => {
      const keywords = allOf(resource, 'keyword').map((one) => wordsOf(one));
      const level = wordsOf(firstOf(firstOf(resource, 'difficulty'), 'value'));
      const levels: Record<string, string> = { easy: '1', medium: '2', difficult: '3' };
      const difficulty = levels[level] ? [`difficulty:${levels[level]}`] : [];
      return [`${folder}${resource.attributes['href'] ?? ''}`, [...keywords, ...difficulty]] as const;
    }),
  );
}

/** The XML files of a package by their paths. */
export async function unzipped(bytes: Buffer): Promise<Map<string, string>> {
  const zip = await fromBufferPromise(bytes, { lazyEntries: true, validateEntrySizes: true }).catch(() => {
    throw refused(damaged);
  });
  const files = new Map<string, string>();
  let total = 0;
  try {
    for await (const entry of zip.eachEntry()) {
      total += entry.uncompressedSize;
      if (files.size > mostEntries || total > mostUnfolded) throw refused(tooLarge);
      if (/\.xml$/i.test(entry.fileName)) files.set(entry.fileName, await textOf(zip, entry));
    }
  } catch (error) {
    throw error instanceof Refusal ? error : refused(damaged);
  } finally {
    zip.close();
  }
  return files;
}

async function textOf(zip: ZipFile, entry: Entry): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of await zip.openReadStreamPromise(entry)) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

function refused(text: { hi: string; en: string }): Refusal {
  return new Refusal('invalid', text, {
    reason: 'unreadable_file',
    fields: [{ path: 'file', code: 'unreadable_file', text }],
  });
}

const damaged = { hi: 'फ़ाइल पढ़ी नहीं जा सकी।', en: 'The file cannot be read.' };
const tooLarge = { hi: 'पैकेज बहुत बड़ा है।', en: 'The package is too large.' };
const notAnItem = { hi: 'यह प्रश्न नहीं है; छोड़ दिया गया।', en: 'This is no question; it was left out.' };
