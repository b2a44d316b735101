import type { Ctx } from '../../kernel/context.ts';
import { todayInIndia } from '../../kernel/dates.ts';
import { settleChanged } from '../../mandates/index.ts';
import { requireOffice } from '../../organisations/index.ts';
import { rolesIssuing } from '../policy.ts';
import { type PromotionCounts, promotionCounts } from '../stores/promotion.ts';
import { promotionRules } from '../stores/promotion-rules.ts';
import { countedAtOnce, scopeOf } from './list.ts';
import { isInForce, type PromotionRule, type RuleInput } from './rule.ts';
import { checkedRule, ruleFor } from './save-rule.ts';

export type RulePreview = {
  rule: PromotionRule;
  counts: PromotionCounts;
  /** More people than are counted at once: the counts are of the first of them. */
  isMore: boolean;
  /** The rule by which the office's list is made until this one holds. */
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
  const asOf = todayInIndia(ctx.clock);
  await settleChanged(ctx.db);
  const scope = await scopeOf(ctx, { rule, asOf, officeId: null });
  const {
    looked,
    last: _,
    ...counts
  } = await promotionCounts(ctx.db.read, scope, { size: countedAtOnce + 1 });
  const held = (await promotionRules(ctx.db.read, [office.officeId])).filter((one) => isInForce(one, asOf));
  return {
    rule,
    counts,
    isMore: looked > countedAtOnce,
    instead: ruleFor(held, { asOf, path: office.path }),
  };
}
