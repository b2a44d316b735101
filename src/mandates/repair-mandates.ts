import type { Ctx } from '../kernel/context.ts';
import { settleMandates } from './settle.ts';
import { askRecount } from './stores/touched.ts';

/** Counts everybody under every order anew, and sums by office and area. */
export async function repairMandates(ctx: Ctx): Promise<void> {
  await ctx.db.transaction(askRecount);
  await settleMandates(ctx);
}
