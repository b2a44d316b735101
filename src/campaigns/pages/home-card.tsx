import type { Ctx } from '../../kernel/context.ts';
import { Card, Tag } from '../../shell/index.ts';
import { type OwnCampaign, ownCampaigns } from '../own-campaigns.ts';
import { OwnStanding, SuggestedCourses } from './own-standing.tsx';
import { campaignHref, daysText, leftText, type Say, sayIn, seeText, stateTones, titleOf } from './words.ts';

const mostShown = 2;
const coursesShown = 2;

/** The campaigns that run or are to come, at the top of a learner's home. */
export async function homeCard(ctx: Ctx, personId: string) {
  const own = (await ownCampaigns(ctx, personId)).filter(isOnHome);
  const say = sayIn(ctx.language);
  return own.slice(0, mostShown).map((one) => <HomeCampaign key={one.campaign.code} own={one} say={say} />);
}

/** What has ended is told of only to who took part. */
function isOnHome({ state, path, courses }: OwnCampaign): boolean {
  return state === 'ended' ? courses > 0 : path !== null;
}

function HomeCampaign({ own, say }: { own: OwnCampaign; say: Say }) {
  const { campaign, state } = own;
  const href = campaignHref(campaign.code);
  return (
    <Card
      title={titleOf(campaign, say)}
      tone={own.metOn ? 'done' : 'plain'}
      aside={<Tag tone={stateTones[state]}>{leftText(own, say)}</Tag>}
      lead={daysText(campaign, say)}
    >
      <OwnStanding own={own} say={say} />
      {state === 'ended' ? null : (
        <SuggestedCourses courses={own.suggested.slice(0, coursesShown)} tags={campaign.tags} say={say} />
      )}
      <p>
        <a href={href}>{seeText(state, say)}</a>
      </p>
    </Card>
  );
}
