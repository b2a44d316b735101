import type { Ctx } from '../kernel/context.ts';
import { todayInIndia } from '../kernel/dates.ts';
import { keptForASecond } from './kept-for-a-second.ts';
import { living } from './living.ts';
import { type CampaignState, daysLeft, stateOf } from './state.ts';
import type { Campaign } from './stores/campaigns.ts';
import { coursesTagged, type OwnRow, ownRows, type TaggedCourse } from './stores/own.ts';

export type OwnCampaign = {
  campaign: Campaign;
  state: CampaignState;
  daysLeft: number;
  minutes: number;
  courses: number;
  metOn: string | null;
  path: string[] | null;
  /** Courses on the emphasised topics that the person has not completed. */
  suggested: TaggedCourse[];
};

/** The campaigns that concern a person now: before, while and shortly after they run; what runs first. */
export async function ownCampaigns(ctx: Ctx, personId: string): Promise<OwnCampaign[]> {
  const campaigns = await living(ctx);
  if (campaigns.length === 0) return [];
  const today = todayInIndia(ctx.clock);
  const rows = new Map((await ownRows(ctx.db, personId, today)).map((row) => [row.campaignId, row]));
  const own = campaigns.flatMap((campaign) => {
    const row = rows.get(campaign.campaignId);
    return row ? [{ campaign, row }] : [];
  });
  return Promise.all(own.map(({ campaign, row }) => ownOf(ctx, campaign, row)));
}

async function ownOf(ctx: Ctx, campaign: Campaign, row: OwnRow): Promise<OwnCampaign> {
  const today = todayInIndia(ctx.clock);
  const { minutes, courses, metOn, path } = row;
  const done = new Set(row.doneCourses);
  return {
    ...{ campaign, minutes, courses, metOn, path },
    state: stateOf(campaign, today),
    daysLeft: daysLeft(campaign, today),
    suggested: (await taggedCourses(ctx, campaign)).filter((course) => !done.has(course.courseId)),
  };
}

/** The same for everybody, so read once a second. */
export function taggedCourses(
  ctx: Pick<Ctx, 'db'>,
  { tags }: Pick<Campaign, 'tags'>,
): Promise<TaggedCourse[]> {
  if (tags.length === 0) return Promise.resolve([]);
  return keptForASecond(ctx.db, `courses ${tags.join(' ')}`, () => coursesTagged(ctx.db.read, tags));
}
