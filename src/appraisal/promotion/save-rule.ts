import { audit } from '../../kernel/audit.ts';
import { type Ctx, personIdOf, requireRole, scopesOf } from '../../kernel/context.ts';
import { addDays, type Day } from '../../kernel/dates.ts';
import { invalid, notFound, Refusal } from '../../kernel/errors.ts';
import { newId } from '../../kernel/ids.ts';
import { chargeAbove, type OfficeRow, requireOffice } from '../../organisations/index.ts';
import { mayEndRule, rolesIssuing } from '../policy.ts';
import {
  endRule,
  insertRule,
  type MeantIds,
  namesMeant,
  ordersNamed,
  ruleById,
} from '../stores/promotion-rules.ts';
import { isInForce, type PromotionRule, type RuleInput } from './rule.ts';

/** Enters a rule by its order; with that the list of its office is on. One that takes another's place cites it. */
export async function savePromotionRule(ctx: Ctx, input: RuleInput): Promise<string> {
  const office = await requireOffice(ctx, input.officeCode, rolesIssuing);
  const { orderNumber, orderDate, rules } = input;
  const startsOn = input.startsOn ?? orderDate;
  const { meant, replaced } = await checkedRule(ctx, input, office);
  const ruleId = newId();
  const titles = { titleHi: input.title.hi || null, titleEn: input.title.en || null };
  await ctx.db.transaction(async (tx) => {
    const enteredAt = chargeAbove(office.path, scopesOf(ctx.actor, rolesIssuing));
    const kept = { ruleId, orderNumber, orderDate, ...titles, officeId: office.officeId, rules, startsOn };
    const rule = {
      ...kept,
      ...meant,
      enteredAt,
      replacesRuleId: replaced?.ruleId ?? null,
      recordedBy: personIdOf(ctx.actor),
    };
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

/** What an order's rule has to be before it is entered, and what its names mean today. */
export async function checkedRule(
  ctx: Ctx,
  input: RuleInput,
  office: OfficeRow,
): Promise<{ meant: MeantIds; replaced: PromotionRule | undefined }> {
  const { rules } = input;
  const known = await ordersNamed(ctx.db.read, rules.orders);
  const unknown = rules.orders.find((number) => !known.some((order) => order.number === number));
  if (unknown) throw unknownOrder(unknown);
  const { cadres, designations } = await namesMeant(ctx.db.read, rules);
  for (const [path, found] of Object.entries({ cadres, designations })) {
    const nobody = found.find(({ ids }) => ids.length === 0);
    if (nobody) throw unknownName(path, nobody.name);
  }
  const replaced = input.replacesId ? await ownRule(ctx, input.replacesId) : undefined;
  if (replaced && replaced.officeId !== office.officeId) throw notFound();
  if (replaced && (input.startsOn ?? input.orderDate) < replaced.startsOn) throw before('startsOn');
  const ids = (found: { ids: string[] }[], names: string[] | null) =>
    names && found.flatMap((one) => one.ids);
  const meant = {
    cadreIds: ids(cadres, rules.cadres),
    designationIds: ids(designations, rules.designations),
  };
  return { meant, replaced };
}

export type RuleEnding = { orderNumber: string; endsOn: Day };

/** An order ends a rule: after its last day the list is off again, unless another rule holds. */
export async function endPromotionRule(ctx: Ctx, ruleId: string, ending: RuleEnding): Promise<void> {
  const rule = await endableRule(ctx, ruleId, ending);
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

/** The rule, where the actor may end it on this day. */
export async function endableRule(ctx: Ctx, ruleId: string, { endsOn }: RuleEnding): Promise<PromotionRule> {
  requireRole(ctx, rolesIssuing);
  const rule = await ownRule(ctx, ruleId);
  if (rule.endsOn) throw alreadyEnded();
  if (endsOn < rule.startsOn) throw before('endsOn');
  return rule;
}

async function ownRule(ctx: Ctx, ruleId: string): Promise<PromotionRule> {
  const rule = await ruleById(ctx.db.read, ruleId);
  if (!rule || !mayEndRule(ctx, rule)) throw notFound();
  return rule;
}

/**
 * The rule asked for, else the office's own that holds on the day, else that of the nearest above; the newest of
 * several. A rule of an office below judges its own people alone, and its office's list when that is asked for.
 */
export function ruleFor(
  rules: readonly PromotionRule[],
  { ruleId, asOf, path }: { ruleId?: string; asOf: Day; path?: readonly string[] },
): PromotionRule | undefined {
  if (ruleId) return rules.find((rule) => rule.ruleId === ruleId && isInForce(rule, asOf));
  const held = rules.filter((rule) => isInForce(rule, asOf));
  if (!path) return held[0];
  return path
    .toReversed()
    .flatMap((officeId) => held.find((rule) => rule.officeId === officeId) ?? [])
    .at(0);
}

function unknownOrder(number: string): Refusal {
  const text = {
    hi: `संख्या ${number} का कोई आदेश लागू नहीं है।`,
    en: `No order with the number ${number} is in force.`,
  };
  return invalid([{ path: 'orders', code: 'unknown_order', text }], text);
}

function unknownName(path: string, name: string): Refusal {
  const text = {
    hi: `इस नाम का कोई ${path === 'cadres' ? 'संवर्ग' : 'पदनाम'} नहीं है: ${name}`,
    en: `There is no ${path === 'cadres' ? 'cadre' : 'designation'} of this name: ${name}`,
  };
  return invalid([{ path, code: 'unknown_name', text }], text);
}

function before(path: string): Refusal {
  const text = { hi: 'यह तिथि नियम के लागू होने से पहले की है।', en: 'This day is before the rule began.' };
  return invalid([{ path, code: 'wrong_day', text }], text);
}

function alreadyEnded(): Refusal {
  const text = {
    hi: 'यह नियम पहले ही समाप्त या प्रतिस्थापित हो चुका है।',
    en: 'This rule has been ended or replaced already.',
  };
  return new Refusal('conflict', text, { reason: 'rule_ended' });
}
