import { hiddenInTree, masksFor, seesExactly, type TreeUnit } from '../insight/index.ts';
import { type Ctx, scopesOf } from '../kernel/context.ts';
import { rolesSeeingFigures } from '../organisations/index.ts';
import { keptLeague, type League, type LeagueUnit, waysWithin } from './league.ts';
import { sizeClasses } from './state.ts';
import type { Campaign } from './stores/campaigns.ts';

/** What of an office is not shown: its people and what they did (minutes a head, its rank), or who met the target. */
export type Hidden = ReadonlySet<'done' | 'met'>;

type PlacedUnit = LeagueUnit & Pick<TreeUnit, 'parentKey' | 'isExact'>;

const fewestPeople = sizeClasses[0].least;

/**
 * What is hidden of the offices on the way and of those right below it, so that an office looks alike on its own page and
 * beside its sisters. It begins with what the summaries hide, which count the same people; of a kept result with what
 * they hid then.
 */
export async function hiddenOnWay(
  ctx: Ctx,
  campaign: Campaign,
  way: readonly League[],
): Promise<(officeId: string) => Hidden> {
  const units = unitsOf(ctx, [...way, ...(await leaguesAside(ctx, campaign, way))]);
  const isHiddenElsewhere = await hiddenInSummaries(ctx, way);
  const isFew = (unit: LeagueUnit) => unit.figures.people < fewestPeople;
  // What they hid then was chosen for whoever sees no office exactly; another reader may be left with a lone one.
  const people = hiddenInTree(
    units.map((unit) => ({
      ...placeOf(unit),
      isHidden: isHiddenElsewhere(unit),
      counts: [unit.figures.people],
    })),
  );
  const done = hiddenInTree(
    units.map((unit) => ({
      ...placeOf(unit),
      isHidden: isFew(unit) || people.has(unit.officeId),
      counts: [unit.figures.completions],
    })),
  );
  const met = hiddenInTree(
    units.map((unit) => ({ ...placeOf(unit), isHidden: isFew(unit), counts: [unit.figures.met] })),
  );
  return (id) =>
    new Set([...(done.has(id) ? (['done'] as const) : []), ...(met.has(id) ? (['met'] as const) : [])]);
}

/** The leagues above the reader's own offices that lie beside the way. */
async function leaguesAside(ctx: Ctx, campaign: Campaign, way: readonly League[]): Promise<League[]> {
  const own = new Set(scopesOf(ctx.actor, rolesSeeingFigures).filter((id) => id !== '*'));
  if (own.size === 0) return [];
  const onWay = new Set(way.map(({ office }) => office.officeId));
  const above = (await waysWithin(ctx, campaign, [...own])).flatMap((ids) =>
    ids.slice(
      0,
      ids.findIndex((id) => own.has(id)),
    ),
  );
  const aside = [...new Set(above)].filter((id) => !onWay.has(id));
  const leagues = await Promise.all(aside.map((id) => keptLeague(ctx, campaign, id)));
  return leagues.filter((league) => league !== undefined);
}

/** The campaign's office and all below the leagues' offices. What stood below an office is seen as that is. */
function unitsOf(ctx: Ctx, leagues: readonly League[]): PlacedUnit[] {
  const [top] = leagues;
  if (!top) return [];
  const below = leagues.flatMap(({ office, units }) =>
    units.map((unit) => ({ ...unit, parentKey: office.officeId })),
  );
  const isExact = (unit: LeagueUnit) => seesExactly(ctx, unit);
  const exact = new Set(leagues.flatMap(({ office }) => (isExact(office) ? [office.officeId] : [])));
  return [
    { ...top.office, parentKey: null, isExact: isExact(top.office) },
    ...below.map((unit) => ({ ...unit, isExact: exact.has(unit.parentKey) || isExact(unit) })),
  ];
}

/** Whether the summaries hide an office's people or what these did. */
async function hiddenInSummaries(ctx: Ctx, way: readonly League[]): Promise<(unit: LeagueUnit) => boolean> {
  const last = way.at(-1);
  if (!last || last.office.wasHidden !== null) return ({ wasHidden }) => wasHidden === true;
  const masks = await masksFor(ctx, [last.office], last.asOf);
  return (unit) => masks(unit).has('activity');
}

function placeOf({ officeId, parentKey, isExact }: PlacedUnit): Omit<TreeUnit, 'isHidden' | 'counts'> {
  return { key: officeId, parentKey, isExact };
}
