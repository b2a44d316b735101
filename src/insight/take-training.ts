import type { Ctx } from '../kernel/context.ts';
import { keepExport } from '../kernel/exports.ts';
import { officeByCode } from '../organisations/index.ts';
import { reportPdf } from './report-pdf.ts';
import { countRows, reportCsv, reportXlsx } from './report-table.ts';
import { type TrainingReport, trainingReport } from './training-report.ts';

type Wish = Parameters<typeof trainingReport>[1];
type Format = 'csv' | 'xlsx' | 'pdf';

/** The figures of an office's page as a file; that it was taken is kept. */
export async function takeTraining(ctx: Ctx, wish: Wish, format: Format) {
  const report = await trainingReport(ctx, wish);
  const body = await bodyOf(ctx, report, format);
  const office = await officeByCode(ctx, wish.code);
  await keepExport(ctx, {
    ...{ kind: 'training', format, officeId: office?.officeId },
    rows: countRows(report, ctx.language),
    detail: { asOf: report.asOf, view: report.view },
  });
  return body;
}

function bodyOf({ language, clock }: Ctx, report: TrainingReport, format: Format) {
  if (format === 'csv') return reportCsv(report, language);
  return format === 'xlsx' ? reportXlsx(report, language) : reportPdf(report, language, clock.now());
}
