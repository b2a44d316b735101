import type { Ctx } from '../../kernel/context.ts';
import { auditForgotten, keptSince } from '../../people/index.ts';
import { deleteClosedHelp } from './store.ts';

/** Deletes questions with their answers 400 days after they were closed, as the privacy notice says. */
export async function forgetClosed(ctx: Ctx): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const deleted = await deleteClosedHelp(tx, keptSince(ctx));
    if (deleted > 0) await auditForgotten(tx, ctx, { of: 'help', deleted });
  });
}
