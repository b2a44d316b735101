import type { Ctx } from '../kernel/context.ts';
import { formatDay, startOfDay, todayInIndia } from '../kernel/dates.ts';
import { translator } from '../kernel/i18n.ts';
import type { HomeNotice } from '../learning/index.ts';
import { type Served, servedLately } from './stores/statements.ts';

/** A statement that was served waits on the person's home as long as he may object; what became of his objection too. */
export async function statementNotices(ctx: Ctx, personId: string): Promise<HomeNotice[]> {
  const served = await servedLately(ctx.db, personId, todayInIndia(ctx.clock));
  return served.map((one) => {
    const { statementNo, servedOn, objectionUntil, objection, decidedAt } = one;
    const until = objection ? {} : { until: objectionUntil };
    const madeAt = decidedAt ?? startOfDay(servedOn);
    return {
      key: `statement-${statementNo}`,
      text: textOf(ctx, one),
      href: `/statement/${statementNo}`,
      madeAt,
      ...until,
    };
  });
}

function textOf({ language }: Ctx, { year, objectionUntil, objection, cameBy, isCorrected }: Served): string {
  const t = translator(language);
  const words = { year, day: formatDay(objectionUntil, language) };
  if (objection === 'open') return t('appraisal.homeDisputed', words);
  if (objection) return t('appraisal.homeRejected', words);
  if (cameBy) return t(cameBy === 'partly' ? 'appraisal.homePartly' : 'appraisal.homeUpheld', words);
  return t(isCorrected ? 'appraisal.homeCorrected' : 'appraisal.homeServed', words);
}
