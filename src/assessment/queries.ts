import { type Ctx, requireRole } from '../kernel/context.ts';
import { notFound } from '../kernel/errors.ts';
import { readerRoles, requireReader } from './policy.ts';
import { type BankRow, bankByCode, banksIn, type QuestionRow, questionByCode } from './stores/banks.ts';
import { type BlueprintRow, blueprintByCode, blueprintsIn } from './stores/blueprints.ts';

export async function ownBanks(ctx: Ctx): Promise<BankRow[]> {
  return banksIn(ctx, requireRole(ctx, readerRoles));
}

/** A bank of one's offices; not visible means not found. */
export async function visibleBank(ctx: Ctx, code: string): Promise<BankRow> {
  requireRole(ctx, readerRoles);
  const bank = await bankByCode(ctx.db.read, code);
  requireReader(ctx, bank);
  return bank;
}

export async function visibleQuestion(
  ctx: Ctx,
  at: { bank: string; question: string },
): Promise<{ bank: BankRow; question: QuestionRow }> {
  const bank = await visibleBank(ctx, at.bank);
  const question = await questionByCode(ctx.db.read, bank.bankId, at.question);
  if (!question) throw notFound();
  return { bank, question };
}

export async function ownBlueprints(ctx: Ctx): Promise<BlueprintRow[]> {
  return blueprintsIn(ctx, requireRole(ctx, readerRoles));
}

export async function visibleBlueprint(ctx: Ctx, code: string): Promise<BlueprintRow> {
  requireRole(ctx, readerRoles);
  const blueprint = await blueprintByCode(ctx.db.read, code);
  requireReader(ctx, blueprint);
  return blueprint;
}
