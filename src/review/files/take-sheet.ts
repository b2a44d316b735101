import type { Ctx } from '../../kernel/context.ts';
import { keepExport } from '../../kernel/exports.ts';
import { officeByCode } from '../../organisations/index.ts';
import { areaDetail, type Sheet } from '../sheet/shape.ts';
import { comparisonCsv, comparisonXlsx, countCompared, type Pair } from './comparison-table.ts';
import { briefingPdf, sheetPdf } from './sheet-pdf.ts';
import { countRows, sheetCsv, sheetXlsx } from './sheet-table.ts';

export type SheetFormat = 'csv' | 'xlsx' | 'pdf';

type Taking = {
  kind: 'sheet' | 'briefing' | 'published_sheet';
  format: SheetFormat;
  /** Of a published sheet. */
  published?: { officeId: string; id: string };
};

/** The sheet of a page, with the very same figures, as a file; that it was taken is kept, of an area at no office. */
export async function takeSheet(ctx: Ctx, sheet: Sheet, { kind, format, published }: Taking) {
  const body =
    kind === 'briefing'
      ? await briefingPdf(sheet, ctx.language, ctx.clock.now())
      : await bodyOf(ctx, sheet, format);
  const { place, asOf, compareOn } = sheet;
  const officeId =
    place.node === 'area'
      ? undefined
      : (published?.officeId ?? (await officeByCode(ctx, place.code))?.officeId);
  await keepExport(ctx, {
    ...{ kind, format, officeId },
    rows: kind === 'briefing' ? null : countRows(sheet, ctx.language),
    detail: { asOf, compareOn, ...areaDetail(place), of: published?.id },
  });
  return body;
}

/** Two published sheets beside each other as a file; that it was taken is kept as of a sheet. */
export async function takeComparison(ctx: Ctx, pair: Pair, format: 'csv' | 'xlsx') {
  const [first, second] = pair;
  const body = (format === 'csv' ? comparisonCsv : comparisonXlsx)(pair, ctx.language);
  await keepExport(ctx, {
    ...({ kind: 'sheet_comparison', format } as const),
    officeId: second.node === 'area' ? undefined : second.scopeOfficeId,
    rows: countCompared(pair, ctx.language),
    detail: {
      ...{ asOf: second.asOf, compareOn: first.asOf, ...areaDetail(second.sheet.place) },
      ...{ of: second.id, with: first.id },
    },
  });
  return body;
}

function bodyOf({ language, clock }: Ctx, sheet: Sheet, format: SheetFormat) {
  if (format === 'csv') return sheetCsv(sheet, language);
  return format === 'xlsx' ? sheetXlsx(sheet, language) : sheetPdf(sheet, language, clock.now());
}
