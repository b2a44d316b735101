import { z } from 'zod';
import { type Ctx, requirePerson } from '../kernel/context.ts';
import { todayInIndia } from '../kernel/dates.ts';
import type { App } from '../kernel/feature.ts';
import { whole, wholeList } from '../kernel/lists.ts';
import { minutesPerHead, unrankedReasons } from './league-places.ts';
import { type LeagueRow, leagueView } from './league-view.ts';
import { type OwnCampaign, ownCampaigns } from './own-campaigns.ts';
import { readCampaign } from './policy.ts';
import { sizeClasses, stateOf, states } from './state.ts';
import { announcedCampaigns, type Campaign } from './stores/campaigns.ts';

const tags = ['campaigns'];
const config = { access: 'signed-in' } as const;
const byCode = z.object({ code: z.string().max(60) });
const paged = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  after: z.string().max(60).optional().describe('The code of the last one read'),
});
const titles = z.object({ hi: z.string(), en: z.string().nullable() });
const office = z.object({ code: z.string(), nameHi: z.string(), nameEn: z.string().nullable() });
const campaignShape = z.object({
  code: z.string(),
  title: titles,
  office,
  state: z.enum(states),
  from: z.string().describe('The first India day'),
  to: z.string().describe('The last India day'),
  targetMinutes: z.number().describe('Asked of each person'),
  tags: z.array(z.string()).describe('Emphasised topics; all courses count'),
  orderNumber: z.string().nullable(),
  cancelReason: z.string().nullable(),
});
const count = z.number().nullable();
const rowShape = office.extend({
  sizeClass: z
    .enum(sizeClasses.map((one) => one.key))
    .nullable()
    .describe('20–99, 100–499, 500–4,999, 5,000 people and more; null below 20'),
  rank: count.describe('By minutes a head among the offices of its size class in this answer'),
  unranked: z
    .enum(unrankedReasons)
    .nullable()
    .describe(
      'Why it has no rank: fewer than 20 people; figures of its size class are hidden from the reader, then nobody of it has one; the only one of its size. Null of `office`, which is compared with nobody here',
    ),
  people: count.describe('Registered today, or on the last day'),
  completions: count,
  minutes: count.describe('campaign_minutes: of completions of those posted there on the day of completing'),
  minutesPerHead: count,
  met: count.describe('campaign_met: people who met the target'),
  later: z
    .object({ completions: z.number(), minutes: z.number(), met: z.number() })
    .nullable()
    .describe('What was recorded since the result was kept, for holders of a figure role'),
  masked: z.array(z.string()),
});
const ownShape = campaignShape.extend({
  daysLeft: z.number(),
  minutes: z.number(),
  courses: z.number(),
  metOn: z.string().nullable().describe('The day on which the target was met'),
});

export function campaignsApi(app: App): void {
  const summary = 'Learning weeks that were announced, the newest first';
  const response = { 200: z.object({ items: z.array(campaignShape), next: z.string().nullable() }) };
  app.get(
    '/api/v1/campaigns',
    { config, schema: { tags, summary, querystring: paged, response } },
    (request) => listOf(request.ctx, request.query),
  );
  app.get(
    '/api/v1/campaigns/:code',
    {
      config,
      schema: { tags, summary: 'A learning week', params: byCode, response: { 200: campaignShape } },
    },
    async ({ ctx, params }) => viewOf(ctx, await readCampaign(ctx, params.code)),
  );
  leagueApi(app);
  app.get(
    '/api/v1/me/campaigns',
    {
      config: { access: 'person' },
      schema: {
        tags,
        summary: 'The learning weeks that concern oneself now, and how far one is',
        response: { 200: wholeList(ownShape) },
      },
    },
    async ({ ctx }) => {
      const own = await ownCampaigns(ctx, requirePerson(ctx));
      return whole(own.map((one) => ownView(ctx, one)));
    },
  );
}

function leagueApi(app: App): void {
  const schema = {
    tags,
    summary: 'The offices directly below one, by size class and minutes a head',
    description:
      'Live while the week runs, as kept at its end afterwards. Offices of fewer than 20 people have no figures; counts of 1 to 4 are masked outside one’s own subtree. A size class without ranks is in the order of its codes.',
    params: byCode,
    querystring: z.object({
      office: z.string().max(200).optional().describe('Default: the office of the week'),
    }),
    response: {
      200: z.object({
        asOf: z.string(),
        isKept: z.boolean().describe('The figures are those of the end and change no more'),
        office: rowShape,
        items: z.array(rowShape),
      }),
    },
  };
  app.get('/api/v1/campaigns/:code/league', { config, schema }, async ({ ctx, params, query }, reply) => {
    const campaign = await readCampaign(ctx, params.code);
    const league = await leagueView(ctx, campaign, query.office);
    // All are answered from one look a second.
    reply.header('cache-control', 'private, max-age=1');
    return {
      asOf: league.asOf,
      isKept: campaign.keptAt !== null,
      office: rowView(league.office),
      items: league.rows.map(rowView),
    };
  });
}

async function listOf(ctx: Ctx, { limit, after }: z.output<typeof paged>) {
  const rows = await announcedCampaigns(ctx.db.read, { limit: limit + 1, ...(after ? { after } : {}) });
  const shown = rows.slice(0, limit);
  return {
    items: shown.map((row) => viewOf(ctx, row)),
    next: rows.length > limit ? (shown.at(-1)?.code ?? null) : null,
  };
}

function viewOf(ctx: Ctx, campaign: Campaign) {
  const { code, titleHi, titleEn, officeCode, officeHi, officeEn, fromDay, toDay } = campaign;
  const { targetMinutes, orderNumber, cancelReason } = campaign;
  return {
    ...{
      code,
      title: { hi: titleHi, en: titleEn },
      targetMinutes,
      tags: campaign.tags,
      orderNumber,
      cancelReason,
    },
    office: { code: officeCode, nameHi: officeHi, nameEn: officeEn },
    state: stateOf(campaign, todayInIndia(ctx.clock)),
    ...{ from: fromDay, to: toDay },
  };
}

function ownView(ctx: Ctx, { campaign, daysLeft, minutes, courses, metOn }: OwnCampaign) {
  return { ...viewOf(ctx, campaign), daysLeft, minutes, courses, metOn };
}

function rowView(row: LeagueRow) {
  const { code, nameHi, nameEn, sizeClass, rank, people, completions, minutes, met, later, masked } = row;
  return {
    code,
    nameHi,
    nameEn,
    sizeClass,
    rank,
    unranked: row.unranked,
    people,
    completions,
    minutes,
    minutesPerHead: minutesPerHead(row),
    met,
    later,
    masked,
  };
}
