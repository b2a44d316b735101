import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { from as copyFrom } from 'pg-copy-streams';
import { type Ctx, personIdOf } from '../context.ts';
import { todayInIndia } from '../dates.ts';
import { Refusal } from '../errors.ts';
import { newId } from '../ids.ts';
import { headingKey, openTable, type Table, type TableChunk } from '../tabular/index.ts';
import { asFileRefusal, missingColumns, noRows } from './faults.ts';
import type { ImportKind, ImportOptions, ImportScope, ReadEnv } from './kind.ts';
import { createStaging, dropStaging, insertImport, setImport, stagingName } from './store.ts';

export type ReceivedFile = {
  kind: ImportKind;
  source: AsyncIterable<Uint8Array>;
  fileName: string | null;
  options: ImportOptions;
  scope: ImportScope;
};

/**
 * Reads a file once, row by row, into this import's staging table and returns the import's id. Memory does
 * not grow with the file. Throws a Refusal where the file cannot be read; then nothing is kept of it.
 */
export async function receiveFile(ctx: Ctx, file: ReceivedFile): Promise<string> {
  const importId = newId();
  await insertImport(ctx.db, {
    importId,
    kind: file.kind.name,
    fileName: file.fileName,
    scopes: file.scope.scopes,
    options: file.options,
    createdBy: personIdOf(ctx.actor) ?? null,
  });
  try {
    await stage(ctx, importId, file);
    return importId;
  } catch (error) {
    const refusal = asFileRefusal(error);
    await dropStaging(ctx.db, importId);
    await setImport(ctx.db, importId, { state: 'failed', problem: problemOf(refusal) });
    throw refusal;
  }
}

function problemOf(error: unknown) {
  if (error instanceof Refusal) return { code: error.reason, ...error.text };
  return { code: 'internal', hi: 'फ़ाइल पढ़ने में त्रुटि हुई।', en: 'Reading the file failed.' };
}

async function stage(ctx: Ctx, importId: string, file: ReceivedFile): Promise<void> {
  const table = await openTable(file.source, { columns: file.kind.columns });
  if (table.missing.length > 0) {
    await table.close();
    throw missingColumns(table.missing, file.kind.columns);
  }
  await createStaging(ctx.db, importId, file.kind);
  const present = new Set(table.header.map(({ column }) => column));
  const env: ReadEnv = {
    today: todayInIndia(ctx.clock),
    format: table.format,
    has: (column) => present.has(column),
  };
  const staged = new StagedRows(file.kind, env);
  await copyRows(ctx, importId, { kind: file.kind, table, staged });
  if (staged.rows === 0) throw noRows();
  await setImport(ctx.db, importId, {
    state: 'received',
    headings: table.headings,
    reading: {
      rows: staged.rows,
      unreadable: staged.unreadable,
      format: table.format,
      warnings: Object.fromEntries(staged.warnings),
      unknownHeadings: table.unknownHeadings.filter((heading) => !errorColumns.has(headingKey(heading))),
    },
  });
}

type Copying = { kind: ImportKind; table: Table; staged: StagedRows };

async function copyRows(ctx: Ctx, importId: string, { kind, table, staged }: Copying): Promise<void> {
  const { rowTable } = stagingName(importId);
  const names = ['line', 'cells', 'fault', ...Object.keys(kind.staging)];
  const client = await ctx.db.bulk.connect();
  let failure: Error | undefined;
  try {
    const copy = client.query(copyFrom(`copy ${rowTable} (${names.join(', ')}) from stdin`));
    await pipeline(Readable.from(staged.copyText(table.rows), { objectMode: true, highWaterMark: 2 }), copy);
    await client.query(`analyze ${rowTable}`);
  } catch (error) {
    failure = error instanceof Error ? error : new Error(String(error));
    throw error;
  } finally {
    // A COPY that was cut off leaves the connection in the middle of a message.
    client.release(failure);
  }
}

/** An error file that was mended and given again has these two; they say nothing new. */
export const errorColumns = new Set(['line', 'reason'].map(headingKey));

/** Between the cells of a row as the file writes it, in one text; no cell holds it. */
export const cellSeparator = '\u001f';

class StagedRows {
  rows = 0;
  unreadable = 0;
  readonly warnings = new Map<string, number>();
  private readonly kind: ImportKind;
  private readonly env: ReadEnv;

  constructor(kind: ImportKind, env: ReadEnv) {
    this.kind = kind;
    this.env = env;
  }

  async *copyText(chunks: AsyncIterable<TableChunk>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      let text = '';
      for (const { line, values, cells } of chunk.rows) text += this.rowText(line, values, cells);
      for (const { line, code, values, cells } of chunk.faults)
        text += this.rowText(line, values, cells, code);
      if (text !== '') yield Buffer.from(text);
    }
  }

  /** Of a row that is no row (`broken`) the values are a guess: enough to know whom it may be about. */
  private rowText(
    line: number,
    values: readonly string[],
    cells: readonly string[],
    broken?: string,
  ): string {
    this.rows += 1;
    const read = this.kind.read(values, this.env);
    const faults = broken ? [broken] : read.faults;
    if (faults.length > 0) this.unreadable += 1;
    for (const code of read.warnings) this.warnings.set(code, (this.warnings.get(code) ?? 0) + 1);
    let text = `${line}\t${copyCell(cells.join(cellSeparator))}\t`;
    text += faults.length === 0 ? nothing : copyCell(faults.join('|'));
    for (const value of read.values) text += value === null ? nullCell : `\t${copyCell(value)}`;
    return `${text}\n`;
  }
}

const nothing = '\\N';
const nullCell = `\t${nothing}`;

/** A value in COPY's text format. */
function copyCell(value: string): string {
  if (!special.test(value)) return value;
  return value.replace(specials, (mark) => escapes[mark] ?? '');
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: COPY's own control characters, and NUL, which no text may hold
const special = /[\\\n\r\t\u0000]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above
const specials = /[\\\n\r\t\u0000]/g;
const escapes: Record<string, string> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };
