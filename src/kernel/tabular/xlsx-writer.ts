import { PassThrough, pipeline, Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import type { Cell, CellRows } from './csv-writer.ts';
import { sheetHead, sheetTail, type XlsxColumn, xlsxRow } from './xlsx-markup.ts';
import { packageParts, sheetTitle } from './xlsx-parts.ts';

export type XlsxOptions = {
  sheetName: string;
  columns: readonly XlsxColumn[];
  /** Lines above the headings: what the sheet is, as of when, by which definition. */
  preface?: readonly string[];
  /** A sheet holds 1,048,576 rows; what is more goes on in a second one. */
  rowsPerSheet?: number;
};

/**
 * A workbook as a stream, with bold headings that stay in view. Rows are asked for in chunks, only as fast as
 * the file is taken, and nothing is kept of those written: memory does not grow with the number of rows.
 */
export function xlsxStream(options: XlsxOptions, rows: CellRows): Readable {
  const zip = new ZipFile();
  const out = new PassThrough();
  pipeline(Readable.from(zip.outputStream), out, () => {});
  zip.on('error', (error: Error) => out.destroy(error));
  const source = new RowSource(rows);
  writeSheets(zip, out, { options, source })
    .finally(() => source.close())
    .catch((error: Error) => out.destroy(error));
  return out;
}

type Job = { options: XlsxOptions; source: RowSource };

async function writeSheets(zip: ZipFile, out: PassThrough, { options, source }: Job): Promise<void> {
  const titles: string[] = [];
  do {
    titles.push(sheetTitle(options.sheetName, titles.length + 1));
    const sheet = Readable.from(sheetXml(options, source), { objectMode: false, highWaterMark: 262_144 });
    zip.addReadStream(sheet, `xl/worksheets/sheet${titles.length}.xml`, { compressionLevel: 5 });
    await finished(sheet, out);
    if (out.destroyed) return;
  } while (!(await source.isEmpty()));
  for (const [path, content] of packageParts(titles)) zip.addBuffer(Buffer.from(content), path);
  zip.end();
}

/** Waits for a sheet to be written; when whoever takes the file goes away, the rows are let go of too. */
function finished(sheet: Readable, out: PassThrough): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = () => sheet.destroy();
    out.once('close', leave);
    sheet.once('error', reject);
    sheet.once('close', () => {
      out.off('close', leave);
      resolve();
    });
  });
}

async function* sheetXml(options: XlsxOptions, source: RowSource): AsyncGenerator<string> {
  const preface = options.preface ?? [];
  let line = preface.length + 1;
  yield sheetHead(options.columns, preface);
  let left = options.rowsPerSheet ?? 1_048_576 - line;
  for (let rows = await source.take(left); rows.length > 0; rows = await source.take(left)) {
    left -= rows.length;
    let text = '';
    for (const row of rows) text += xlsxRow(row, options.columns, ++line);
    yield text;
  }
  yield sheetTail;
}

/** Rows out of chunks, some at a time, so that a sheet can end in the middle of a chunk. */
class RowSource {
  private readonly chunks: AsyncIterator<readonly Cell[][]> | Iterator<readonly Cell[][]>;
  private current: readonly (readonly Cell[])[] = [];

  constructor(rows: CellRows) {
    this.chunks = Symbol.asyncIterator in rows ? rows[Symbol.asyncIterator]() : rows[Symbol.iterator]();
  }

  async isEmpty(): Promise<boolean> {
    while (this.current.length === 0) {
      const next = await this.chunks.next();
      if (next.done) return true;
      this.current = next.value;
    }
    return false;
  }

  async take(most: number): Promise<readonly (readonly Cell[])[]> {
    if (most <= 0 || (await this.isEmpty())) return [];
    const taken = this.current.slice(0, most);
    this.current = this.current.slice(most);
    return taken;
  }

  async close(): Promise<void> {
    await this.chunks.return?.();
  }
}
