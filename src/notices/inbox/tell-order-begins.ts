import type { Ctx } from '../../kernel/context.ts';
import { addDays, todayInIndia } from '../../kernel/dates.ts';
import type { Attempt } from '../../kernel/jobs.ts';
import { type OrderBeginning, ordersBeginning, settleToTell } from '../../mandates/index.ts';
import { insertBegun } from './store.ts';

/** Whoever was on leave, or came with a roster that was late, hears of it so many days after. */
const newsForDays = 30;
const portion = 20_000;

/**
 * Everybody whom an order has begun to bind hears of it once, in the inbox; mail and SMS come with the reminders.
 * Told is told by what is in the inbox, so that a run that was killed is gone on with, and begun again does no harm.
 */
export async function tellOrdersBegun(
  ctx: Ctx,
  { stopping, size = portion }: { stopping?: AbortSignal; size?: number } = {},
): Promise<number> {
  if (!(await settleToTell(ctx))) return 0;
  let told = 0;
  for (const order of await ordersBeginning(ctx, newsAt(ctx))) {
    for (let after: string | null = null; !stopping?.aborted; ) {
      const done: Begun = await tellSome(ctx, { order, after, size });
      told += done.told;
      after = done.lastPersonId;
      if (after === null) break;
    }
  }
  return told;
}

export async function ordersBegunJob(ctx: Ctx, _payload: unknown, attempt?: Attempt): Promise<void> {
  await tellOrdersBegun(ctx, { stopping: attempt?.stopping });
}

function newsAt(ctx: Ctx) {
  const asOf = todayInIndia(ctx.clock);
  return { asOf, since: addDays(asOf, -newsForDays) };
}

type Begun = { lastPersonId: string | null; told: number };

function tellSome(
  ctx: Ctx,
  { order, after, size }: { order: OrderBeginning; after: string | null; size: number },
): Promise<Begun> {
  const { asOf, since } = newsAt(ctx);
  const { mandateId, number } = order;
  const detail = {
    titleHi: order.titleHi ?? order.titleEn ?? number,
    titleEn: order.titleEn ?? order.titleHi ?? number,
  };
  return ctx.db.longTransaction((tx) =>
    insertBegun(tx, { mandateId, detail, asOf, since, after, size, now: ctx.clock.now() }),
  );
}
