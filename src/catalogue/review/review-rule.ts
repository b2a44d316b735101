import { audit } from '../../kernel/audit.ts';
import { type Ctx, personIdOf, requireRole } from '../../kernel/context.ts';
import { type OfficeRow, type Role, requireOffice } from '../../organisations/index.ts';
import { type RuleRow, rulesIn, setRule, wantsSecondPerson } from './store.ts';

/** Who publishes does not himself decide whether he is checked. */
export const ruleRoles: readonly Role[] = ['nodal', 'operator'];

/** Whether courses of this office and of those below need a second person's review before publication. */
export async function setReviewRule(
  ctx: Ctx,
  officeCode: string,
  { secondPerson }: { secondPerson: boolean },
): Promise<void> {
  const office = await requireOffice(ctx, officeCode, ruleRoles);
  const by = personIdOf(ctx.actor) ?? null;
  await ctx.db.transaction(async (tx) => {
    const { officeId } = office;
    await setRule(tx, { officeId, wantsSecondPerson: secondPerson, now: ctx.clock.now(), by });
    await audit(tx, ctx, {
      action: 'review_rule.set',
      subjectKind: 'office',
      subjectId: office.code,
      officeId,
      detail: { secondPerson },
    });
  });
}

/** What holds for an office: by its own decision or by one above it. */
export async function reviewRuleOf(
  ctx: Ctx,
  officeCode: string,
): Promise<{ office: OfficeRow; secondPerson: boolean }> {
  const office = await requireOffice(ctx, officeCode, ruleRoles);
  return { office, secondPerson: await wantsSecondPerson(ctx.db.read, office.path) };
}

export function reviewRules(ctx: Ctx): Promise<RuleRow[]> {
  return rulesIn(ctx.db, requireRole(ctx, ruleRoles));
}
