import { isBlank } from './cell.ts';
import type { RawChunk } from './csv-reader.ts';
import { SheetCollector } from './xlsx-sheet.ts';
import { readWorkbook, type Workbook } from './xlsx-workbook.ts';
import { XmlReader } from './xml.ts';
import { ZipPackage } from './zip-package.ts';

type Limits = { chunkRows: number; rowBytes: number };

/**
 * Reads the first sheet with data (visible ones before hidden ones) in chunks of rows. Sheets are parsed as
 * they are unpacked; only the shared strings are held. Cells of the sheet are text as `cellText` says.
 */
export async function* readXlsx(source: AsyncIterable<Uint8Array>, limits: Limits): AsyncGenerator<RawChunk> {
  const zip = await ZipPackage.receive(source);
  try {
    const workbook = await readWorkbook(zip);
    for (const path of workbook.sheets) {
      let hasData = false;
      for await (const chunk of readSheet(zip.read(path), workbook, limits)) {
        hasData ||= chunk.faults.length > 0 || chunk.rows.some(({ cells }) => !cells.every(isBlank));
        if (hasData) yield chunk;
      }
      if (hasData) return;
    }
  } finally {
    await zip.close();
  }
}

async function* readSheet(
  part: AsyncIterable<Uint8Array>,
  { context }: Workbook,
  { chunkRows, rowBytes }: Limits,
): AsyncGenerator<RawChunk> {
  const collector = new SheetCollector(context, rowBytes);
  const reader = new XmlReader(collector);
  for await (const block of part) {
    reader.write(block);
    if (collector.size >= chunkRows) yield collector.take();
  }
  reader.close();
  yield collector.take();
}
