import type { Ctx } from '../kernel/context.ts';
import { type Day, todayInIndia } from '../kernel/dates.ts';
import type { Db } from '../kernel/db.ts';
import { gatheringPer } from '../kernel/gather.ts';
import type { Bilingual } from '../kernel/i18n.ts';
import {
  type ConditionGroup,
  type Counted,
  countedFor,
  countItems,
  groupsOf,
  type LeafProgress,
  leafProgress,
} from './condition-progress.ts';
import { type DueReason, dueReasons, isOfExtension } from './due-reasons.ts';
import { daysOfWindow, type Leaf, leavesOf } from './rules/rules.ts';
import { coursesToDo, type DoneItem, itemsOfPerson } from './stores/done-items.ts';
import { type DueFacts, dueFactsOf } from './stores/due-facts.ts';
import { scopeOfficeOf } from './stores/offices.ts';
import { bindingOrders, type OrderRow } from './stores/orders.ts';
import { ofPerson, type StandingRow, standingsOn, writtenStandings } from './stores/persons.ts';
import { standingRows } from './stores/standing-sql.ts';
import { boundWords, leafWords } from './words.ts';

export type MandateStatus = 'exempt' | 'met' | 'metLate' | 'open' | 'overdue';

/** One leaf of an order's condition: how much is asked, how much is there. */
export type ConditionStanding = {
  words: Bilingual;
  kind: keyof Leaf;
  required: number;
  /** What it asks of whoever serves the whole window; `required` is one's own part of it. */
  requiredInFull: number;
  done: number;
  met: boolean;
  /** Still asked; what is not met is not, where another met the group around it. */
  open: boolean;
  /** The place in `groups` of the group that it belongs to. */
  group: number;
  /** What asks which courses, for the way to them. */
  asks: { tag?: string; isList: boolean };
  /** What was done and counts: courses, claims and passed tests, each with its day. */
  countedItems: { code: string | null; titleHi: string | null; titleEn: string | null; day: Day }[];
  /** What would count and is not done yet: courses by code, at most twenty. */
  openItems: { code: string; titleHi: string | null; titleEn: string | null }[];
};

/** Where a person stands under one order on a day. */
export type PersonMandate = {
  mandate: {
    id: string;
    number: string;
    orderDate: Day;
    issuer: string;
    issuerEn: string | null;
    titleHi: string | null;
    titleEn: string | null;
  };
  status: MandateStatus;
  /** Why it binds: the line of the scope that matched, and the posting that it matched by. */
  boundBy: { words: Bilingual; office: { code: string; nameHi: string; nameEn: string | null } };
  window: { from: Day; to: Day };
  /** Null: the clock stands still (an absence without an end). */
  dueOn: Day | null;
  overdueFrom: Day | null;
  /** Why the last day is another than the window's, while the order is before him. */
  dueReasons: DueReason[];
  reachedOn: Day | null;
  /** `all`: every condition or group of the outermost group; `any`: one of them. */
  match: 'all' | 'any';
  /** How the conditions hang together, the outermost first. */
  groups: ConditionGroup[];
  conditions: ConditionStanding[];
  /** `from` is null where the order's own rules exempt him: he retires soon. */
  exemption?: { from: Day | null; until: Day | null; orderNumber: string | null; reasonClass: string };
};

export type StandingAt = {
  /** Today where absent. */
  asOf?: Day;
  /**
   * Only what had been recorded by this instant counts: for statements that are frozen. Postings and the days of
   * joining and retirement are those known now: corrections overwrite them, and a statement keeps its own.
   */
  recordedUntil?: Date;
};

/** Every published order that binds the person on the day, as it stands on that day. */
export async function standingOfPerson(
  ctx: Ctx,
  personId: string,
  at: StandingAt = {},
): Promise<PersonMandate[]> {
  const asOf = at.asOf ?? todayInIndia(ctx.clock);
  const orders = await (at.recordedUntil
    ? bindingOrders(ctx.db.read, at.recordedUntil)
    : ordersNow(ctx.db, 'now'));
  if (orders.length === 0) return [];
  const wish = { personId, asOf, recordedUntil: at.recordedUntil };
  const [items, written] = await Promise.all([
    itemsOfPerson(ctx.db, personId, at.recordedUntil),
    at.recordedUntil ? undefined : writtenStandings(ctx.db, { personId, asOf }),
  ]);
  const standings = written ?? (await standingsUnder(ctx, orders, wish));
  const isAsked = orders.some((order) => standings.some((one) => asksFacts(order, one)));
  const facts = isAsked ? await dueFactsOf(ctx.db, personId) : { absences: [], granted: [] };
  const found = orders.map((order) => {
    const standing = standings.find((one) => one.mandateId === order.mandateId);
    return standing && viewOf(ctx, { order, standing, items, asOf, facts });
  });
  return (await Promise.all(found)).flatMap((one) => one ?? []);
}

function isMoved({ status, dueOn, lastDay }: StandingRow): boolean {
  return (status === 'open' || status === 'overdue') && dueOn !== null && dueOn !== lastDay;
}

