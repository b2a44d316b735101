import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type Ctx, personIdOf, requirePerson, scopesOf } from '../../kernel/context.ts';
import { todayInIndia } from '../../kernel/dates.ts';
import type { App } from '../../kernel/feature.ts';
import { sendFile } from '../../kernel/http/send-file.ts';
import { sendPage } from '../../shell/site/index.ts';
import { takeLeague } from '../league-csv.ts';
import { isLikeEverybody, leagueView } from '../league-view.ts';
import { ownCampaigns, taggedCourses } from '../own-campaigns.ts';
import { mayManage, readCampaign, rolesCampaigning } from '../policy.ts';
import { stateOf } from '../state.ts';
import { badgesOf } from '../stores/own.ts';
import { CampaignPage } from './campaign-page.tsx';
import { leagueQuery, sendLeague } from './league-page.tsx';
import { OwnCampaignsPage } from './own-page.tsx';
import { type Say, sayIn, titleOf } from './words.ts';

const params = z.object({ code: z.string().max(60) });
const query = z.object({ office: z.string().max(200).optional() });

export function learnerRoutes(app: App): void {
  app.get('/campaigns', { config: { access: 'person' }, schema: { hide: true } }, sendOwn);
  app.get(
    '/campaigns/:code',
    { config: { access: 'signed-in' }, schema: { params, querystring: query, hide: true } },
    (request, reply) => sendCampaign(request, reply, { ...request.params, ...request.query }),
  );
  app.get(
    '/campaigns/:code/league',
    { config: { access: 'signed-in' }, schema: { params, querystring: leagueQuery, hide: true } },
    (request, reply) => sendLeague(request, reply, { ...request.params, ...request.query }),
  );
  app.get(
    '/campaigns/:code/league.csv',
    { config: { access: 'signed-in', file: 'league' }, schema: { params, querystring: query, hide: true } },
    async (request, reply) => {
      const campaign = await readCampaign(request.ctx, request.params.code);
      const league = await leagueView(request.ctx, campaign, request.query.office);
      const { code } = league.office;
      const body = await takeLeague(request.ctx, campaign, league);
      return sendFile(reply, { name: `${campaign.code}-${code}`, format: 'csv', body });
    },
  );
}

async function sendOwn(request: FastifyRequest, reply: FastifyReply) {
  const { ctx } = request;
  const say = sayIn(ctx.language);
  const personId = requirePerson(ctx);
  const [own, badges] = await Promise.all([ownCampaigns(ctx, personId), badgesOf(ctx.db.read, personId)]);
  const title = say.t('campaigns.ownTitle');
  return sendPage(
    request,
    reply,
    { title, area: 'learner', activeLink: 'home' },
    <OwnCampaignsPage {...{ own, badges, say }} />,
  );
}

async function sendCampaign(
  request: FastifyRequest,
  reply: FastifyReply,
  asked: { code: string; office?: string | undefined },
) {
  const { ctx } = request;
  const say = sayIn(ctx.language);
  const campaign = await readCampaign(ctx, asked.code);
  const state = stateOf(campaign, todayInIndia(ctx.clock));
  const hasLeague = state === 'running' || state === 'ended';
  const personId = personIdOf(ctx.actor);
  const [own, league, courses] = await Promise.all([
    personId ? ownCampaigns(ctx, personId) : [],
    hasLeague ? leagueView(ctx, campaign, asked.office) : undefined,
    taggedCourses(ctx, campaign),
  ]);
  const mine = own.find((one) => one.campaign.campaignId === campaign.campaignId);
  return sendPage(
    request,
    reply,
    {
      ...{ title: titleOf(campaign, say), area: personId ? 'learner' : 'office', activeLink: 'home' },
      breadcrumbs: wayUp(ctx, say),
    },
    <CampaignPage
      {...{ campaign, state, mine, league, courses, say }}
      mayManage={mayManage(ctx, campaign)}
      isShared={isLikeEverybody(ctx)}
    />,
  );
}

/** To the list that led here: the office's for who enters campaigns there, else one's own. */
function wayUp({ actor }: Ctx, { t }: Say) {
  if (scopesOf(actor, rolesCampaigning).length > 0)
    return [{ label: t('campaigns.nav'), href: '/office/campaigns' }];
  return personIdOf(actor) ? [{ label: t('campaigns.ownTitle'), href: '/campaigns' }] : [];
}
