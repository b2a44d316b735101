import { audit } from '../../kernel/audit.ts';
import type { Ctx } from '../../kernel/context.ts';
import { deleteDecidedRequests } from './store.ts';

const keptDays = 400;

/** Before this instant nothing is kept of what the privacy notice promises to keep for 400 days. */
export function keptSince(ctx: Ctx): Date {
  return new Date(ctx.clock.now().getTime() - keptDays * 24 * 3_600_000);
}

/** Deletes requests 400 days after their decision, as the privacy notice says; what they led to stays. */
export async function forgetDecided(ctx: Ctx): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const deleted = await deleteDecidedRequests(tx, keptSince(ctx));
    if (deleted > 0) await auditForgotten(tx, ctx, { of: 'requests', deleted });
  });
}

/** That old records went, and how many; whose they were is not written down again. */
export function auditForgotten(
  tx: Parameters<typeof audit>[0],
  ctx: Ctx,
  what: { of: string; deleted: number },
): Promise<void> {
  return audit(tx, ctx, {
    action: 'records.forgotten',
    subjectKind: 'retention',
    subjectId: what.of,
    detail: { deleted: what.deleted },
  });
}
