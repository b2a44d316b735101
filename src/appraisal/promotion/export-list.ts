import type { Readable } from 'node:stream';
import type { Ctx } from '../../kernel/context.ts';
import { formatDay } from '../../kernel/dates.ts';
import { keepSending, rowsIn } from '../../kernel/exports.ts';
import { pick, translator } from '../../kernel/i18n.ts';
import { type Cell, csvStream, xlsxStream } from '../../kernel/tabular/index.ts';
import { settleChanged } from '../../mandates/index.ts';
import type { OfficeRow } from '../../organisations/index.ts';
import type { PromotionRow, PromotionState } from '../stores/promotion.ts';
import { groupText } from '../words.ts';
import { type ListFace, promotionRows, scopeOf } from './list.ts';
import type { PromotionRule } from './rule.ts';
import { reasonsOf, ruleTitle } from './words.ts';

export type FileFormat = 'csv' | 'xlsx';
type Face = ListFace & { rule: PromotionRule; office: OfficeRow };

/** The whole list as a file, written as it is taken: memory does not grow with the office. Who took it is kept. */
export async function exportPromotion(
  ctx: Ctx,
  face: Face,
  { state, format }: { state?: PromotionState; format: FileFormat },
): Promise<Readable> {
  const { rule, office, asOf } = face;
  await settleChanged(ctx.db);
  const taken = {
    ...({ kind: 'promotion', format, officeId: office.officeId } as const),
    detail: { number: rule.orderNumber, asOf, state: state ?? 'all', of: rule.ruleId },
  };
  const t = translator(ctx.language);
  const headings = columns.map((key) => t(`appraisal.${key}`));
  const rows = await keepSending(ctx, taken, { chunks: chunks(ctx, face, state), rowsOf: rowsIn });
  if (format === 'csv') return csvStream(headings, rows, { bom: true });
  const preface = [
    `${ruleTitle(rule, ctx.language)} (${rule.orderNumber}, ${formatDay(rule.orderDate, ctx.language)})`,
    t('appraisal.promotionPreface', { day: formatDay(asOf, ctx.language) }),
  ];
  const sheet = {
    sheetName: t('appraisal.promotionTitle'),
    columns: headings.map((heading) => ({ heading })),
  };
  return xlsxStream({ ...sheet, preface }, rows);
}

const columns = [
  'code',
  'nameHi',
  'nameEn',
  'officeCode',
  'office',
  'designation',
  'group',
  'status',
  'promotionReason',
] as const;

async function* chunks(ctx: Ctx, face: Face, state?: PromotionState): AsyncGenerator<Cell[][]> {
  const scope = await scopeOf(ctx, { ...face, officeId: face.office.officeId });
  for await (const rows of promotionRows(ctx, scope, state))
    yield rows.map((row) => cellsOf(ctx, row, face.rule));
}

function cellsOf({ language }: Ctx, row: PromotionRow, { rules }: PromotionRule): Cell[] {
  return [
    row.code,
    row.nameHi,
    row.nameEn,
    row.officeCode,
    pick({ hi: row.officeHi, en: row.officeEn }, language),
    pick({ hi: row.designation, en: row.designationEn }, language),
    groupText(row.group, language),
    translator(language)(`appraisal.promotion_${row.state}`),
    reasonsOf(row, rules, language).join('\n'),
  ];
}
