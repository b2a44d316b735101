import {
  type Figures,
  monthBefore,
  type OfficeLine,
  officeSummary,
  readAsOf,
  seesExactly,
} from '../../insight/index.ts';
import type { Ctx } from '../../kernel/context.ts';
import { type Day, todayInIndia } from '../../kernel/dates.ts';
import { unauthenticated } from '../../kernel/errors.ts';
import { ordersAt } from '../../mandates/index.ts';
import { type OfficeRow, officeByCode } from '../../organisations/index.ts';
import { sheetNotFound } from '../policy.ts';
import { coursesByLanguage } from '../stores/courses.ts';
import { placesOnPath, rosterWithoutAccount, strengthsOf } from '../stores/offices.ts';
import { notable } from './notable.ts';
import { ranked } from './rank.ts';
import { perHead, points, reachOf } from './ratios.ts';
import type { Line, OrderLine, Place, Ranking, Section, Sheet } from './shape.ts';

export type SheetWish = { code: string; asOf?: string; compare?: string; rank?: Ranking };

/**
 * The review sheet of an office, as its reader may see it: exact with a figure role over the office; for others the
 * masked figures of METRICS, without what only the office's own leaders are told (change since a day, board, roster).
 */
export async function reviewSheet(ctx: Ctx, wish: SheetWish): Promise<Sheet> {
  if (ctx.actor.kind === 'anonymous') throw unauthenticated();
  const office = await officeByCode(ctx, wish.code);
  if (!office) throw sheetNotFound();
  const isExact = seesExactly(ctx, office);
  const now = await officeSummary(ctx, { code: office.code, asOf: wish.asOf });
  const compareOn = isExact ? comparedDay(ctx, wish.compare, now.asOf) : null;
  const scene: Scene = { office, now, compareOn, isExact, rankedBy: wish.rank ?? 'reach' };
  const [before, path, orders, courses, strengths, roster] = await Promise.all([
    compareOn ? officeSummary(ctx, { code: office.code, asOf: compareOn }) : null,
    placesOnPath(ctx.db.read, office.path),
    ordersAt(ctx, { office: office.code, asOf: now.asOf }),
    coursesByLanguage(ctx.db.read),
    strengthsOf(ctx.db.read, office.officeId),
    isExact ? rosterOf(ctx, office, now) : null,
  ]);
  const units = unitsOf(scene, { before, strengths });
  const whole = {
    figures: figuresOf(now),
    strength: strengths.get(office.code) ?? null,
    change: before ? points(reachOf(now), reachOf(before)) : null,
  };
  return {
    format: 1,
    place: path.at(-1) ?? placeOf(office),
    path: path.slice(0, -1),
    asOf: now.asOf,
    compareOn,
    isExact,
    rankedBy: scene.rankedBy,
    figures: whole.figures,
    masked: now.masked,
    before: before ? figuresOf(before) : null,
    strength: whole.strength,
    roster,
    completionsOnDay: null,
    onboarded: null,
    orders: orders.map(orderLine),
    courses,
    curriculum: null,
    sections: [{ key: 'units', lines: units } satisfies Section].filter((one) => one.lines.length > 0),
    notable: notable(units, whole),
    board: null,
    trend: [],
  };
}

type Scene = {
  office: OfficeRow;
  now: Awaited<ReturnType<typeof officeSummary>>;
  compareOn: Day | null;
  isExact: boolean;
  rankedBy: Ranking;
};

/** The day asked for; a month before where none is. Never later than the sheet's own. */
function comparedDay(ctx: Ctx, text: string | undefined, asOf: Day): Day {
  const day = text?.trim() ? readAsOf(ctx, text) : monthBefore(asOf);
  return day < asOf ? day : asOf;
}

async function rosterOf(
  ctx: Ctx,
  office: OfficeRow,
  { asOf, registered }: OfficeLine,
): Promise<number | null> {
  if (asOf !== todayInIndia(ctx.clock) || registered === null) return null;
  return registered + (await rosterWithoutAccount(ctx.db.read, { officeId: office.officeId, day: asOf }));
}

type Beside = { before: Scene['now'] | null; strengths: ReadonlyMap<string, number> };

function unitsOf({ now, rankedBy }: Scene, { before, strengths }: Beside): Line[] {
  const earlier = new Map(before?.children.map((line) => [line.office.code, line]));
  const lines = now.children.map((child): Line => {
    const was = earlier.get(child.office.code);
    return {
      node: 'office',
      ...child.office,
      figures: figuresOf(child),
      masked: child.masked,
      strength: strengths.get(child.office.code) ?? null,
      reach: reachOf(child),
      perHead: perHead(child.completions, child.registered),
      change: was ? points(reachOf(child), reachOf(was)) : null,
      place: null,
    };
  });
  return ranked(lines, rankedBy);
}

/** The figures alone, without the names and the day that stand elsewhere on the sheet. */
function figuresOf({
  office: _office,
  asOf: _asOf,
  view: _view,
  masked: _masked,
  ...figures
}: OfficeLine): Figures {
  const { children: _children, ...own } = figures as typeof figures & { children?: unknown };
  return own;
}

function placeOf({ code, nameHi, nameEn, kind }: OfficeRow): Place {
  return { node: 'office', code, nameHi, nameEn, kind };
}

function orderLine(order: Awaited<ReturnType<typeof ordersAt>>[number]): OrderLine {
  const { mandateId, number, titleHi, titleEn, dueOn, bound, met, metLate, open, overdue, exempt } = order;
  return { mandateId, number, titleHi, titleEn, dueOn, bound, met, metLate, open, overdue, exempt };
}
