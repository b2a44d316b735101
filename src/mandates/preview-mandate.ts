import { type Ctx, scopesOf } from '../kernel/context.ts';
import { type Day, todayInIndia } from '../kernel/dates.ts';
import type { Tx } from '../kernel/db.ts';
import { rolesSeeingPersons } from '../organisations/index.ts';
import type { PreparedDraft } from './draft-mandate.ts';
import { leavesOf, type Rules } from './rules/rules.ts';
import { bindingOrders, type OrderRow } from './stores/orders.ts';
import {
  type BoundCounts,
  type BoundPart,
  boundByBoth,
  boundByOffice,
  boundByPosting,
  type Counting,
  countBound,
  countPosted,
  coursesOfBoth,
  keepSample,
  keepSomeStandings,
  keepStandings,
  type SampleRow,
  type Standings,
  sampleOfBound,
  type WholeCounts,
  writtenStandings,
} from './stores/preview.ts';
import { planForMany, planForSome } from './stores/touched.ts';

/** Another order that binds some of the same people in the same days, and what counts for both. */
export type Overlap = {
  number: string;
  titleHi: string | null;
  titleEn: string | null;
  /** Bound by both. */
  persons: number;
  /** Courses that count for both, at most fifty; none named where any course counts for both. */
  courses: string[];
  anyCourse: boolean;
  /** Days at training are asked by both, or hours of them by one: the same sessions count for both. */
  sharesDays: boolean;
};

export type Preview = WholeCounts & {
  /** Of today, or of the day on which an amendment takes effect. */
  asOf: Day;
  overlaps: Overlap[];
};

export type FullPreview = Preview & {
  byOffice: BoundPart[];
  byGroup: BoundPart[];
  byEngagement: BoundPart[];
  /** Some of the bound, as far as the actor may read names. */
  sample: SampleRow[];
  /** One person in so many was looked at, and the figures are estimates by that; 1: everybody. */
  everyNth: number;
  /** How many the order binds on that day whose place this one takes, where everybody was looked at. */
  boundBefore: number | undefined;
};

/** From so many bound on, a page does not wait for everybody. */
const tooManyToWaitFor = 200_000;
/** Of more than that as many are looked at, which tells a part of them to within a percent of all. */
const peopleLookedAt = 20_000;

/**
 * Whom an order would bind, who has met it already, what it overlaps with. Writes nothing. Over lakhs of people the
 * figures are estimated from some twenty thousand of them, overlaps included, so that a page answers in seconds.
 */
export function previewMandate(ctx: Ctx, draft: PreparedDraft): Promise<FullPreview> {
  const order = rowOfDraft(draft);
  const asOf = dayOfEffect(ctx, order);
  return ctx.db.longTransaction(async (tx) => {
    await planForMany(tx);
    const everyNth = nthOf(await countPosted(tx, order));
    const source = everyNth > 1 ? await keepSample(tx, order, everyNth) : undefined;
    if (source) await planForSome(tx);
    const standings = await keepStandings(tx, order, source);
    const found = {
      ...(await figuresOf(tx, { order, standings, asOf })),
      byOffice: await boundByOffice(tx, standings, { codes: order.rules.scope.offices, asOf }),
      byGroup: await boundByPosting(tx, standings, { order, column: 'service_group', asOf }),
      byEngagement: await boundByPosting(tx, standings, { order, column: 'engagement', asOf }),
      sample: await sampleOfBound(tx, standings, { officeIds: namesIn(ctx), asOf }),
    };
    return {
      ...scaled(found, everyNth),
      everyNth,
      boundBefore: await boundBefore(tx, draft, { asOf, everyNth }),
    };
  });
}

/** What takes effect later is counted as of then: before that it binds nobody. */
export function dayOfEffect(ctx: Ctx, { inForceFrom }: Pick<OrderRow, 'inForceFrom'>): Day {
  const today = todayInIndia(ctx.clock);
  return inForceFrom && inForceFrom > today ? inForceFrom : today;
}

async function boundBefore(
  tx: Tx,
  { row }: PreparedDraft,
  { asOf, everyNth }: { asOf: Day; everyNth: number },
) {
  if (everyNth > 1 || !row.citesId) return undefined;
  return (await countBound(tx, writtenStandings(row.citesId), { asOf, lateBy: asOf })).bound;
}

function nthOf(people: number): number {
  return people > tooManyToWaitFor ? Math.round(people / peopleLookedAt) : 1;
}

function scaled<Found extends Omit<FullPreview, 'everyNth' | 'boundBefore'>>(
  found: Found,
  by: number,
): Found {
  const counts = <Counts extends BoundCounts>(one: Counts): Counts => ({
    ...one,
    bound: one.bound * by,
    alreadyMet: one.alreadyMet * by,
    exempt: one.exempt * by,
  });
  return {
    ...counts(found),
    overdue: found.overdue * by,
    overlaps: found.overlaps.map((one) => ({ ...one, persons: one.persons * by })),
    byOffice: found.byOffice.map(counts),
    byGroup: found.byGroup.map(counts),
    byEngagement: found.byEngagement.map(counts),
  };
}

