import type { Ctx } from '../kernel/context.ts';
import { settleToTell } from '../mandates/index.ts';
import { isSendingHour } from './hours.ts';
import { gatherSteps, makeDigests } from './make-digests.ts';
import { sendMessages } from './send-messages.ts';
import { settleAbandoned } from './stores/sendings.ts';
import { beginTurn } from './turn.ts';

export const remindersJob = 'reminders:run';
const lockNumber = 8_102_064;

/** `recounting`: everybody is counted again, and who has met his order would be told of it; a later turn goes on. */
type Outcome = 'done' | 'busy' | 'closed' | 'recounting';

/**
 * One turn: gathers, makes the digests of the day, sends. One at a time in the whole installation, so what is found
 * half sent belongs to a turn that was killed: nobody knows whether it left, and it is not sent again.
 */
export async function runReminders(ctx: Ctx, stopping?: AbortSignal): Promise<Outcome> {
  if (!isSendingHour(ctx.clock.now())) return 'closed';
  const lock = await ctx.db.bulk.connect();
  try {
    const taken = await lock.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [
      lockNumber,
    ]);
    if (!taken.rows[0]?.mine) return 'busy';
    try {
      await ctx.db.transaction((tx) => settleAbandoned(tx, ctx.clock.now()));
      if (!(await settleToTell(ctx))) return 'recounting';
      const turn = beginTurn(stopping);
      await gatherSteps(ctx, turn);
      await makeDigests(ctx, turn);
      await sendMessages(ctx, turn);
      return 'done';
    } finally {
      await lock.query('select pg_advisory_unlock($1)', [lockNumber]);
    }
  } finally {
    lock.release();
  }
}
