import { monthBefore, readAsOf } from '../../insight/index.ts';
import type { Ctx } from '../../kernel/context.ts';
import type { Day } from '../../kernel/dates.ts';

/** The day asked for, if it is before the sheet's own; a month before where it is not, or none is asked for. */
export function comparedDay(ctx: Ctx, text: string | undefined, asOf: Day): Day {
  const day = text?.trim() ? readAsOf(ctx, text, 'compare') : asOf;
  return day < asOf ? day : monthBefore(asOf);
}
