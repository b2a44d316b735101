import { masksFor, seesExactly } from '../insight/index.ts';
import { type Ctx, scopesOf } from '../kernel/context.ts';
import { addMonths, type Day, endOfMonth, parseDay, startOfMonth, todayInIndia } from '../kernel/dates.ts';
import { invalid, notFound, unauthenticated } from '../kernel/errors.ts';
import { type OfficeRow, officeByCode, rolesSeeingFigures } from '../organisations/index.ts';
import { maskedByOrder } from './masking.ts';
import { settleChanged } from './settle.ts';
import { childrenOf, sistersDownTo } from './stores/offices.ts';
import { type OrderRow, orderByNumber } from './stores/orders.ts';
import { countedOn, type StatusCounts } from './stores/standings.ts';

export type NamedOffice = { code: string; nameHi: string; nameEn: string | null };

/** Exactly these keys are promised to the command line. */
export type MandateFigures = { bound: number } & StatusCounts;

/** Where an office's figures are masked, all are null: they tell one another. */
export type MandateLine = { office: NamedOffice; masked: boolean } & {
  [name in keyof MandateFigures]: number | null;
};

export type MandateSummary = MandateLine & { number: string; asOf: Day; children: MandateLine[] };

export type MandateWish = { number: string; office: string; asOf?: string };

/**
 * The figures of an order for an office and the offices right below it, as of the end of an India day. Exact for
 * holders of a figure role over the office; for everybody else signed in, small counts are masked with whatever
 * would give them away, a past day is the end of a month, and a day to come is today.
 */
export async function mandateSummary(ctx: Ctx, wish: MandateWish): Promise<MandateSummary> {
  if (ctx.actor.kind === 'anonymous') throw unauthenticated();
  const { order, office } = await requireOrderAndOffice(ctx, wish);
  const asked = asOfDay(ctx, wish.asOf);
  const asOf = seesExactly(ctx, office) ? asked : settledDay(ctx, asked);
  await settleChanged(ctx.db);
  const children = await childrenOf(ctx.db.read, office.officeId);
  const figures = await figuresOf(ctx, order, { offices: [office, ...children], above: office, asOf });
  const masked = await maskedOffices(ctx, order, { offices: [office, ...children], asOf });
  const line = (of: OfficeRow): MandateLine => ({
    office: { code: of.code, nameHi: of.nameHi, nameEn: of.nameEn },
    masked: masked.has(of.officeId),
    ...(masked.has(of.officeId) ? hidden : figures(of.officeId)),
  });
  return { number: order.number, asOf, ...line(office), children: children.map(line) };
}

/** The same figures alone, for the command line. */
export async function mandateFigures(ctx: Ctx, wish: MandateWish): Promise<MandateFigures> {
  const { order, office } = await requireOrderAndOffice(ctx, wish);
  if (!seesExactly(ctx, office)) throw notFound();
  const figures = await figuresOf(ctx, order, {
    ...{ offices: [office], above: office, asOf: asOfDay(ctx, wish.asOf) },
  });
  return figures(office.officeId);
}

/** A published order that binds people, and an office; whatever is missing is named. */
export async function requireOrderAndOffice(
  ctx: Ctx,
  wish: Pick<MandateWish, 'number' | 'office'>,
): Promise<{ order: OrderRow; office: OfficeRow }> {
  const order = await requirePublished(ctx, wish.number);
  const office = await officeByCode(ctx, wish.office);
  if (!office)
    throw notFound({ hi: 'इस कोड का कोई कार्यालय नहीं मिला।', en: 'There is no office with this code.' });
  return { order, office };
}

export async function requirePublished(ctx: Ctx, number: string): Promise<OrderRow> {
  const order = await orderByNumber(ctx.db.read, number);
  if (order?.state === 'published' && (order.kind === 'order' || order.kind === 'amendment')) return order;
  throw notFound({
    hi: `आदेश ${number} नहीं मिला, या लागू नहीं है।`,
    en: `Order ${number} was not found, or is not in force.`,
  });
}

/**
 * The day that was asked for; today where none was. Standings are dated facts, so that a day to come is answered by
 * what is known today: whoever has not met an order by then is overdue after its last day.
 */
export function asOfDay(ctx: Pick<Ctx, 'clock'>, text: string | undefined): Day {
  const today = todayInIndia(ctx.clock);
  if (!text?.trim()) return today;
  const day = parseDay(text);
  if (!day) throw invalid([{ path: 'asOf', code: 'not_a_day', text: notADay }], notADay);
  return day;
}

export const notADay = {
  hi: 'तिथि ठीक नहीं है; इस तरह लिखें: 2026-03-31',
  en: 'This is not a date; write it like 2026-03-31.',
};

// Two days side by side would tell a change of one person; months are too far apart for that, though not those to come,
// which differ from today by few.
function settledDay(ctx: Pick<Ctx, 'clock'>, day: Day): Day {
  const today = todayInIndia(ctx.clock);
  if (day >= today) return today;
  if (day === endOfMonth(day)) return day;
  return endOfMonth(addMonths(startOfMonth(day), -1));
}

/** `above`: one that is above all others. */
type Asked = { offices: OfficeRow[]; above?: OfficeRow; asOf: Day };

async function figuresOf(ctx: Ctx, order: OrderRow, { offices, above, asOf }: Asked) {
  const officeIds = offices.map((office) => office.officeId);
  const counted = await countedOn(ctx.db.read, { order, officeIds, above: above?.officeId, asOf });
  const byId = new Map(counted.map((row) => [row.officeId, row]));
  return (officeId: string): MandateFigures => {
    const { met, metLate, open, overdue, exempt } = byId.get(officeId) ?? none;
    return { bound: met + metLate + open + overdue + exempt, met, metLate, open, overdue, exempt };
  };
}

const none = { met: 0, metLate: 0, open: 0, overdue: 0, exempt: 0 };
const hidden = { bound: null, met: null, metLate: null, open: null, overdue: null, exempt: null };

/** Decided from the root down, sisters beside sisters, so that an office is masked alike wherever it is shown. */
async function maskedOffices(ctx: Ctx, order: OrderRow, { offices, asOf }: Asked): Promise<Set<string>> {
  const [first] = offices;
  if (!first || offices.every((office) => seesExactly(ctx, office))) return new Set();
  const own = scopesOf(ctx.actor, rolesSeeingFigures).filter((id) => id !== '*');
  const all = await sistersDownTo(ctx.db.read, { path: first.path, own });
  const [figures, masks] = await Promise.all([
    figuresOf(ctx, order, { offices: all, asOf }),
    masksFor(ctx, [first], asOf),
  ]);
  return maskedByOrder(
    all.map((office) => ({
      officeId: office.officeId,
      parentId: office.parentId,
      isExact: seesExactly(ctx, office),
      masks: masks(office),
      figures: figures(office.officeId),
    })),
  );
}
