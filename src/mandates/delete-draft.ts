import { audit } from '../kernel/audit.ts';
import type { Ctx } from '../kernel/context.ts';
import { notFound, Refusal } from '../kernel/errors.ts';
import { giveUpFailed } from './builds/give-up-publication.ts';
import { requireMayAct } from './policy.ts';
import { subjectOf } from './put-in-force.ts';
import { draftCiting, lockOrder, type OrderRow, orderById, removeDraft } from './stores/orders.ts';

/** A draft that binds nobody and is wanted by nobody goes, by whoever may write it; its number is free again. */
export async function deleteDraft(
  ctx: Ctx,
  { mandateId, digest }: { mandateId: string; digest: string },
): Promise<OrderRow> {
  const draft = await requireMayAct(ctx, await orderById(ctx.db.read, mandateId));
  await ctx.db.transaction(async (tx) => {
    await lockOrder(tx, mandateId);
    const held = await orderById(tx, mandateId);
    if (held?.state !== 'draft') throw notFound();
    if (held.digest !== digest) throw otherThanSeen(held.number);
    const citing = await draftCiting(tx, mandateId);
    if (citing) throw isCited(held.number, citing);
    if (held.buildId) await giveUpFailed(tx, ctx, held);
    await removeDraft(tx, mandateId);
    await audit(tx, ctx, { action: 'mandate.draft_deleted', ...subjectOf(held) });
  });
  return draft;
}

function otherThanSeen(number: string): Refusal {
  const text = {
    hi: `आदेश ${number} का प्रारूप इस बीच बदल गया है। इसे फिर से पढ़कर हटाएँ।`,
    en: `The draft of order ${number} has been changed meanwhile. Read it again before you delete it.`,
  };
  return new Refusal('conflict', text, { reason: 'changed_meanwhile' });
}

function isCited(number: string, citing: string): Refusal {
  const text = {
    hi: `प्रारूप ${citing} में आदेश ${number} का उल्लेख है; पहले उसे हटाएँ या बदलें।`,
    en: `The draft ${citing} cites order ${number}; delete or change that one first.`,
  };
  return new Refusal('conflict', text, { reason: 'cited_by_draft' });
}
