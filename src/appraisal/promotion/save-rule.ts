import { audit } from '../../kernel/audit.ts';
import { type Ctx, personIdOf } from '../../kernel/context.ts';
import { addDays, type Day } from '../../kernel/dates.ts';
import { invalid, notFound, Refusal } from '../../kernel/errors.ts';
import { newId } from '../../kernel/ids.ts';
import { requireOffice } from '../../organisations/index.ts';
import { rolesIssuing } from '../policy.ts';
import { endRule, insertRule, ordersNamed, ruleById } from '../stores/promotion-rules.ts';
import { isInForce, type PromotionRule, type RuleInput } from './rule.ts';

/** Enters a rule by its order; with that the list of its office is on. One that takes another's place cites it. */
export async function savePromotionRule(ctx: Ctx, input: RuleInput): Promise<string> {
  const office = await requireOffice(ctx, input.officeCode, rolesIssuing);
  const { orderNumber, orderDate, rules } = input;
  const known = await ordersNamed(ctx.db.read, rules.orders);
  const unknown = rules.orders.find((number) => !known.some((order) => order.number === number));
  if (unknown) throw unknownOrder(unknown);
  const startsOn = input.startsOn ?? orderDate;
  const replaced = input.replacesId ? await requireRule(ctx, input.replacesId) : undefined;
  if (replaced && replaced.officeId !== office.officeId) throw notFound();
  const ruleId = newId();
  const titles = { titleHi: input.title.hi || null, titleEn: input.title.en || null };
  await ctx.db.transaction(async (tx) => {
    const kept = { ruleId, orderNumber, orderDate, ...titles, officeId: office.officeId, rules, startsOn };
    const rule = { ...kept, replacesRuleId: replaced?.ruleId ?? null, recordedBy: personIdOf(ctx.actor) };
    const isNew = await insertRule(tx, rule);
    if (!isNew) throw alreadyEnded();
    if (replaced) {
      const ending = { ruleId: replaced.ruleId, endsOn: addDays(startsOn, -1), orderNumber };
      if (!(await endRule(tx, ending))) throw alreadyEnded();
    }
    await audit(tx, ctx, {
      action: 'promotion_rule.entered',
      subjectKind: 'promotion-rule',
      subjectId: ruleId,
      officeId: office.officeId,
      detail: { order: orderNumber, replaces: replaced?.ruleId ?? null },
    });
  });
  return ruleId;
}

export type RuleEnding = { orderNumber: string; endsOn: Day };

/** An order ends a rule: after its last day the list is off again, unless another rule holds. */
export async function endPromotionRule(ctx: Ctx, ruleId: string, ending: RuleEnding): Promise<void> {
  const rule = await requireRule(ctx, ruleId);
  await requireOffice(ctx, rule.officeCode, rolesIssuing);
  await ctx.db.transaction(async (tx) => {
    if (!(await endRule(tx, { ruleId, ...ending }))) throw alreadyEnded();
    await audit(tx, ctx, {
      action: 'promotion_rule.ended',
      subjectKind: 'promotion-rule',
      subjectId: ruleId,
      officeId: rule.officeId,
      detail: { order: ending.orderNumber, endsOn: ending.endsOn },
    });
  });
}

async function requireRule(ctx: Ctx, ruleId: string): Promise<PromotionRule> {
  const rule = await ruleById(ctx.db.read, ruleId);
  if (!rule) throw notFound();
  return rule;
}

/** The rule asked for, else the newest that holds on the day. */
export function ruleFor(
  rules: readonly PromotionRule[],
  { ruleId, asOf }: { ruleId?: string; asOf: Day },
): PromotionRule | undefined {
  if (ruleId) return rules.find((rule) => rule.ruleId === ruleId && isInForce(rule, asOf));
  return rules.find((rule) => isInForce(rule, asOf));
}

function unknownOrder(number: string): Refusal {
  const text = {
    hi: `संख्या ${number} का कोई आदेश लागू नहीं है।`,
    en: `No order with the number ${number} is in force.`,
  };
  return invalid([{ path: 'orders', code: 'unknown_order', text }], text);
}

function alreadyEnded(): Refusal {
  const text = {
    hi: 'यह नियम पहले ही समाप्त या प्रतिस्थापित हो चुका है।',
    en: 'This rule has been ended or replaced already.',
  };
  return new Refusal('conflict', text, { reason: 'rule_ended' });
}
