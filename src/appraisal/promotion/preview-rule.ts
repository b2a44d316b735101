import type { Ctx } from '../../kernel/context.ts';
import { todayInIndia } from '../../kernel/dates.ts';
import { settleChanged } from '../../mandates/index.ts';
import { requireOffice } from '../../organisations/index.ts';
import { rolesIssuing } from '../policy.ts';
import { type PromotionCounts, promotionCounts } from '../stores/promotion.ts';
import { promotionRules } from '../stores/promotion-rules.ts';
import { countedAtOnce, scopeOf } from './list.ts';
import { isInForce, type PromotionRule, type RuleInput } from './rule.ts';
import { checkedRule, endableRule, type RuleEnding, ruleFor } from './save-rule.ts';

export type RulePreview = {
  rule: PromotionRule;
  counts: PromotionCounts;
  /** More people than are counted at once: the counts are of the first of them. */
  isMore: boolean;
  /** The rule by which the office's list is made without this one. */
  instead: PromotionRule | undefined;
};

/** What a rule would say today of whom, before it is entered; nothing is written. */
export async function previewPromotionRule(ctx: Ctx, input: RuleInput): Promise<RulePreview> {
  const office = await requireOffice(ctx, input.officeCode, rolesIssuing);
  const { meant, replaced } = await checkedRule(ctx, input, office);
  const rule: PromotionRule = {
    ...meant,
    ruleId: '',
    orderNumber: input.orderNumber,
    orderDate: input.orderDate,
    titleHi: input.title.hi || null,
    titleEn: input.title.en || null,
    officeId: office.officeId,
    officeCode: office.code,
    officeHi: office.nameHi,
    officeEn: office.nameEn,
    officePath: office.path,
    chargePath: null,
    rules: input.rules,
    startsOn: input.startsOn ?? input.orderDate,
    endsOn: null,
    replacesRuleId: replaced?.ruleId ?? null,
    endOrderNumber: null,
  };
  const { path } = office;
  const [counted, held] = [await countedBy(ctx, rule), await heldToday(ctx, office.officeId)];
  return { rule, ...counted, instead: ruleFor(held, { asOf: todayInIndia(ctx.clock), path }) };
}

/** Of whom a rule speaks today, and by which rule its office's list goes on after its end; nothing is written. */
export async function previewEnding(ctx: Ctx, ruleId: string, ending: RuleEnding): Promise<RulePreview> {
  const rule = await endableRule(ctx, ruleId, ending);
  const held = await heldToday(ctx, rule.officeId);
  const others = held.filter((one) => one.ruleId !== ruleId);
  const instead = ruleFor(others, { asOf: todayInIndia(ctx.clock), path: rule.officePath });
  return { rule, ...(await countedBy(ctx, rule)), instead };
}

async function countedBy(ctx: Ctx, rule: PromotionRule): Promise<Pick<RulePreview, 'counts' | 'isMore'>> {
  await settleChanged(ctx.db);
  const scope = await scopeOf(ctx, { rule, asOf: todayInIndia(ctx.clock), officeId: null });
  const size = countedAtOnce + 1;
  const { looked, last: _, ...counts } = await promotionCounts(ctx.db.read, scope, { size });
  return { counts, isMore: looked > countedAtOnce };
}

async function heldToday(ctx: Ctx, officeId: string): Promise<PromotionRule[]> {
  const asOf = todayInIndia(ctx.clock);
  return (await promotionRules(ctx.db.read, [officeId])).filter((one) => isInForce(one, asOf));
}
