import { audit } from '../kernel/audit.ts';
import type { Ctx } from '../kernel/context.ts';
import { type FieldError, invalid } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import { type Drawing, drawPaper } from './draw-paper.ts';
import { holdsOver, ownerOffice, readerRoles, requireAuthor } from './policy.ts';
import { codeTaken, staleSave } from './refusals.ts';
import type { BlueprintRules } from './rules.ts';
import { refuseDouble, stampOf } from './save-bank.ts';
import type { BlueprintInput } from './schema.ts';
import { bankByCode, candidatesIn } from './stores/banks.ts';
import { keepBlueprint, lockBlueprint } from './stores/blueprints.ts';

/** Makes a blueprint. Its banks must be known to the author; whether they hold enough is told by `checkBlueprint`. */
export async function createBlueprint(ctx: Ctx, input: BlueprintInput): Promise<{ code: string }> {
  const officeId = await ownerOffice(ctx, input.officeCode);
  await refuseUnknownBanks(ctx, input.rules);
  return ctx.db.transaction(async (tx) => {
    if (await lockBlueprint(tx, input.code)) throw codeTaken(input.code);
    const { code, rules } = input;
    const face = { titleHi: input.title.hi ?? null, titleEn: input.title.en ?? null };
    const row = { ...face, blueprintId: newId(), code, officeId, rules, revision: 1 };
    await keepBlueprint(tx, row, stampOf(ctx)).catch(refuseDouble(code));
    const subject = { subjectKind: 'blueprint', subjectId: code, officeId: officeId ?? undefined };
    await audit(tx, ctx, { ...subject, action: 'blueprint.created' });
    return { code };
  });
}

/** Puts the next revision of a blueprint in force: for papers begun from now on. */
export async function saveBlueprint(
  ctx: Ctx,
  code: string,
  edit: { revision: number; title: BlueprintInput['title']; rules: BlueprintRules },
): Promise<void> {
  await refuseUnknownBanks(ctx, edit.rules);
  await ctx.db.transaction(async (tx) => {
    const row = await lockBlueprint(tx, code);
    requireAuthor(ctx, row);
    if (row.revision !== edit.revision) throw staleSave();
    const face = { titleHi: edit.title.hi ?? null, titleEn: edit.title.en ?? null };
    const next = { ...row, ...face, rules: edit.rules, revision: row.revision + 1 };
    await keepBlueprint(tx, next, stampOf(ctx));
    await audit(tx, ctx, {
      action: 'blueprint.saved',
      subjectKind: 'blueprint',
      subjectId: code,
      officeId: row.officeId ?? undefined,
      detail: { revision: next.revision },
    });
  });
}

/** Whether the banks hold enough, part by part; the questions are those of one possible paper. */
export async function checkRules(ctx: Ctx, rules: BlueprintRules, seed = 'check'): Promise<Drawing> {
  const banks = rules.sections.flatMap((section) => section.parts.map((part) => part.bank));
  return drawPaper(rules, await candidatesIn(ctx.db.read, banks), { seed });
}

async function refuseUnknownBanks(ctx: Ctx, rules: BlueprintRules): Promise<void> {
  const fields: FieldError[] = [];
  for (const [at, section] of rules.sections.entries()) {
    for (const [which, part] of section.parts.entries()) {
      const bank = await bankByCode(ctx.db.read, part.bank);
      if (bank && holdsOver(ctx, readerRoles, bank)) continue;
      const text = {
        hi: `यह प्रश्न बैंक नहीं मिला: ${part.bank}`,
        en: `There is no such question bank: ${part.bank}`,
      };
      fields.push({ path: `sections.${at}.parts.${which}.bank`, code: 'unknown_bank', text });
    }
  }
  if (fields.length > 0) throw invalid(fields, fields[0]?.text);
}
