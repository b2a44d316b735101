import { fixedClock } from '../kernel/clock.ts';
import type { Ctx } from '../kernel/context.ts';
import { addDays, startOfDay, todayInIndia } from '../kernel/dates.ts';
import { officeByCode } from '../organisations/index.ts';
import { announceCampaign } from './announce-campaign.ts';
import { countCampaigns } from './count-campaigns.ts';
import { foldAllMet } from './keep-folding-met.ts';
import { keepResults } from './keep-results.ts';
import { createCampaign } from './save-campaign.ts';
import { campaignInput } from './schema.ts';
import { campaignByCode } from './stores/campaigns.ts';

/** A week that runs, one that is over with its kept result, and a draft. */
export async function loadDemonstrationCampaigns(ctx: Ctx): Promise<void> {
  if (!(await officeByCode(ctx, 'SW')) || (await campaignByCode(ctx.db.read, 'sadhana'))) return;
  const today = todayInIndia(ctx.clock);
  const over = addDays(today, -40);
  const common = { officeCode: 'SW', tags: ['ai', 'cyber'] };
  const then = { ...ctx, clock: fixedClock(addHours(startOfDay(over), 10).toISOString()) };
  await enter(then, {
    ...{
      ...common,
      code: 'sadhana-purva',
      titleHi: 'सीखने का सप्ताह: पिछला',
      titleEn: 'Learning week: the last one',
    },
    ...{ fromDay: over, toDay: addDays(over, 13), hours: 1 },
  });
  await announceCampaign(then, 'sadhana-purva');
  await enter(ctx, {
    ...{ ...common, code: 'sadhana', titleHi: 'साधना पखवाड़ा: एआई और साइबर सुरक्षा' },
    ...{ titleEn: 'Sadhana fortnight: AI and cyber security', hours: 1, orderNumber: 'नमूना/साधना/2026-1' },
    ...{ fromDay: addDays(today, -9), toDay: addDays(today, 4) },
  });
  await announceCampaign(ctx, 'sadhana');
  await enter(ctx, {
    ...{ code: 'suraksha', officeCode: 'SW', titleHi: 'साइबर सुरक्षा सप्ताह', titleEn: 'Cyber security week' },
    ...{ fromDay: addDays(today, 30), toDay: addDays(today, 36), hours: 2, tags: ['cyber'] },
  });
  await countCampaigns(ctx);
  await keepResults(ctx);
  await foldAllMet(ctx);
}

async function enter(ctx: Ctx, given: Record<string, unknown>): Promise<void> {
  await createCampaign(ctx, campaignInput.parse(given));
}

function addHours(instant: Date, hours: number): Date {
  return new Date(instant.getTime() + hours * 3_600_000);
}
