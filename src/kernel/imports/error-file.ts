import type { Ctx } from '../context.ts';
import { headingKey, toCsvLine } from '../tabular/index.ts';
import { faultWords } from './faults.ts';
import { findImportKind } from './kind.ts';
import { cellSeparator, errorColumns } from './receive-file.ts';
import { type ImportRow, leftOutRows, rejectedRows } from './store.ts';

/**
 * The rejected rows as a CSV file in pieces: the file's own columns, then `line` and `reason` in both
 * languages; or, with `of: 'leftOut'`, the rows of which a value was left out. Mended, it can be given again. With `bom`, Excel opens it as UTF-8.
 */
export async function* errorFile(
  ctx: Ctx,
  row: ImportRow,
  options: { bom?: boolean; of?: 'rejected' | 'leftOut' } = {},
): AsyncGenerator<string> {
  const places = row.headings.flatMap((heading, place) =>
    errorColumns.has(headingKey(heading)) ? [] : [place],
  );
  const words = findImportKind(row.kind)?.faults ?? {};
  const mark = options.bom ? '\ufeff' : '';
  yield mark + toCsvLine([...places.map((place) => row.headings[place]), 'line', 'reason']);
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
    yield text;
  }
}
