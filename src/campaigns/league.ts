import { activityBetween, type NodeActivity } from '../insight/index.ts';
import type { Ctx } from '../kernel/context.ts';
import { todayInIndia } from '../kernel/dates.ts';
import { keptForASecond } from './kept-for-a-second.ts';
import type { Campaign } from './stores/campaigns.ts';
import {
  type LeagueOffice,
  metAt,
  officeWithChildren,
  officeWithChildrenThen,
  resultsAt,
  waysTo,
  waysToThen,
} from './stores/league.ts';

export type UnitFigures = NodeActivity & { met: number };
export type LeagueUnit = LeagueOffice & {
  /** What counts: as of now, or as it was kept at the end. */
  figures: UnitFigures;
  /** What has come since the end was kept; null until then. */
  later: Pick<UnitFigures, 'completions' | 'minutes' | 'met'> | null;
  /** Whether the summaries hid it when the result was kept; null where they are to be asked. */
  wasHidden: boolean | null;
};
export type League = { asOf: string; office: LeagueUnit; units: LeagueUnit[] };

type Asking = Pick<Ctx, 'db' | 'clock'>;

/** An office and those directly below it, unmasked; made once a second for all who look. */
export function keptLeague(ctx: Asking, campaign: Campaign, officeId: string): Promise<League | undefined> {
  const today = todayInIndia(ctx.clock);
  const key = [campaign.campaignId, campaign.keptAt ? 'kept' : 'live', officeId, today].join(' ');
  return keptForASecond(ctx.db, key, () => leagueAt(ctx, campaign, officeId));
}

async function leagueAt(ctx: Asking, campaign: Campaign, officeId: string): Promise<League | undefined> {
  const { campaignId } = campaign;
  const offices = campaign.keptAt
    ? await officeWithChildrenThen(ctx.db.read, { campaignId, officeId })
    : await officeWithChildren(ctx.db.read, officeId);
  const ids = offices.map((office) => office.officeId);
  const asOf = lastDay(ctx, campaign);
  const live = await liveFigures(ctx, campaign, ids);
  const kept = campaign.keptAt ? await resultsAt(ctx.db.read, campaignId, ids) : undefined;
  const units = offices.map((office): LeagueUnit => {
    const now = live.get(office.officeId) ?? nothing;
    if (!kept) return { ...office, figures: now, later: null, wasHidden: null };
    const figures = kept.get(office.officeId) ?? nothing;
    const wasHidden = kept.get(office.officeId)?.isHidden ?? null;
    return { ...office, figures, later: since(figures, now), wasHidden };
  });
  const office = units.find((unit) => unit.officeId === officeId);
  return office && { asOf, office, units: units.filter((unit) => unit !== office) };
}

/** The way from a campaign's office down to each of those given; none to those that lie, or lay at its end, elsewhere. */
export function waysWithin(
  { db }: Pick<Ctx, 'db'>,
  { campaignId, officeId, keptAt }: Campaign,
  officeIds: readonly string[],
): Promise<string[][]> {
  return keptAt
    ? waysToThen(db.read, { campaignId, officeIds })
    : waysTo(db.read, { from: officeId, officeIds });
}

/** Minutes by the activity view, people by the roster, who met the target where he reached it. */
export async function liveFigures(
  ctx: Asking,
  campaign: Pick<Campaign, 'campaignId' | 'fromDay' | 'toDay'>,
  officeIds: readonly string[],
): Promise<Map<string, UnitFigures>> {
  const to = lastDay(ctx, campaign);
  const hasBegun = campaign.fromDay <= to;
  const [done, met] = await Promise.all([
    activityBetween(ctx, { nodeIds: officeIds, from: hasBegun ? campaign.fromDay : to, to }),
    metAt(ctx.db.read, campaign.campaignId, officeIds),
  ]);
  const figuresOf = (figures: NodeActivity, id: string): UnitFigures =>
    hasBegun ? { ...figures, met: met.get(id) ?? 0 } : { ...nothing, people: figures.people };
  return new Map([...done].map(([id, figures]) => [id, figuresOf(figures, id)]));
}

export const nothing: UnitFigures = { people: 0, completions: 0, minutes: 0, met: 0 };

/** Today until it has ended, afterwards its last day. */
export function lastDay(ctx: Pick<Ctx, 'clock'>, { toDay }: Pick<Campaign, 'toDay'>): string {
  const today = todayInIndia(ctx.clock);
  return today < toDay ? today : toDay;
}

function since(kept: UnitFigures, now: UnitFigures): NonNullable<LeagueUnit['later']> {
  return {
    completions: now.completions - kept.completions,
    minutes: now.minutes - kept.minutes,
    met: now.met - kept.met,
  };
}
