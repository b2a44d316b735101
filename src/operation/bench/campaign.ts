import {
  announceCampaign,
  campaignInput,
  cancelCampaign,
  countCampaigns,
  createCampaign,
} from '../../campaigns/index.ts';
import { addDays, todayInIndia } from '../../kernel/dates.ts';
import { type BenchWorld, makeQuizCourses } from './bench-world.ts';
import { measureCompletions } from './learning.ts';
import { requestText } from './load.ts';
import { type Benchmark, measure, requireStatus } from './measure.ts';

const clients = 256;

/** As at ten o'clock on the first day: each with his own minutes, all with the same league. */
export const campaign: Benchmark = {
  name: 'campaign',
  what: 'the page of a learning week that runs, with the league of the root, opened by everybody at once',
  run: (world) =>
    whileRunning(world, `BENCH-PAGE${world.run}`, async (path) => {
      const headers = (cookie: string) => ({ cookie, accept: 'text/html', 'accept-encoding': 'gzip, br' });
      const requests = world.callers.map(({ cookie }) => requestText({ path, headers: headers(cookie) }));
      for (const caller of world.callers.slice(0, 20))
        await requireStatus(world, path, headers(caller.cookie));
      const next = (client: number, turn: number) => requests[(client * 97 + turn * 31) % requests.length];
      return measure(world, { ...campaign, clients, next, kind: 'reads' });
    }),
};

export const campaignCompletions: Benchmark = {
  name: 'campaign-completions',
  what: 'the same as completions, while a learning week follows each of them',
  async run(world) {
    const courses = await makeQuizCourses(world.ctx, `BENCH-WEEK${world.run}`);
    return whileRunning(world, `BENCH-WEEK${world.run}`, () =>
      measureCompletions(world, { ...campaignCompletions, courses }),
    );
  },
};

async function whileRunning<T>(
  { ctx }: BenchWorld,
  code: string,
  work: (path: string) => Promise<T>,
): Promise<T> {
  const today = todayInIndia(ctx.clock);
  const days = { fromDay: addDays(today, -7), toDay: addDays(today, 1) };
  const given = {
    code,
    titleHi: 'मापन सप्ताह',
    titleEn: 'Bench week',
    officeCode: 'GEN',
    hours: 1,
    tags: ['ai'],
  };
  await createCampaign(ctx, campaignInput.parse({ ...given, ...days }));
  await announceCampaign(ctx, code);
  await countCampaigns(ctx);
  try {
    return await work(`/campaigns/${code}`);
  } finally {
    // Other benchmarks measure without one.
    await cancelCampaign(ctx, code, { reason: 'measured' });
  }
}
