import { masksFor, seesExactly } from '../insight/index.ts';
import { type Ctx, scopesOf } from '../kernel/context.ts';
import { type OfficeRow, rolesSeeingFigures } from '../organisations/index.ts';
import { keptLeague, type League } from './league.ts';
import {
  forcedOfSum,
  type Hidden,
  hiddenOf,
  type MaskedUnit,
  nothingHidden,
  ownHidden,
} from './league-masks.ts';
import type { Campaign } from './stores/campaigns.ts';
import { waysTo } from './stores/league.ts';

/** The offices from the campaign's own down to the one that is shown, the last. */
type Shown = { office: OfficeRow; way: readonly League[] };
type Level = { officeId: string; path: readonly string[]; league: League };

/**
 * What is hidden of the offices on the way and of those right below it, decided from the campaign's office down. What
 * one of the reader's own offices leaves lone is hidden in all offices above it first, so that an office looks alike
 * on its own page and beside its sisters.
 */
export async function hiddenOnWay(
  ctx: Ctx,
  campaign: Campaign,
  { office, way }: Shown,
): Promise<(officeId: string) => Hidden> {
  const onWay = way.map((league): Level => {
    const { officeId } = league.office;
    return { officeId, path: office.path.slice(0, office.path.indexOf(officeId) + 1), league };
  });
  const [top] = onWay;
  if (!top) return () => nothingHidden;
  const asOf = top.league.asOf;
  const [masks, aside] = await Promise.all([
    masksFor(ctx, [office], asOf),
    levelsAside(ctx, campaign, new Set(onWay.map((level) => level.officeId))),
  ]);
  // Who hides an office's people or what these did hides what they did there.
  const isHiddenElsewhere = (officeId: string) => masks({ officeId }).has('activity');
  const units = unitsWithForced(ctx, [...onWay, ...aside], isHiddenElsewhere);
  const { figures } = top.league.office;
  const isExact = seesExactly(ctx, { path: [...top.path] });
  const forced = forcedOfSum(units.get(top.officeId) ?? []);
  const isTopElsewhere = isHiddenElsewhere(top.officeId);
  const hidden = new Map<string, Hidden>([
    [top.officeId, ownHidden({ figures, isExact, forced, isHiddenElsewhere: isTopElsewhere }, nothingHidden)],
  ]);
  for (const { officeId } of onWay) {
    const found = hiddenOf(units.get(officeId) ?? [], hidden.get(officeId) ?? nothingHidden);
    for (const [id, groups] of found) hidden.set(id, groups);
  }
  return (id) => hidden.get(id) ?? nothingHidden;
}

/** The offices above the reader's own that lie beside the way. */
async function levelsAside(ctx: Ctx, campaign: Campaign, onWay: ReadonlySet<string>): Promise<Level[]> {
  const own = scopesOf(ctx.actor, rolesSeeingFigures).filter((id) => id !== '*');
  if (own.length === 0) return [];
  const ways = await waysTo(ctx.db.read, { officeId: campaign.officeId, own });
  const levels = ways
    .filter(({ officeId, path }) => !onWay.has(officeId) && !seesExactly(ctx, { path: [...path] }))
    .map(async ({ officeId, path }) => ({
      ...{ officeId, path },
      league: await keptLeague(ctx, campaign, officeId),
    }));
  return (await Promise.all(levels)).flatMap(({ league, ...level }) =>
    league ? [{ ...level, league }] : [],
  );
}

/** The offices below each level, from the lowest up: an office hides what would give away the lone one below it. */
function unitsWithForced(
  ctx: Ctx,
  levels: readonly Level[],
  isHiddenElsewhere: (officeId: string) => boolean,
): Map<string, MaskedUnit[]> {
  const unitsOf = new Map<string, MaskedUnit[]>();
  for (const { officeId, path, league } of levels.toSorted((a, b) => b.path.length - a.path.length))
    unitsOf.set(
      officeId,
      league.units.map((unit) => ({
        key: unit.officeId,
        figures: unit.figures,
        isExact: seesExactly(ctx, { path: [...path, unit.officeId] }),
        forced: forcedOfSum(unitsOf.get(unit.officeId) ?? []),
        isHiddenElsewhere: isHiddenElsewhere(unit.officeId),
      })),
    );
  return unitsOf;
}
