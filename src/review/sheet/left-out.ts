import { nodeFigures } from '../../insight/index.ts';
import type { OfficeRow } from '../../organisations/index.ts';
import { type AreaRow, statesOfRoot } from '../stores/areas.ts';
import type { NodeScene } from './scene.ts';
import type { LeftOut } from './shape.ts';

/** Fewer are not told (METRICS: small cells), since a sheet travels. */
const leastTold = 5;

/**
 * How many of a government's people an area's sheet leaves out. Where all its offices stand in one state, those of no
 * area: they are in no area's sheet. Where there are several, a state's sheet leaves out those of the others too, and of
 * what lies below it the number is not known without reckoning each person once.
 */
export async function leftOutOf(
  { ctx, asOf }: NodeScene,
  area: AreaRow,
  { officeId }: OfficeRow,
): Promise<LeftOut | null> {
  const states = await statesOfRoot(ctx.db.read);
  const lone = states.length === 1 ? states[0] : undefined;
  const inside = lone ?? (area.kind === 'state' ? area : undefined);
  if (!inside) return null;
  const found = await nodeFigures(ctx, { nodeIds: [officeId, inside.nodeId], asOf });
  const whole = found.get(officeId)?.registered ?? null;
  const here = found.get(inside.nodeId)?.registered ?? null;
  if (whole === null || here === null) return null;
  const people = whole - here;
  return {
    why: lone ? 'noArea' : 'elsewhere',
    people: people > 0 && people < leastTold ? null : people,
    whole,
  };
}
