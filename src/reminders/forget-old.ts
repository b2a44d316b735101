import type { Ctx } from '../kernel/context.ts';
import { todayInIndia } from '../kernel/dates.ts';
import { auditForgotten } from '../people/index.ts';
import { deleteOld } from './stores/sendings.ts';

/** Deletes digests and messages after 400 days; numbers that had an SMS, after two. */
export async function forgetOldReminders(ctx: Ctx): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const deleted = await deleteOld(tx, todayInIndia(ctx.clock));
    if (deleted > 0) await auditForgotten(tx, ctx, { of: 'reminders', deleted });
  });
}
