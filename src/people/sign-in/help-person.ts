import { audit } from '../../kernel/audit.ts';
import { type Ctx, requireRole } from '../../kernel/context.ts';
import type { Tx } from '../../kernel/db.ts';
import { requireHelpable } from './policy.ts';
import { clearSecondFactor, removePin } from './stores/secrets.ts';
import { endSessionsOf } from './stores/sessions.ts';

/** Takes a forgotten PIN away; the person sets a new one with employee code and joining date. */
export async function resetPin(ctx: Ctx, personId: string): Promise<'reset' | 'none'> {
  let outcome: 'reset' | 'none' = 'none';
  await help(ctx, { personId, action: 'pin.reset' }, async (tx) => {
    if (!(await removePin(tx, { personId, now: ctx.clock.now() }))) return 'unchanged';
    await endSessionsOf(tx, { personId }, { now: ctx.clock.now(), reason: 'reset' });
    outcome = 'reset';
  });
  return outcome;
}

/** Ends every session of a person: a phone was lost, or a charge was handed over in haste. */
export async function endSessionsOfPerson(ctx: Ctx, personId: string): Promise<void> {
  await help(ctx, { personId, action: 'session.all_ended' }, async (tx) => {
    await endSessionsOf(tx, { personId }, { now: ctx.clock.now(), reason: 'reset' });
  });
}

/** For who has lost both telephone and recovery codes; an operator's work, after seeing the person. */
export async function resetSecondFactor(ctx: Ctx, personId: string): Promise<void> {
  requireRole(ctx, ['operator']);
  await help(ctx, { personId, action: 'second_factor.reset' }, async (tx) => {
    await clearSecondFactor(tx, personId, ctx.clock.now());
    await endSessionsOf(tx, { personId }, { now: ctx.clock.now(), reason: 'reset' });
  });
}

type Help = { personId: string; action: string };

type Change = (tx: Tx) => Promise<unknown>;

/** What changed nothing leaves no line in the record. */
async function help(ctx: Ctx, { personId, action }: Help, change: Change): Promise<void> {
  await requireHelpable(ctx, personId);
  await ctx.db.transaction(async (tx) => {
    if ((await change(tx)) === 'unchanged') return;
    await audit(tx, ctx, { action, subjectKind: 'person', subjectId: personId, personId });
  });
}
