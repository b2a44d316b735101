import type { Ctx } from '../kernel/context.ts';
import { formatDay, startOfDay, todayInIndia } from '../kernel/dates.ts';
import { translator } from '../kernel/i18n.ts';
import type { HomeNotice } from '../learning/index.ts';
import { servedLately } from './stores/statements.ts';

/** A statement that was served waits on the person's home as long as he may object. */
export async function statementNotices(ctx: Ctx, personId: string): Promise<HomeNotice[]> {
  const served = await servedLately(ctx.db, personId, todayInIndia(ctx.clock));
  const t = translator(ctx.language);
  return served.map(({ statementNo, year, servedOn, objectionUntil }) => ({
    key: `statement-${statementNo}`,
    text: t('appraisal.homeServed', { year, day: formatDay(objectionUntil, ctx.language) }),
    href: `/statement/${statementNo}`,
    madeAt: startOfDay(servedOn),
    until: objectionUntil,
  }));
}
