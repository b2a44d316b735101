import type { Ctx } from '../kernel/context.ts';
import { isSendingHour } from './hours.ts';

/** One turn of the worker: it ends when the program is told to stop, and in time for the next. */
export type Turn = { stopping?: AbortSignal; endsAt: number };

const longestMs = 14 * 60_000;

export function beginTurn(stopping?: AbortSignal): Turn {
  return { stopping, endsAt: performance.now() + longestMs };
}

/** Whether a further portion may be begun. */
export function goesOn(ctx: Pick<Ctx, 'clock'>, { stopping, endsAt }: Turn): boolean {
  return !stopping?.aborted && performance.now() < endsAt && isSendingHour(ctx.clock.now());
}
