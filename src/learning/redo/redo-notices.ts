import type { Ctx } from '../../kernel/context.ts';
import { translator } from '../../kernel/i18n.ts';
import type { HomeNotice } from '../hooks.ts';
import { courseHref, titleOf } from '../pages/words.ts';
import { redoesOf } from './redo-store.ts';

/** A course that must be done again says so on the home, until it is begun. */
export async function redoNotices(ctx: Ctx, personId: string): Promise<HomeNotice[]> {
  const found = await redoesOf(ctx.db, personId);
  return found.map((row) => ({
    key: row.enrolmentId,
    text: translator(ctx.language)('workflow.homeRedo', { course: titleOf(row, ctx.language).title }),
    href: courseHref(row.code),
    madeAt: row.at,
  }));
}