/** Where the order's own extension says why, nothing of the person is asked: it would be on every home. */
function asksFacts({ mandateId, extendedUntil }: OrderRow, standing: StandingRow): boolean {
  const { dueOn, lastDay } = standing;
  const isOfOrder = standing.mandateId === mandateId && dueOn !== null;
  return isOfOrder && isMoved(standing) && !isOfExtension({ extendedUntil, lastDay, dueOn });
}

/** The homes of one moment ask for them together. */
const ordersNow = gatheringPer(async (db: Db, askers: string[]) => {
  const orders = await bindingOrders(db.read, undefined);
  return askers.map(() => orders);
});

type Whose = { personId: string; asOf: Day; recordedUntil: Date | undefined };

async function standingsUnder(ctx: Ctx, orders: OrderRow[], whose: Whose): Promise<StandingRow[]> {
  const { personId, asOf, recordedUntil } = whose;
  const found = await Promise.all(
    orders.map((order) => {
      const rows = standingRows(order, { source: ofPerson(personId), recordedUntil });
      return standingsOn(ctx.db.read, { personId, asOf, rows });
    }),
  );
  return found.flat();
}

type Seen = {
  order: OrderRow;
  standing: StandingRow;
  items: DoneItem[];
  asOf: Day;
  facts: DueFacts;
};

async function viewOf(ctx: Ctx, { order, standing, items, asOf, facts }: Seen): Promise<PersonMandate> {
  const { rules } = order;
  const office = { code: standing.officeCode, nameHi: standing.officeHi, nameEn: standing.officeEn };
  const named =
    (await scopeOfficeOf(ctx.db, { officeCode: office.code, mandateId: order.mandateId })) ?? office;
  const counted = countItems(items, rules, { from: standing.firstDay, to: asOf });
  const part =
    standing.inDays === null ? undefined : { days: standing.inDays, of: daysOfWindow(rules.window) };
  const leaves = leavesOf(rules.condition);
  const progress = leaves.map((leaf) => leafProgress(leaf, counted, part));
  const grouped = groupsOf(
    rules.condition,
    progress.map((one) => one.met),
  );
  const conditions = leaves.map((leaf, at) =>
    conditionOf(ctx, leaf, {
      counted,
      progress: progress[at] ?? leafProgress(leaf, counted, part),
      isOpen: grouped.isOpen[at] ?? false,
      group: grouped.groupOf[at] ?? 0,
    }),
  );
  return {
    mandate: {
      ...{ id: order.mandateId, number: order.number, orderDate: order.orderDate },
      ...{ issuer: order.issuer, issuerEn: order.issuerEn },
      ...{ titleHi: order.titleHi, titleEn: order.titleEn },
    },
    status: standing.status,
    boundBy: { words: boundWords(rules.scope, standing, named), office },
    window: { from: standing.firstDay, to: standing.lastDay },
    dueOn: standing.dueOn,
    overdueFrom: standing.overdueFrom,
    dueReasons: isMoved(standing) ? reasonsOf(order, standing, facts) : [],
    reachedOn: standing.reachedOn !== null && standing.reachedOn <= asOf ? standing.reachedOn : null,
    match: grouped.groups[0]?.match ?? 'all',
    groups: grouped.groups,
    conditions: await Promise.all(conditions),
    ...(standing.status === 'exempt' ? { exemption: exemptionOf(standing) } : {}),
  };
}

function reasonsOf(order: OrderRow, { firstDay, lastDay, dueOn }: StandingRow, facts: DueFacts): DueReason[] {
  const { rules, lineage, extendedUntil } = order;
  return dueOn ? dueReasons({ rules, lineage, extendedUntil, firstDay, lastDay, dueOn }, facts) : [];
}

function exemptionOf({ exemptFrom, exemptUntil, exemptOrder, exemptClass }: StandingRow) {
  return {
    from: exemptFrom,
    until: exemptUntil,
    orderNumber: exemptOrder,
    reasonClass: exemptClass ?? 'retirement',
  };
}

type Done = { counted: Counted; progress: LeafProgress; isOpen: boolean; group: number };

async function conditionOf(ctx: Ctx, leaf: Leaf, done: Done): Promise<ConditionStanding> {
  const { counted, progress, isOpen, group } = done;
  const requiredInFull = leafProgress(leaf, counted).required;
  const rule = leaf.courses ?? leaf.share ?? leaf.hours;
  const except = counted.courses.flatMap((item) => item.code ?? []);
  const isNamed = rule && isOpen && ('tag' in rule || 'of' in rule);
  const openItems = isNamed ? await coursesToDo(ctx.db, rule, except) : [];
  const [kind = 'courses'] = Object.keys(leaf) as (keyof Leaf)[];
  const countedItems = countedFor(leaf, counted).map(({ code, titleHi, titleEn, day }) => ({
    ...{ code, titleHi, titleEn, day },
  }));
  const tag = (leaf.courses ?? leaf.hours)?.tag;
  const asks = { ...(tag ? { tag } : {}), isList: Boolean(rule && 'of' in rule && rule.of) };
  return {
    ...{ words: leafWords(leaf), kind, ...progress, open: isOpen, group, requiredInFull },
    ...{ asks, countedItems, openItems },
  };
}
