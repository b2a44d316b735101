import { audit } from '../../kernel/audit.ts';
import { type Ctx, personIdOf, scopesOf } from '../../kernel/context.ts';
import type { Day } from '../../kernel/dates.ts';
import { notFound } from '../../kernel/errors.ts';
import { newId } from '../../kernel/ids.ts';
import { chargeAbove, type OfficeRow } from '../../organisations/index.ts';
import { mayEnd, officeGiven, rolesRuling } from '../policy.ts';
import type { RuleInput } from '../schema.ts';
import { closeRule, insertRule, type RuleRow, ruleById } from '../stores/rules.ts';
import { titleNeeded, wrongDay } from '../words.ts';

/** Enters a rule as its order gives it. It is never changed afterwards: another order ends it. */
export async function saveRule(ctx: Ctx, input: RuleInput): Promise<string> {
  const office = await checkedRule(ctx, input);
  const ruleId = newId();
  const { officeCode: _, minimumHours: minimumMinutes, ...fields } = input;
  await ctx.db.transaction(async (tx) => {
    const rule = {
      ...fields,
      ruleId,
      minimumMinutes,
      officeId: office.officeId,
      tags: [...new Set(fields.tags)],
      titleHi: fields.titleHi ?? null,
      titleEn: fields.titleEn ?? null,
      staleAfterYears: fields.staleAfterYears ?? null,
      validUntil: fields.validUntil ?? null,
      enteredAt: chargeAbove(office.path, scopesOf(ctx.actor, rolesRuling)),
    };
    await insertRule(tx, rule, { now: ctx.clock.now(), by: personIdOf(ctx.actor) ?? null });
    await audit(tx, ctx, {
      action: 'curriculum_rule.saved',
      subjectKind: 'curriculum_rule',
      subjectId: ruleId,
      officeId: office.officeId,
      detail: { order: input.orderNumber, tags: rule.tags, enforcement: input.enforcement },
    });
  });
  return ruleId;
}

/** The rule's office, where the actor may enter it so. */
export async function checkedRule(ctx: Ctx, input: RuleInput): Promise<OfficeRow> {
  const office = await officeGiven(ctx, input.officeCode, rolesRuling);
  if (!input.titleHi && !input.titleEn) throw titleNeeded();
  if (input.validUntil && input.validUntil < input.validFrom) throw endsBefore();
  return office;
}

/** Ends a rule with a last day, by an order of its own. */
export async function endRule(
  ctx: Ctx,
  ruleId: string,
  end: { lastDay: Day; orderNumber: string },
): Promise<void> {
  const rule = await ownRule(ctx, ruleId);
  await ctx.db.transaction(async (tx) => {
    if (!(await closeRule(tx, { ruleId, ...end }))) throw cannotEnd();
    await audit(tx, ctx, {
      action: 'curriculum_rule.ended',
      subjectKind: 'curriculum_rule',
      subjectId: ruleId,
      officeId: rule.officeId,
      detail: { ...end },
    });
  });
}

async function ownRule(ctx: Ctx, ruleId: string): Promise<RuleRow> {
  const rule = await ruleById(ctx.db.read, ruleId);
  if (!rule || !mayEnd(ctx, rule)) throw notFound();
  return rule;
}

function endsBefore() {
  return wrongDay('validUntil', {
    hi: 'अंतिम दिन लागू होने के दिन से पहले है।',
    en: 'The last day is before the first.',
  });
}

function cannotEnd() {
  return wrongDay('lastDay', {
    hi: 'यह नियम पहले ही समाप्त है, या इस दिन तक लागू नहीं हुआ था।',
    en: 'This rule has ended already, or had not begun by that day.',
  });
}
