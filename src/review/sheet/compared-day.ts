import { monthBefore, readAsOf } from '../../insight/index.ts';
import type { Ctx } from '../../kernel/context.ts';
import type { Day } from '../../kernel/dates.ts';

/** The day asked for; a month before where none is. Never later than the sheet's own. */
export function comparedDay(ctx: Ctx, text: string | undefined, asOf: Day): Day {
  const day = text?.trim() ? readAsOf(ctx, text) : monthBefore(asOf);
  return day < asOf ? day : asOf;
}
