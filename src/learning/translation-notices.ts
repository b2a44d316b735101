import { ownInvitations } from '../catalogue/index.ts';
import type { Ctx } from '../kernel/context.ts';
import { formatDay } from '../kernel/dates.ts';
import { translator } from '../kernel/i18n.ts';
import { languageName } from '../kernel/languages.ts';
import type { HomeNotice } from './hooks.ts';
import { titleOf } from './pages/words.ts';

/** Who was asked to translate a course finds it on the home, until the day. */
export async function translationNotices(ctx: Ctx): Promise<HomeNotice[]> {
  const t = translator(ctx.language);
  return (await ownInvitations(ctx)).map((row) => ({
    key: `${row.code}-${row.languages.join('-')}`,
    text: t('workflow.homeTranslate', {
      course: titleOf(row, ctx.language).title,
      languages: row.languages.map((one) => languageName(one, t)).join(', '),
      day: formatDay(row.until, ctx.language),
    }),
    href: `/office/courses/${encodeURIComponent(row.code)}/translation?language=${row.languages[0] ?? ''}`,
    madeAt: row.invitedAt,
  }));
}
