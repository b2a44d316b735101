import { nodeFigures, readAsOf } from '../../insight/index.ts';
import type { Ctx } from '../../kernel/context.ts';
import { todayInIndia } from '../../kernel/dates.ts';
import { unauthenticated } from '../../kernel/errors.ts';
import { ordersInArea } from '../../mandates/index.ts';
import type { OfficeRow } from '../../organisations/index.ts';
import { sheetNotFound } from '../policy.ts';
import { type AreaRow, areaById, areasOnWayTo } from '../stores/areas.ts';
import { coursesByLanguage } from '../stores/courses.ts';
import { rosterWithoutAccount } from '../stores/waiting-roster.ts';
import { activityOf } from './activity.ts';
import { sectionsOfArea } from './areas.ts';
import { classSections } from './classes.ts';
import { comparedDay } from './compared-day.ts';
import { leftOutOf } from './left-out.ts';
import { plainFigures } from './line.ts';
import { endsOf } from './notable.ts';
import { governmentOfAreas, placeOfArea, placeOfOffice } from './places.ts';
import { postsFor, postsOfArea } from './posts.ts';
import { changeOf } from './ratios.ts';
import type { SheetWish } from './review-sheet.ts';
import type { NodeScene } from './scene.ts';
import { type Sheet, sectionKeys } from './shape.ts';

/**
 * The review sheet of a state, division or district: everybody whose office stands there, of whatever department. For
 * those whose roles reach the whole government; to everybody else the area has no sheet.
 */
export async function areaSheet(ctx: Ctx, wish: SheetWish): Promise<Sheet> {
  const { scene, area, government } = await sceneOf(ctx, wish);
  const { asOf, compareOn, nodeId, rankedBy } = scene;
  const isToday = asOf === todayInIndia(ctx.clock);
  const [now, before, way, known, unregistered, orders, courses, activity, below, classes, leftOut] =
    await Promise.all([
      nodeFigures(ctx, { nodeIds: [nodeId], asOf }),
      compareOn ? nodeFigures(ctx, { nodeIds: [nodeId], asOf: compareOn }) : undefined,
      areasOnWayTo(ctx.db.read, area.areaId),
      isToday ? postsOfArea(ctx.db.read, { nodeId, asOf }) : null,
      isToday ? rosterWithoutAccount(ctx.db, { nodeId, day: asOf }) : null,
      ordersInArea(ctx, { nodeId, asOf }),
      coursesByLanguage(ctx.db.read),
      activityOf(scene),
      sectionsOfArea(scene, area),
      classSections(scene),
      leftOutOf(scene, area, government),
    ]);
  const own = now.get(nodeId);
  if (!own) throw sheetNotFound();
  const was = before?.get(nodeId);
  const posts =
    known && postsFor(known, { registered: own.registered, recorded: known.recorded, of: known.of });
  const whole = {
    figures: plainFigures(own),
    postsShare: posts?.share ?? null,
    change: changeOf(own, was),
  };
  const sections = [...below, ...classes];
  return {
    format: 1,
    place: placeOfArea(area),
    path: [placeOfOffice(government), ...way.slice(0, -1).map(placeOfArea)],
    ...{ asOf, compareOn, isExact: true, rankedBy },
    figures: whole.figures,
    masked: own.masked,
    before: was ? plainFigures(was) : null,
    strength: known?.strength ?? null,
    posts,
    roster: own.registered === null || unregistered === null ? null : own.registered + unregistered,
    ...activity,
    orders,
    courses,
    curriculum: null,
    sections: sectionKeys.flatMap((key) => sections.filter((one) => one.key === key && one.lines.length > 0)),
    ...endsOf(below, { ...whole, rankedBy }),
    board: null,
    leftOut,
  };
}

type AreaScene = { scene: NodeScene; area: AreaRow; government: OfficeRow };

async function sceneOf(ctx: Ctx, wish: SheetWish): Promise<AreaScene> {
  if (ctx.actor.kind === 'anonymous') throw unauthenticated();
  const [area, government] = await Promise.all([areaById(ctx.db.read, wish.code), governmentOfAreas(ctx)]);
  if (!area || !government) throw sheetNotFound();
  const asOf = readAsOf(ctx, wish.asOf);
  const compareOn = comparedDay(ctx, wish.compare, asOf);
  const scene = {
    ctx,
    nodeId: area.nodeId,
    asOf,
    compareOn,
    isExact: true,
    rankedBy: wish.rank ?? ('reach' as const),
  };
  return { scene, area, government };
}
