import { posix } from 'node:path';
import { TableFault } from './faults.ts';
import { type CellContext, type NumberKind, numberKind, unescapeText } from './xlsx-values.ts';
import { readXml } from './xml.ts';
import type { ZipPackage } from './zip-package.ts';

export type Workbook = { sheets: string[]; context: CellContext };

// Shared strings must be held while the sheets that point to them are read.
const maxSharedCharacters = 64_000_000;

/** Finds the parts of a workbook by their relations, never by file names, which differ between programs. */
export async function readWorkbook(zip: ZipPackage): Promise<Workbook> {
  const root = await readRelations(zip, '');
  const main = root.find(({ type }) => type === 'officeDocument')?.path ?? 'xl/workbook.xml';
  if (!zip.has(main) || main.endsWith('.bin')) throw new TableFault('unknown_format');
  const relations = await readRelations(zip, main);
  const pathOf = (kind: string) => relations.find(({ type }) => type === kind)?.path ?? '';
  const { sheetIds, epoch } = await readMain(zip, main);
  const sheets = sheetIds
    .flatMap((id) => relations.filter((relation) => relation.id === id))
    .map(({ path }) => path);
  return {
    sheets,
    context: {
      sharedStrings: await readSharedStrings(zip, pathOf('sharedStrings')),
      numberKinds: await readNumberKinds(zip, pathOf('styles')),
      epoch,
    },
  };
}

type Relation = { id: string; type: string; path: string };

async function readRelations(zip: ZipPackage, part: string): Promise<Relation[]> {
  const folder = posix.dirname(part || '/x').replace(/^\/$/, '');
  const relations: Relation[] = [];
  await readXml(zip.read(posix.join(folder, '_rels', `${posix.basename(part)}.rels`)), {
    open(name, { Id = '', Type = '', Target = '', TargetMode }) {
      if (name !== 'Relationship' || TargetMode === 'External') return;
      const path = Target.startsWith('/') ? Target.slice(1) : posix.join(folder, Target);
      relations.push({ id: Id, type: Type.slice(Type.lastIndexOf('/') + 1), path });
    },
  });
  return relations;
}

async function readMain(zip: ZipPackage, main: string): Promise<{ sheetIds: string[]; epoch: 1900 | 1904 }> {
  const visible: string[] = [];
  const hidden: string[] = [];
  let epoch: 1900 | 1904 = 1900;
  await readXml(zip.read(main), {
    open(name, attributes) {
      if (name === 'workbookPr' && /^(?:1|true)$/.test(attributes.date1904 ?? '')) epoch = 1904;
      if (name !== 'sheet') return;
      const id = Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1] ?? '';
      (attributes.state?.toLowerCase().includes('hidden') ? hidden : visible).push(id);
    },
  });
  return { sheetIds: [...visible, ...hidden], epoch };
}

async function readSharedStrings(zip: ZipPackage, path: string): Promise<string[]> {
  const strings: string[] = [];
  let total = 0;
  let current = '';
  let isText = false;
  let phonetic = 0;
  await readXml(zip.read(path), {
    open(name) {
      if (name === 'si') current = '';
      if (name === 'rPh') phonetic += 1;
      isText = name === 't' && phonetic === 0;
    },
    text(text) {
      if (isText) current += text;
    },
    close(name) {
      isText = false;
      if (name === 'rPh') phonetic -= 1;
      if (name !== 'si') return;
      total += current.length;
      if (total > maxSharedCharacters) throw new TableFault('file_too_large', { maxSharedCharacters });
      strings.push(unescapeText(current));
    },
  });
  return strings;
}

/** What each cell style says of numbers, in the order of `cellXfs`. */
async function readNumberKinds(zip: ZipPackage, path: string): Promise<NumberKind[]> {
  const codes = new Map<number, string>();
  const kinds: NumberKind[] = [];
  let isCellFormats = false;
  await readXml(zip.read(path), {
    open(name, { numFmtId, formatCode }) {
      if (name === 'numFmt') codes.set(Number(numFmtId), formatCode ?? '');
      if (name === 'cellXfs') isCellFormats = true;
      if (name === 'xf' && isCellFormats)
        kinds.push(numberKind(Number(numFmtId), codes.get(Number(numFmtId))));
    },
    close(name) {
      if (name === 'cellXfs') isCellFormats = false;
    },
  });
  return kinds;
}
