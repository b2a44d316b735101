import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Ctx } from '../kernel/context.ts';
import { formatDay, formatDayTime, isDay } from '../kernel/dates.ts';
import { translator } from '../kernel/i18n.ts';
import { formatNumber } from '../kernel/numbers.ts';
import { projectRoot } from '../kernel/project-root.ts';
import type { Cell } from '../kernel/tabular/index.ts';
import { renderPdf } from '../kernel/typst.ts';
import type { Table, TableColumn } from './make-table.ts';
import { prefaceOf } from './read-list.ts';
import type { Resolved } from './resolve-report.ts';

let templateText: string | undefined;

/** A report on paper: landscape where it has many columns. */
export function reportPdf(
  ctx: Ctx,
  { name, report, table }: { name: string; report: Resolved; table: Table },
): Promise<Buffer> {
  templateText ??= readFileSync(join(projectRoot(), 'src/reports/report.typ'), 'utf8');
  const t = translator(ctx.language);
  const text = (row: Cell[]) => row.map((cell, at) => cellText(ctx, cell, table.columns[at]));
  return renderPdf(templateText, {
    language: ctx.language,
    title: name,
    lines: prefaceOf(report, ctx),
    columns: table.columns.map(({ heading, type }) => ({
      heading,
      isNumber: type === 'number' || type === 'percent',
    })),
    rows: table.rows.map(text),
    total: table.total ? text(table.total) : null,
    footer: t('reports.madeAt', { when: formatDayTime(ctx.clock.now(), ctx.language) }),
  });
}

/** A cell as it is read: grouped, a day in words, a dash where there is nothing. */
export function cellText(ctx: Pick<Ctx, 'language'>, cell: Cell, column: TableColumn | undefined): string {
  if (cell === null || cell === undefined || cell === '') return column?.type === 'text' ? '' : '–';
  if (typeof cell === 'number')
    return column?.type === 'percent' ? `${cell.toFixed(1)}%` : formatNumber(cell, ctx.language);
  const text = String(cell);
  return column?.type === 'day' && isDay(text) ? formatDay(text, ctx.language) : text;
}
