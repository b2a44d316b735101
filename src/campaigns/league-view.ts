import { seesExactly } from '../insight/index.ts';
import { type Ctx, scopesOf } from '../kernel/context.ts';
import { todayInIndia } from '../kernel/dates.ts';
import { unauthenticated } from '../kernel/errors.ts';
import { type OfficeRow, officeByCode, rolesSeeingFigures } from '../organisations/index.ts';
import { keptForASecond } from './kept-for-a-second.ts';
import { keptLeague, type LeagueUnit, waysWithin } from './league.ts';
import { type Hidden, hiddenOnWay } from './league-hidden.ts';
import { placed, type UnplacedRow, type Unranked } from './league-places.ts';
import { campaignNotFound, requireNotCancelled } from './policy.ts';
import { type SizeClass, sizeClassOf } from './state.ts';
import type { Campaign } from './stores/campaigns.ts';

export type LeagueRow = {
  officeId: string;
  code: string;
  nameHi: string;
  nameEn: string | null;
  hasBelow: boolean;
  /** Null below 20 people: then nothing is shown and nothing ranked. */
  sizeClass: SizeClass | null;
  people: number | null;
  completions: number | null;
  minutes: number | null;
  /** People who met the target. */
  met: number | null;
  /** Among the offices of its class on this page, by minutes a head. */
  rank: number | null;
  /** Why it has none; null of the office above them, which is compared with nobody here. */
  unranked: Unranked | null;
  /** For holders of a figure role over the office alone. */
  later: LeagueUnit['later'];
  /** Figures that are hidden, since they would tell of single people. */
  masked: string[];
};

export type LeagueView = {
  asOf: string;
  office: LeagueRow;
  /** From the campaign's office down to this one. */
  way: Pick<OfficeRow, 'code' | 'nameHi' | 'nameEn'>[];
  rows: LeagueRow[];
};

/**
 * The league of the offices directly below one, as the actor may see it: exactly where he holds a figure role,
 * elsewhere masked from the campaign's office down, so that an office looks alike on every page.
 */
export async function leagueView(ctx: Ctx, campaign: Campaign, officeCode?: string): Promise<LeagueView> {
  if (ctx.actor.kind === 'anonymous') throw unauthenticated();
  requireNotCancelled(campaign);
  const view = () => viewOf(ctx, campaign, officeCode);
  if (!isLikeEverybody(ctx)) return view();
  const key = `view ${campaign.campaignId} ${campaign.keptAt ? 'kept' : 'live'} ${officeCode ?? ''} ${todayInIndia(ctx.clock)}`;
  return keptForASecond(ctx.db, key, view);
}

/** Whoever holds no figure role is shown what all others without one are shown. */
export function isLikeEverybody(ctx: Ctx): boolean {
  return ctx.actor.kind !== 'system' && scopesOf(ctx.actor, rolesSeeingFigures).length === 0;
}

async function viewOf(ctx: Ctx, campaign: Campaign, officeCode?: string): Promise<LeagueView> {
  const office = await officeByCode(ctx, officeCode ?? campaign.officeCode);
  const [wayIds] = office ? await waysWithin(ctx, campaign, [office.officeId]) : [];
  if (!office || !wayIds) throw campaignNotFound();
  const leagues = await Promise.all(wayIds.map((id) => keptLeague(ctx, campaign, id)));
  const whole = leagues.filter((league) => league !== undefined);
  const last = whole.at(-1);
  if (!last || whole.length < wayIds.length) throw campaignNotFound();
  const hidden = await hiddenOnWay(ctx, campaign, whole);
  const isExact = seesExactly(ctx, office);
  const row = (unit: LeagueUnit) => rowOf(unit, hidden(unit.officeId), { isExact });
  return {
    asOf: last.asOf,
    office: { ...row(last.office), rank: null, unranked: null },
    way: whole.map(({ office: { code, nameHi, nameEn } }) => ({ code, nameHi, nameEn })),
    rows: placed(last.units.map(row)),
  };
}

function rowOf(unit: LeagueUnit, hidden: Hidden, { isExact }: { isExact: boolean }): UnplacedRow {
  const { people, completions, minutes, met } = unit.figures;
  const sizeClass = sizeClassOf(people);
  const isDoneHidden = hidden.has('done');
  // The people go with what they did: a lone small office's could else be had from its sisters'.
  const masked = [
    ...(isDoneHidden ? ['people', 'completions', 'minutes'] : []),
    ...(hidden.has('met') ? ['met'] : []),
  ];
  return {
    ...{ officeId: unit.officeId, code: unit.code, nameHi: unit.nameHi, nameEn: unit.nameEn },
    ...{ hasBelow: unit.hasBelow, sizeClass },
    people: isDoneHidden ? null : people,
    completions: isDoneHidden ? null : completions,
    minutes: isDoneHidden ? null : minutes,
    met: hidden.has('met') ? null : met,
    later: isExact ? unit.later : null,
    masked,
  };
}
