import type { Ctx } from '../kernel/context.ts';
import { visibleBank } from './queries.ts';
import { type ChoiceCount, choicesOf, type ItemRow, itemsOf } from './stores/analysis.ts';
import type { BankRow } from './stores/banks.ts';

/** Below so many papers a figure says little, and the page says so. */
export const fewAttempts = 30;

export type ItemVerdict = 'few' | 'checkKey' | 'tooHard' | 'tooEasy' | 'weak' | 'good';
export type Item = ItemRow & { verdict: ItemVerdict; choices: ChoiceCount[] };
export type Analysis = { bank: BankRow; items: Item[] };

/** How the questions of a bank did in handed-in papers. Nobody is named; counts are of papers. */
export async function itemAnalysis(ctx: Ctx, code: string): Promise<Analysis> {
  const bank = await visibleBank(ctx, code);
  const [rows, counts] = await Promise.all([itemsOf(ctx, bank.bankId), choicesOf(ctx, bank.bankId)]);
  const byCode = Map.groupBy(counts, (count) => count.code);
  const items = rows.map((row) => ({ ...row, verdict: verdictOf(row), choices: byCode.get(row.code) ?? [] }));
  return { bank, items };
}

/** The usual bounds: a question that the better ones miss has perhaps a wrong key. */
export function verdictOf({
  attempts,
  facility,
  discrimination,
}: Pick<ItemRow, 'attempts' | 'facility' | 'discrimination'>): ItemVerdict {
  if (attempts < fewAttempts || facility === null) return 'few';
  if (discrimination !== null && discrimination < 0) return 'checkKey';
  if (facility < 0.2) return 'tooHard';
  if (facility > 0.95) return 'tooEasy';
  return discrimination !== null && discrimination < 0.15 ? 'weak' : 'good';
}
