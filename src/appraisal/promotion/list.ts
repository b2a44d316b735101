import { audit } from '../../kernel/audit.ts';
import { type Ctx, requirePerson, requireRole } from '../../kernel/context.ts';
import { type Day, todayInIndia } from '../../kernel/dates.ts';
import { Refusal } from '../../kernel/errors.ts';
import { settleChanged } from '../../mandates/index.ts';
import { type OfficeRow, requireOffice } from '../../organisations/index.ts';
import { rolesReading } from '../policy.ts';
import {
  byName,
  type PromotionCounts,
  type PromotionRow,
  type PromotionScope,
  type PromotionState,
  promotionCounts,
  promotionPortion,
  type Tally,
  tallyOf,
} from '../stores/promotion.ts';
import { ordersNamed, promotionRules, rulesAbovePerson } from '../stores/promotion-rules.ts';
import { endedYears, type PromotionRule } from './rule.ts';
import { ruleFor } from './save-rule.ts';

export type ListWish = { ruleId?: string; officeCode?: string; asOf?: Day; state?: PromotionState };

/** What a list is about: `rule` is missing while no order has been entered, and the list is off. */
export type ListFace = {
  asOf: Day;
  rules: PromotionRule[];
  rule: PromotionRule | undefined;
  office: OfficeRow | undefined;
};

/** People looked at in one statement, and how many of those before a page is answered with less than asked for. */
const portionSize = 2000;
const mostPortions = 20;
/** Offices of up to so many are counted while the page is made. */
export const countedAtOnce = 5000;

/** The rule that holds on the day and the office it is looked at for, within the actor's subtree. */
export async function faceOfList(ctx: Ctx, wish: ListWish): Promise<ListFace> {
  const scopes = requireRole(ctx, rolesReading);
  const today = todayInIndia(ctx.clock);
  const asOf = wish.asOf && wish.asOf < today ? wish.asOf : today;
  const office = wish.officeCode ? await requireOffice(ctx, wish.officeCode, rolesReading) : undefined;
  const rules = await promotionRules(ctx.db.read, office ? [office.officeId] : scopes);
  return { asOf, rules, office, rule: ruleFor(rules, { ruleId: wish.ruleId, asOf, path: office?.path }) };
}

export async function scopeOf(
  ctx: Ctx,
  { rule, asOf, officeId }: { rule: PromotionRule; asOf: Day; officeId: string | null },
): Promise<PromotionScope> {
  const { rules } = rule;
  const named = await ordersNamed(ctx.db.read, rules.orders);
  const years = rules.statements ? endedYears(asOf, rules.statements.lastYears) : [];
  const officeIds = [...new Set([rule.officeId, ...(officeId ? [officeId] : [])])];
  const orders = rules.orders.map(
    (number) => named.find((one) => one.number === number) ?? { number, ids: [] },
  );
  const { cadreIds, designationIds } = rule;
  return { rules, cadreIds, designationIds, officeIds, asOf, years, orders };
}

export type ListPage = { items: PromotionRow[]; next: string | null };

/** One page by name. `next` may be there with few rows: the rest is looked through from there. */
export async function promotionList(
  ctx: Ctx,
  face: ListFace & { rule: PromotionRule; office: OfficeRow },
  page: { state?: PromotionState; q?: string; after?: string; limit: number },
): Promise<ListPage> {
  await settleChanged(ctx.db);
  const scope = await scopeOf(ctx, { ...face, officeId: face.office.officeId });
  const found = await look(ctx, scope, page);
  await ctx.db.transaction((tx) =>
    audit(tx, ctx, {
      action: 'promotion.listed',
      subjectKind: 'promotion-rule',
      subjectId: face.rule.ruleId,
      officeId: face.office.officeId,
      detail: { asOf: face.asOf, state: page.state ?? 'all', shown: found.items.length },
    }),
  );
  return found;
}

async function look(
  ctx: Ctx,
  scope: PromotionScope,
  { state, q, after: first, limit }: { state?: PromotionState; q?: string; after?: string; limit: number },
): Promise<ListPage> {
  const size = state ? portionSize : limit + 1;
  const items: PromotionRow[] = [];
  const order = await byName(ctx.db.read, scope, ctx);
  let after = first;
  for (let turn = 0; turn < mostPortions; turn += 1) {
    const portion = { state, q, after, size, order };
    const { rows, last, looked } = await promotionPortion(ctx.db.read, scope, portion);
    items.push(...rows);
    if (items.length > limit) return pageOf(items, limit);
    if (looked < size || !last) return { items, next: null };
    after = last;
  }
  return { items, next: after ?? null };
}

function pageOf(items: PromotionRow[], limit: number): ListPage {
  const shown = items.slice(0, limit);
  return { items: shown, next: shown.at(-1)?.personId ?? null };
}

/** All of a list, portion by portion. */
export async function* promotionRows(
  ctx: Ctx,
  scope: PromotionScope,
  state?: PromotionState,
): AsyncGenerator<PromotionRow[]> {
  const order = await byName(ctx.db.read, scope, ctx);
  for (let after: string | undefined; ; ) {
    const { rows, last, looked } = await promotionPortion(ctx.db.read, scope, {
      ...{ state, after, size: portionSize, order },
    });
    if (rows.length > 0) yield rows;
    if (looked < portionSize || !last) return;
    after = last;
  }
}

export type ListCounts =
  | ({ is: 'counted'; at: Date | null } & PromotionCounts)
  | { is: 'counting'; counted: number }
  | { is: 'uncounted' };

/** The counts of a whole list: at once where it is small, else as the worker last counted them. */
export async function countsOfList(
  ctx: Ctx,
  face: ListFace & { rule: PromotionRule; office: OfficeRow },
): Promise<ListCounts> {
  const scope = await scopeOf(ctx, { ...face, officeId: face.office.officeId });
  const counts = await promotionCounts(ctx.db.read, scope, { size: countedAtOnce + 1 });
  if (counts.looked <= countedAtOnce) return { is: 'counted', at: null, ...counts };
  const { rule, office, asOf } = face;
  const tally = await tallyOf(ctx.db.read, { ruleId: rule.ruleId, officeId: office.officeId, asOf });
  return tally ? countsOfTally(tally) : { is: 'uncounted' };
}

function countsOfTally({ state, countedAt, met, open, exempt, disputed }: Tally): ListCounts {
  if (state === 'done') return { is: 'counted', at: countedAt, met, open, exempt, disputed };
  return { is: 'counting', counted: met + open + exempt + disputed };
}

/** One's own line under each rule that holds; none: no rule was entered, or none speaks of his post. */
export async function ownPromotion(ctx: Ctx): Promise<{ rule: PromotionRule; row: PromotionRow }[]> {
  const personId = requirePerson(ctx);
  const asOf = todayInIndia(ctx.clock);
  const rules = await rulesAbovePerson(ctx.db.read, personId, asOf);
  if (rules.length > 0) await settleChanged(ctx.db);
  const lines: { rule: PromotionRule; row: PromotionRow }[] = [];
  for (const rule of rules) {
    const scope = await scopeOf(ctx, { rule, asOf, officeId: null });
    const { rows } = await promotionPortion(ctx.db.read, scope, { personId, size: 1 });
    const [row] = rows;
    if (row) lines.push({ rule, row });
  }
  return lines;
}

export function listOff(): Refusal {
  const text = {
    hi: 'पदोन्नति सूची बंद है: इस तिथि पर कोई आदेश दर्ज नहीं है।',
    en: 'The promotion list is off: no order is in force on this day.',
  };
  return new Refusal('conflict', text, { reason: 'promotion_off' });
}
