import type { Readable } from 'node:stream';
import type { Ctx } from '../../kernel/context.ts';
import { keepSending, rowsIn } from '../../kernel/exports.ts';
import { pick, translator } from '../../kernel/i18n.ts';
import { type Cell, csvStream, xlsxStream } from '../../kernel/tabular/index.ts';
import { requireOffice } from '../../organisations/index.ts';
import { stateOf } from '../answers.ts';
import { rolesReading } from '../policy.ts';
import { type ListedStatement, listStatements, type StatementFilter } from '../stores/desk-list.ts';

export type FileFormat = 'csv' | 'xlsx';
export type ExportWish = { year: string; officeCode: string; state: StatementFilter['state'] };

const chunkSize = 1000;

/** The desk's list as a file, written as it is taken. Who took it is kept. */
export async function exportStatements(ctx: Ctx, wish: ExportWish, format: FileFormat): Promise<Readable> {
  const { officeId } = await requireOffice(ctx, wish.officeCode, rolesReading);
  const { year, state } = wish;
  const taken = {
    ...({ kind: 'statements', format, officeId } as const),
    detail: { year, state: state ?? 'all' },
  };
  const t = translator(ctx.language);
  const headings = columns.map((key) => t(`appraisal.${key}`));
  const filter = { officeIds: [officeId], year, state };
  const rows = await keepSending(ctx, taken, { chunks: chunks(ctx, filter), rowsOf: rowsIn });
  if (format === 'csv') return csvStream(headings, rows, { bom: true });
  const sheet = {
    sheetName: t('appraisal.listCaption', { year }),
    columns: headings.map((heading) => ({ heading })),
  };
  return xlsxStream({ ...sheet, preface: [t('appraisal.listCaption', { year })] }, rows);
}

const columns = [
  'number',
  'code',
  'nameHi',
  'nameEn',
  'office',
  'courses',
  'minutes',
  'days',
  'status',
  'servedOn',
  'replacesNo',
] as const;

async function* chunks(
  ctx: Ctx,
  filter: Pick<StatementFilter, 'officeIds' | 'year' | 'state'>,
): AsyncGenerator<Cell[][]> {
  for (let after: string | undefined; ; ) {
    const rows = await listStatements(ctx.db.read, { ...filter, after, limit: chunkSize });
    if (rows.length > 0) yield rows.map((row) => cellsOf(ctx, row));
    if (rows.length < chunkSize) return;
    after = rows.at(-1)?.statementNo;
  }
}

function cellsOf({ language }: Ctx, row: ListedStatement): Cell[] {
  const state = stateOf({ isDisputed: row.isDisputed, replacedByNo: null });
  return [
    ...[row.statementNo, row.code, row.name.hi, row.name.en],
    pick({ hi: row.officeHi, en: row.officeEn }, language),
    ...[row.courses, row.minutes, row.days, translator(language)(`appraisal.state_${state}`)],
    ...[row.servedOn, row.replacesNo],
  ];
}
