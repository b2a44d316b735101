import { Readable } from 'node:stream';
import type { Ctx } from '../context.ts';
import { keepSending } from '../exports.ts';
import { headingKey, toCsvLine } from '../tabular/index.ts';
import { faultWords } from './faults.ts';
import { findImportKind } from './kind.ts';
import { cellSeparator, errorColumns } from './receive-file.ts';
import { type ImportRow, leftOutRows, rejectedRows } from './store.ts';

type Options = { bom?: boolean; of?: 'rejected' | 'leftOut' };

/**
 * The rejected rows as a CSV file in pieces: the file's own columns, then `line` and `reason` in both
 * languages; or, with `of: 'leftOut'`, the rows of which a value was left out. Mended, it can be given again. With `bom`, Excel opens it as UTF-8.
 */
export async function* errorFile(ctx: Ctx, row: ImportRow, options: Options = {}): AsyncGenerator<string> {
  for await (const { text } of portionsOf(ctx, row, options)) yield text;
}

/** The same for whoever takes it along; that it was taken is kept, at the office that the import is of. */
export async function exportErrorFile(ctx: Ctx, row: ImportRow, options: Options = {}): Promise<Readable> {
  const columns = findImportKind(row.kind)?.columns;
  const taken = {
    ...({ kind: options.of === 'leftOut' ? 'import_left_out' : 'import_rejected', format: 'csv' } as const),
    officeId: row.officeId ?? row.scopeOfficeIds?.[0],
    isOfPeople: !columns || columns.some(({ name }) => name === 'employee_code'),
    detail: { import: row.kind, of: row.importId },
  };
  const portions = portionsOf(ctx, row, options);
  const sent = await keepSending(ctx, taken, { chunks: portions, rowsOf: ({ rows }) => rows });
  return Readable.from(textsOf(sent), { objectMode: false });
}

type Portion = { text: string; rows: number };

async function* textsOf(portions: AsyncIterable<Portion>): AsyncGenerator<string> {
  for await (const { text } of portions) yield text;
}

async function* portionsOf(ctx: Ctx, row: ImportRow, options: Options): AsyncGenerator<Portion> {
  const places = row.headings.flatMap((heading, place) =>
    errorColumns.has(headingKey(heading)) ? [] : [place],
  );
  const words = findImportKind(row.kind)?.faults ?? {};
  const mark = options.bom ? '\ufeff' : '';
  yield {
    text: mark + toCsvLine([...places.map((place) => row.headings[place]), 'line', 'reason']),
    rows: 0,
  };
  let after = -1;
  for (;;) {
    const rows = await (options.of === 'leftOut' ? leftOutRows : rejectedRows)(
      ctx.db.read,
      row.importId,
      after,
    );
    if (rows.length === 0) return;
    let text = '';
    for (const { line, cells, fault } of rows) {
      const values = cells.split(cellSeparator);
      const { hi, en } = faultWords(fault, words);
      text += toCsvLine([...places.map((place) => values[place] ?? ''), line, `${hi} / ${en}`]);
      after = line;
    }
    yield { text, rows: rows.length };
  }
}
