import { Readable } from 'node:stream';
import { audit } from '../kernel/audit.ts';
import type { Ctx } from '../kernel/context.ts';
import { newId } from '../kernel/ids.ts';
import { type Cell, csvStream, toCsvLine } from '../kernel/tabular/index.ts';
import { makeFigures } from './make-table.ts';
import { listColumns, readPortions } from './read-list.ts';
import type { Resolved } from './resolve-report.ts';

/**
 * A report as CSV, sent while it is read: portion by portion as fast as it is taken, with no connection held in
 * between. `signal` is for who has gone away. That it began is kept, and how many rows were sent.
 */
export async function streamReport(ctx: Ctx, report: Resolved, signal: AbortSignal): Promise<Readable> {
  const exportId = newId();
  const keep = (action: string, detail: Record<string, unknown>) =>
    keepExport(ctx, report, { action, exportId, detail });
  await keep('report.export_begun', { format: 'csv' });
  if (!report.isList) {
    const table = await makeFigures(ctx, report, { signal });
    await keep('report.exported', { format: 'csv', rows: table.rows.length });
    return csvStream(headings(table.columns), [table.rows, totalRows(table.total)], { bom: true });
  }
  const lines = linesOf(ctx, report, { signal, keep });
  return Readable.from(lines, { objectMode: false, highWaterMark: 65_536 });
}

type Keep = (action: string, detail: Record<string, unknown>) => Promise<void>;

async function* linesOf(
  ctx: Ctx,
  report: Resolved,
  { signal, keep }: { signal: AbortSignal; keep: Keep },
): AsyncGenerator<Buffer> {
  let rows = 0;
  let isWhole = false;
  try {
    yield Buffer.from(`\ufeff${toCsvLine(headings(listColumns(report, ctx)))}`);
    for await (const portion of readPortions(ctx, report, signal)) {
      if (portion.bytes.length > 0) yield portion.bytes;
      rows += portion.rows;
    }
    isWhole = true;
  } finally {
    await keep(isWhole ? 'report.exported' : 'report.export_broken', { format: 'csv', rows });
  }
}

export function headings(columns: readonly { heading: string }[]): string[] {
  return columns.map((column) => column.heading);
}

export function totalRows(total: Cell[] | null): Cell[][] {
  return total ? [total] : [];
}

type Export = { action: string; exportId: string; detail: Record<string, unknown> };

/** What was taken, of which office, with which filters: never a name. */
async function keepExport(ctx: Ctx, report: Resolved, { action, exportId, detail }: Export): Promise<void> {
  const { office, definition, asOf } = report;
  const { subject, columns, groups, measures, filters, from, order } = definition;
  await ctx.db.transaction((tx) =>
    audit(tx, ctx, {
      action,
      subjectKind: 'report-export',
      subjectId: exportId,
      officeId: office.officeId,
      detail: { ...detail, subject, asOf, columns, groups, measures, filters, from, order },
    }),
  );
}
