import { isBlank, trimCell } from './cell.ts';
import { type RawChunk, type RawRow, readCsv } from './csv-reader.ts';
import { detectFormat, type TableFormat } from './detect.ts';
import { limited, peek, toUtf8 } from './encoding.ts';
import { type RowFault, TableFault } from './faults.ts';
import { type ColumnSpec, type HeadingMatch, matchHeadings } from './headings.ts';
import { readXlsx } from './xlsx-reader.ts';

/**
 * `values` stand in the order of the caller's columns, '' where the file has none; `line` is the file's own, and
 * `cells` are the row as it is written there, for whoever has to give it back.
 */
export type TableRow = { line: number; values: string[]; cells: string[] };
export type TableChunk = { rows: TableRow[]; faults: (RowFault & { cells: string[] })[] };

export type Table = Omit<HeadingMatch, 'places'> & {
  format: TableFormat;
  /** To be read once, to the end or until left; throws TableFault where the file cannot be read further. */
  rows: AsyncIterable<TableChunk>;
  /** Lets go of the source; needed only where `rows` is not read. */
  close(): Promise<void>;
};

export type TableOptions = {
  columns: readonly ColumnSpec[];
  /** Found out from the first bytes when absent. */
  format?: TableFormat;
  chunkRows?: number;
  /** Of the file as it comes (default 1 GB) and of one row of text (default 64 KB). */
  maxBytes?: number;
  rowBytes?: number;
};

/**
 * Opens a CSV or XLSX file: reads up to its header row, and leaves the rest to be read chunk by chunk (a
 * promise for each of two million rows would cost more than reading them). Throws TableFault.
 */
export async function openTable(source: AsyncIterable<Uint8Array>, options: TableOptions): Promise<Table> {
  const { chunkRows = 1000, rowBytes = 65_536, maxBytes = 1_000_000_000 } = options;
  const peeked = await peek(limited(source, maxBytes));
  const format = options.format ?? detectFormat(peeked.first);
  refuseWrongFormat(peeked.first, format);
  const limits = { chunkRows, rowBytes };
  const chunks = format === 'xlsx' ? readXlsx(peeked.all, limits) : readCsv(toUtf8(peeked), limits);
  const close = async () => void (await chunks.return(undefined));
  try {
    const { row, rest } = await firstRow(chunks);
    const { places, ...match } = matchHeadings(row.cells, options.columns);
    return { ...match, format, rows: arrange(rest, chunks, { places, width: row.cells.length }), close };
  } catch (error) {
    await close();
    throw error;
  }
}

function refuseWrongFormat(first: Buffer, format: TableFormat | undefined): asserts format is TableFormat {
  const found = detectFormat(first);
  if (first.length === 0) throw new TableFault('empty_file');
  if (isOldExcel(first)) throw new TableFault('old_or_locked_excel');
  if (found === undefined || format === undefined) throw new TableFault('unknown_format');
  if (found !== format) throw new TableFault('unknown_format', { expected: format, found });
}

/** Excel 97 to 2003, and also newer files locked with a password, come in this container. */
function isOldExcel(first: Buffer): boolean {
  return first.subarray(0, 4).equals(Buffer.from([0xd0, 0xcf, 0x11, 0xe0]));
}

async function firstRow(chunks: AsyncGenerator<RawChunk>): Promise<{ row: RawRow; rest: RawChunk }> {
  for (let next = await chunks.next(); !next.done; next = await chunks.next()) {
    const { rows, faults } = next.value;
    const at = rows.findIndex(({ cells }) => !cells.every(isBlank));
    const row = rows[at];
    const fault = faults[0];
    if (fault && (!row || fault.line < row.line)) {
      throw new TableFault('not_a_table', { line: fault.line, reason: fault.code });
    }
    if (row) return { row, rest: { rows: rows.slice(at + 1), faults } };
  }
  throw new TableFault('empty_file');
}

type Layout = { places: number[]; width: number };

async function* arrange(
  first: RawChunk,
  rest: AsyncGenerator<RawChunk>,
  layout: Layout,
): AsyncGenerator<TableChunk> {
  try {
    yield arrangeChunk(first, layout);
    for (let next = await rest.next(); !next.done; next = await rest.next()) {
      yield arrangeChunk(next.value, layout);
    }
  } finally {
    await rest.return(undefined);
  }
}

function arrangeChunk(chunk: RawChunk, layout: Layout): TableChunk {
  const faults = chunk.faults.map((fault) => ({
    ...fault,
    values: valuesOf(fault.values, layout.places),
    cells: fault.values,
  }));
  const rows: TableRow[] = [];
  for (const { line, cells } of chunk.rows) {
    const values = valuesOf(cells, layout.places);
    if (cells.length > layout.width && !cells.slice(layout.width).every(isBlank)) {
      faults.push({ line, code: 'too_many_cells', values, cells });
    } else if (!values.every(isEmpty) || !cells.every(isBlank)) {
      rows.push({ line, values, cells });
    }
  }
  return { rows, faults };
}

function valuesOf(cells: string[], places: number[]): string[] {
  return places.map((place) => trimCell(cells[place] ?? ''));
}

function isEmpty(value: string): boolean {
  return value === '';
}
