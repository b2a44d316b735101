import type { Ctx } from '../kernel/context.ts';
import type { Day } from '../kernel/dates.ts';
import type { OfficeRow } from '../organisations/index.ts';
import { masksFor } from './office-summary.ts';

/**
 * Says of the offices on the way down to one, of their sisters and of those right below it whether the summaries
 * of a day hide their people or what these completed. Whoever shows such figures beside must hide them too: what two
 * pages hide of different offices is had by subtracting one page from the other.
 */
export async function hiddenInSummary(
  ctx: Ctx,
  office: Pick<OfficeRow, 'officeId' | 'path'>,
  asOf: Day,
): Promise<(officeId: string) => boolean> {
  const masks = await masksFor(ctx, [office], { asOf, view: 'people' });
  return (officeId) => {
    const hidden = masks({ officeId });
    return hidden.has('registered') || hidden.has('done');
  };
}
