import { audit } from '../../kernel/audit.ts';
import type { Ctx } from '../../kernel/context.ts';
import type { Tx } from '../../kernel/db.ts';
import { requireMayAct } from '../policy.ts';
import { beingPublished, subjectOf } from '../put-in-force.ts';
import { endBuild, lockBuild } from '../stores/builds.ts';
import { lockOrder, type OrderRow, orderByNumber } from '../stores/orders.ts';

/** A publication that failed is not tried again: the order is a draft as before, which may be rewritten. */
export async function giveUpPublication(ctx: Ctx, number: string): Promise<OrderRow> {
  const draft = await requireMayAct(ctx, await orderByNumber(ctx.db.read, number));
  await ctx.db.transaction((tx) => giveUpFailed(tx, ctx, draft));
  return draft;
}

/** In a transaction of the caller; refused while the work goes on. */
export async function giveUpFailed(tx: Tx, ctx: Ctx, draft: OrderRow): Promise<void> {
  const buildId = (await lockOrder(tx, draft.mandateId))?.buildId;
  const build = buildId ? await lockBuild(tx, buildId) : undefined;
  if (!build) return;
  if (!build.failedAt) throw beingPublished(draft.number);
  const now = ctx.clock.now();
  await endBuild(tx, { buildId: build.buildId, now, failure: build.failure ?? undefined });
  await audit(tx, ctx, { action: 'mandate.publication_given_up', ...subjectOf(draft) });
}
