import { audit } from '../kernel/audit.ts';
import { type Ctx, personIdOf } from '../kernel/context.ts';
import { newId } from '../kernel/ids.ts';
import { ownerOffice, requireAuthor } from './policy.ts';
import { codeTaken, staleSave } from './refusals.ts';
import type { BankInput } from './schema.ts';
import { type BankRow, insertBank, lockBank, type Stamp, updateBank } from './stores/banks.ts';

export function stampOf(ctx: Ctx): Stamp {
  return { now: ctx.clock.now(), by: personIdOf(ctx.actor) ?? null };
}

/** Makes a question bank of an office. Refuses a code that is taken. */
export async function createBank(ctx: Ctx, input: BankInput): Promise<{ code: string }> {
  const officeId = await ownerOffice(ctx, input.officeCode);
  return ctx.db.transaction(async (tx) => {
    if (await lockBank(tx, input.code)) throw codeTaken(input.code);
    const { code, title } = input;
    const bank = { bankId: newId(), code, officeId, titleHi: title.hi ?? null, titleEn: title.en ?? null };
    await insertBank(tx, bank, stampOf(ctx)).catch(refuseDouble(code));
    await audit(tx, ctx, {
      action: 'bank.created',
      subjectKind: 'question_bank',
      subjectId: code,
      officeId: officeId ?? undefined,
    });
    return { code };
  });
}

/** Changes a bank's title, or retires it: nothing is drawn from it any more, papers that were keep theirs. */
export async function saveBank(
  ctx: Ctx,
  code: string,
  edit: { revision: number; title: BankInput['title']; isRetired: boolean },
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const bank = await lockBank(tx, code);
    requireAuthor(ctx, bank);
    if (bank.revision !== edit.revision) throw staleSave();
    const face = { code, titleHi: edit.title.hi ?? null, titleEn: edit.title.en ?? null };
    await updateBank(tx, { ...face, isRetired: edit.isRetired }, ctx.clock.now());
    await audit(tx, ctx, { ...bankAct(bank), action: edit.isRetired ? 'bank.retired' : 'bank.saved' });
  });
}

export function bankAct(bank: BankRow) {
  return { subjectKind: 'question_bank', subjectId: bank.code, officeId: bank.officeId ?? undefined };
}

export function refuseDouble(code: string) {
  return (error: unknown): never => {
    if (error instanceof Error && 'code' in error && error.code === '23505') throw codeTaken(code);
    throw error;
  };
}
