import type { Ctx } from '../kernel/context.ts';
import type { Day } from '../kernel/dates.ts';
import type { OfficeRow } from '../organisations/index.ts';
import { officeNotFound } from './as-of.ts';
import { type Figures, peopleFigures } from './figures.ts';
import { seesExactly } from './office-summary.ts';
import { countedAgainIn, type PartBound } from './stores/again.ts';
import { countedAsOf } from './stores/counters.ts';
import { type Counted, countedColumns, nothingCounted } from './vector.ts';

/**
 * The figures (people view) of parts of an office's people that have no counters: what is counted at the bounds of
 * each part, added and taken off, less whoever is counted there more than once. Exact, and only where the actor sees so.
 */
export async function partFigures(
  ctx: Ctx,
  wish: { office: OfficeRow; asOf: Day; bounds: readonly PartBound[] },
): Promise<Map<string, Figures>> {
  const { office, asOf, bounds } = wish;
  if (!seesExactly(ctx, office)) throw officeNotFound();
  const ids = [...new Set(bounds.map((one) => one.officeId))];
  const [counted, again] = await Promise.all([
    countedAsOf(ctx.db.read, ids, [asOf]),
    countedAgainIn(ctx.db.read, { officeId: office.officeId, asOf, bounds }),
  ]);
  const byOffice = new Map(counted.map((row) => [row.officeId, row]));
  const sums = new Map<string, Counted>(bounds.map(({ part }) => [part, nothingCounted]));
  const add = (part: string, row: Partial<Counted> | undefined, sign: number) => {
    const sum = sums.get(part);
    if (sum && row) sums.set(part, plus(sum, row, sign));
  };
  for (const { part, officeId, sign } of bounds) add(part, byOffice.get(officeId), sign);
  for (const row of again) add(row.part, row, -1);
  return new Map([...sums].map(([part, sum]) => [part, peopleFigures(sum)]));
}

function plus(sum: Counted, row: Partial<Counted>, sign: number): Counted {
  return Object.fromEntries(
    countedColumns.map((name) => [name, sum[name] + sign * (row[name] ?? 0)]),
  ) as Counted;
}
