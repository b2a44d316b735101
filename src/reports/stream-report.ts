import { Readable } from 'node:stream';
import type { Ctx } from '../kernel/context.ts';
import { type Export, keepExport, keepSending } from '../kernel/exports.ts';
import { type Cell, csvStream, toCsvLine } from '../kernel/tabular/index.ts';
import { makeFigures, type TableColumn } from './make-table.ts';
import { listColumns, readPortions } from './read-list.ts';
import { isOfPersons, type Resolved } from './resolve-report.ts';
import type { Portion } from './stores/reader.ts';

/**
 * A report as CSV, sent while it is read: portion by portion as fast as it is taken, with no connection held in
 * between. `signal` is for who has gone away. That it began is kept, and how many rows were sent.
 */
export async function streamReport(ctx: Ctx, report: Resolved, signal: AbortSignal): Promise<Readable> {
  const file = exportOf(report, 'csv');
  if (!report.isList) {
    const table = await makeFigures(ctx, report, { signal });
    await keepExport(ctx, { ...file, rows: table.rows.length });
    return csvStream(headings(table.columns), [table.rows, totalRows(table.total)], { bom: true });
  }
  const chunks = portionsOf(ctx, report, signal);
  const sent = await keepSending(ctx, file, { chunks, rowsOf: (portion) => portion.rows });
  return Readable.from(bytesOf(sent), { objectMode: false, highWaterMark: 65_536 });
}

/** The headings, then the rows. */
async function* portionsOf(ctx: Ctx, report: Resolved, signal: AbortSignal): AsyncGenerator<Portion> {
  yield { bytes: Buffer.from(`\ufeff${toCsvLine(headings(listColumns(report, ctx)))}`), rows: 0 };
  yield* readPortions(ctx, report, signal);
}

async function* bytesOf(portions: AsyncIterable<Portion>): AsyncGenerator<Buffer> {
  for await (const { bytes } of portions) if (bytes.length > 0) yield bytes;
}

/** As a file has them: a per cent stands there as a bare number, so its heading says it. */
export function headings(columns: readonly Pick<TableColumn, 'heading' | 'type'>[]): string[] {
  return columns.map(({ heading, type }) => (type === 'percent' ? `${heading} (%)` : heading));
}

export function totalRows(total: Cell[] | null): Cell[][] {
  return total ? [total] : [];
}

/** What is kept of a report that is taken, of which office, with which filters: never a name. */
function exportOf({ office, definition, asOf }: Resolved, format: string): Export {
  const { subject, columns, groups, measures, filters, from, order } = definition;
  return {
    ...{ kind: 'report', format, officeId: office.officeId, isOfPeople: isOfPersons(definition) },
    detail: { subject, asOf, columns, groups, measures, filters, from, order },
  };
}
