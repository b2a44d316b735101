import { curriculumCoverage, rolesReadingCurriculum, totalOf } from '../../curriculum/index.ts';
import { officeSummary, seesExactly, tableSums } from '../../insight/index.ts';
import type { Ctx } from '../../kernel/context.ts';
import { todayInIndia } from '../../kernel/dates.ts';
import { unauthenticated } from '../../kernel/errors.ts';
import { ordersAt } from '../../mandates/index.ts';
import { holdsRoleOver, officeByCode } from '../../organisations/index.ts';
import { sheetNotFound } from '../policy.ts';
import { coursesByLanguage } from '../stores/courses.ts';
import { placesOnPath } from '../stores/offices.ts';
import { rosterWithoutAccount } from '../stores/waiting-roster.ts';
import { activityOf } from './activity.ts';
import { areaSectionsOfRoot } from './areas.ts';
import { departmentsBoard } from './board.ts';
import { classSections } from './classes.ts';
import { comparedDay } from './compared-day.ts';
import { districtSections } from './districts.ts';
import { plainFigures } from './line.ts';
import { endsOf } from './notable.ts';
import { placeOfOffice } from './places.ts';
import { type KnownPosts, postsByOffice, postsFor } from './posts.ts';
import { changeOf } from './ratios.ts';
import type { Scene } from './scene.ts';
import { type OrderLine, type Posts, type Ranking, type Section, type Sheet, sectionKeys } from './shape.ts';
import { unitLines } from './units.ts';

export type SheetWish = { code: string; asOf?: string; compare?: string; rank?: Ranking };

/**
 * The review sheet of an office, as its reader may see it: exact with a figure role over the office; for others the
 * masked figures of METRICS, without what only the office's own leaders are told (change since a day, classes,
 * districts, board, roster).
 */
export async function reviewSheet(ctx: Ctx, wish: SheetWish): Promise<Sheet> {
  const scene = await sceneOf(ctx, wish);
  const { office, now, before } = scene;
  const [path, orders, courses, roster, activity, sections, curriculum] = await Promise.all([
    placesOnPath(ctx.db.read, office.path),
    ordersAt(ctx, { office: office.code, asOf: scene.asOf }),
    coursesByLanguage(ctx.db.read),
    rosterOf(scene),
    activityOf(scene),
    sectionsOf(scene),
    curriculumOf(scene),
  ]);
  const units = sections.find((one) => one.key === 'units')?.lines ?? [];
  const posts = postsOf(scene);
  const whole = {
    figures: plainFigures(now),
    postsShare: posts?.share ?? null,
    change: changeOf(now, before),
  };
  return {
    format: 1,
    place: path.at(-1) ?? placeOfOffice(office),
    path: path.slice(0, -1),
    asOf: scene.asOf,
    compareOn: scene.compareOn,
    isExact: scene.isExact,
    rankedBy: scene.rankedBy,
    figures: whole.figures,
    masked: now.masked,
    before: before ? plainFigures(before) : null,
    strength: scene.posts.get(office.code)?.strength ?? null,
    posts,
    roster,
    ...activity,
    orders: orders.map(orderLine),
    courses,
    curriculum,
    sections,
    ...endsOf(sections, { ...whole, rankedBy: scene.rankedBy }),
    board: scene.isExact ? await departmentsBoard(scene, units) : null,
  };
}

async function sceneOf(ctx: Ctx, wish: SheetWish): Promise<Scene> {
  if (ctx.actor.kind === 'anonymous') throw unauthenticated();
  const office = await officeByCode(ctx, wish.code);
  if (!office) throw sheetNotFound();
  const isExact = seesExactly(ctx, office);
  const now = await officeSummary(ctx, { code: office.code, asOf: wish.asOf });
  const compareOn = isExact ? comparedDay(ctx, wish.compare, now.asOf) : null;
  const [before, posts] = await Promise.all([
    compareOn ? officeSummary(ctx, { code: office.code, asOf: compareOn }) : null,
    now.asOf === todayInIndia(ctx.clock)
      ? postsByOffice(ctx.db.read, { officeId: office.officeId, asOf: now.asOf })
      : new Map<string, KnownPosts>(),
  ]);
  const { asOf } = now;
  return {
    ...{ ctx, nodeId: office.officeId, office, now, before, asOf, compareOn, isExact, posts },
    rankedBy: wish.rank ?? 'reach',
  };
}

function postsOf({ office, now, posts }: Scene): Posts | null {
  const known = posts.get(office.code);
  if (!known) return null;
  const recorded = now.children.filter((child) => posts.get(child.office.code)?.isForAll).length;
  return postsFor(known, { registered: now.registered, recorded, of: now.children.length });
}

async function sectionsOf(scene: Scene): Promise<Sheet['sections']> {
  const units: Section = { key: 'units', lines: unitLines(scene), countedAt: null };
  if (!scene.isExact) return units.lines.length > 0 ? [units] : [];
  const [outside, areas, classes] = await Promise.all([
    outsideUnits(scene),
    areasOf(scene),
    classSections(scene),
  ]);
  const all: Section[] = [{ ...units, outside }, ...areas, ...classes];
  return sectionKeys.flatMap((key) => all.filter((one) => one.key === key && one.lines.length > 0));
}

/** Those posted in the office itself, as its training page has them. */
async function outsideUnits({ ctx, office, now }: Scene): Promise<number | null> {
  return now.children.length === 0 ? null : (await tableSums(ctx, office, now)).itself.registered;
}

/** A government's areas have counters of their own; of a department the offices there are added up. */
async function areasOf(scene: Scene): Promise<Section[]> {
  const own = scene.office.path.length === 1 ? await areaSectionsOfRoot(scene) : [];
  return own.length > 0 ? own : districtSections(scene);
}

async function rosterOf({ ctx, office, now, isExact }: Scene): Promise<number | null> {
  if (!isExact || now.asOf !== todayInIndia(ctx.clock) || now.registered === null) return null;
  return now.registered + (await rosterWithoutAccount(ctx.db, { nodeId: office.officeId, day: now.asOf }));
}

async function curriculumOf({ ctx, office, asOf, isExact }: Scene): Promise<Sheet['curriculum']> {
  if (!isExact || !(ctx.actor.kind === 'system' || holdsRoleOver(ctx, rolesReadingCurriculum, office.path)))
    return null;
  const coverage = await curriculumCoverage(ctx, { office: office.code, asOf });
  const { underRule, complying, failing, reasoned } = totalOf(coverage);
  if (underRule === 0) return null;
  const departmentsFailing = coverage.departments.filter((one) => one.failing > 0).length;
  return { underRule, complying, failing, reasoned, departmentsFailing };
}

function orderLine(order: Awaited<ReturnType<typeof ordersAt>>[number]): OrderLine {
  const { mandateId, number, titleHi, titleEn, dueOn, bound, met, metLate, open, overdue, exempt } = order;
  return { mandateId, number, titleHi, titleEn, dueOn, bound, met, metLate, open, overdue, exempt };
}