/** The figures alone, for the import's dry run. */
export function previewFigures(ctx: Ctx, draft: PreparedDraft): Promise<Preview> {
  const order = rowOfDraft(draft);
  return ctx.db.longTransaction(async (tx) => {
    await planForMany(tx);
    const standings = await keepStandings(tx, order);
    return figuresOf(tx, { order, standings, asOf: dayOfEffect(ctx, order) });
  });
}

function namesIn(ctx: Ctx): string[] | 'all' {
  const scopes = scopesOf(ctx.actor, rolesSeeingPersons);
  return scopes.includes('*') ? 'all' : scopes;
}

/** As if it were published. */
function rowOfDraft({ row, file }: PreparedDraft): OrderRow {
  if (!('rules' in file)) throw new Error('only an order with rules binds anybody');
  return {
    ...{ mandateId: row.mandateId, number: row.number, kind: row.kind, orderDate: row.orderDate },
    ...{ issuer: row.issuer, issuerEn: row.issuerEn, officeId: row.officeId },
    ...{ titleHi: row.titleHi, titleEn: row.titleEn },
    ...{ rules: file.rules, digest: row.digest, state: 'draft', scanFileId: null, publishedAt: null },
    cites: 'cites' in file ? file.cites : null,
    ...{ takesBack: null, isTakenBack: false },
    lineage: [row.mandateId, ...row.citedLineage],
    ...{ designationIds: null, cadreIds: null },
    ...{ countedAt: null, sheetId: row.mandateId, buildId: null },
    ...{ until: null, effectiveOn: row.effectiveOn, extendedUntil: row.extensionHeld },
    extensionHeld: row.extensionHeld,
    inForceFrom: file.kind === 'amendment' ? file.effectiveOn : null,
    inForceUntil: null,
    endedBy: null,
  };
}

type Asked = { order: OrderRow; standings: Standings; asOf: string };

export async function figuresOf(tx: Tx, asked: Asked): Promise<Preview> {
  return { ...(await countsOf(tx, asked)), asOf: asked.asOf, overlaps: await overlapsOf(tx, asked) };
}

/** The same of an order that was put in force over lakhs: of what it overlaps with some are looked at. */
export async function figuresOfMany(tx: Tx, asked: Asked): Promise<Preview> {
  const counts = await countsOf(tx, asked);
  const everyNth = nthOf(counts.bound);
  const some = { ...asked, standings: await keepSomeStandings(tx, asked.standings, everyNth) };
  await planForSome(tx);
  return scaledOverlaps({ ...counts, asOf: asked.asOf, overlaps: await overlapsOf(tx, some) }, everyNth);
}

function scaledOverlaps(found: Preview, by: number): Preview {
  return { ...found, overlaps: found.overlaps.map((one) => ({ ...one, persons: one.persons * by })) };
}

function countsOf(tx: Tx, { order, standings, asOf }: Asked): Promise<WholeCounts> {
  const lateBy = order.orderDate > asOf ? order.orderDate : asOf;
  return countBound(tx, standings, { asOf, lateBy });
}

async function overlapsOf(tx: Tx, { order, standings, asOf }: Asked): Promise<Overlap[]> {
  const overlaps: Overlap[] = [];
  for (const other of await bindingOrders(tx)) {
    const isItself = other.number === order.number || other.number === order.cites;
    if (isItself || !windowsMeet(order.rules, other.rules)) continue;
    const persons = await boundByBoth(tx, standings, { other: other.mandateId, asOf });
    if (persons > 0) overlaps.push({ ...(await sharedCourses(tx, order, other)), persons });
  }
  return overlaps;
}

function windowsMeet({ window: one }: Rules, { window: other }: Rules): boolean {
  if (!('from' in one) || !('from' in other)) return true;
  return one.from <= other.to && other.from <= one.to;
}

async function sharedCourses(tx: Tx, order: OrderRow, other: OrderRow): Promise<Omit<Overlap, 'persons'>> {
  const [mine, theirs] = [countingOf(order.rules), countingOf(other.rules)];
  const anyCourse = mine.any && theirs.any;
  return {
    ...{ number: other.number, titleHi: other.titleHi, titleEn: other.titleEn },
    courses: anyCourse ? [] : await coursesOfBoth(tx, mine, theirs),
    anyCourse,
    sharesDays: sharesDays(order.rules, other.rules),
  };
}

/** Attended sessions make days, and they make hours. */
function sharesDays(one: Rules, other: Rules): boolean {
  const asks = (rules: Rules, kind: 'days' | 'hours') => leavesOf(rules.condition).some((leaf) => leaf[kind]);
  const meets = (days: Rules, of: Rules) => asks(days, 'days') && (asks(of, 'days') || asks(of, 'hours'));
  return meets(one, other) || meets(other, one);
}

function countingOf({ condition }: Rules): Counting {
  const leaves = leavesOf(condition);
  const isOpen = (rule: { tag?: string; of?: string[] } | undefined) => rule && !rule.tag && !rule.of;
  return {
    any: leaves.some((leaf) => isOpen(leaf.courses) || isOpen(leaf.hours)),
    tags: leaves.flatMap((leaf) => leaf.courses?.tag ?? leaf.hours?.tag ?? []),
    codes: leaves.flatMap((leaf) => [
      ...(leaf.courses?.of ?? leaf.share?.of ?? []),
      ...(leaf.passed ? [leaf.passed.assessment] : []),
    ]),
  };
}
