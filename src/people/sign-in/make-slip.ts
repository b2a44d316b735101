import { audit } from '../../kernel/audit.ts';
import { type Ctx, personIdOf } from '../../kernel/context.ts';
import { digestOf, newId } from '../../kernel/ids.ts';
import { requireHelpable } from './policy.ts';
import { inGroups, newSlipKey } from './slip-key.ts';
import { insertSlip } from './stores/slips.ts';

export const slipDays = 14;

export type MadeSlip = { key: string; expiresAt: Date };

/** Makes the slip for a person without a phone. Its key is known now and never again. */
export async function makeSlip(ctx: Ctx, personId: string): Promise<MadeSlip> {
  await requireHelpable(ctx, personId);
  const key = newSlipKey();
  const slipId = newId();
  const now = ctx.clock.now();
  const expiresAt = new Date(now.getTime() + slipDays * 24 * 3_600_000);
  await ctx.db.transaction(async (tx) => {
    const madeBy = personIdOf(ctx.actor) ?? null;
    await insertSlip(tx, { personId, slipId, keyDigest: digestOf(key), now, madeBy, expiresAt });
    const subject = { subjectKind: 'sign_in_slip', subjectId: slipId, personId };
    await audit(tx, ctx, { action: 'slip.made', ...subject });
  });
  return { key: inGroups(key), expiresAt };
}
