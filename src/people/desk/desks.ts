import type { Ctx } from '../../kernel/context.ts';
import { todayInIndia } from '../../kernel/dates.ts';
import type { Tx } from '../../kernel/db.ts';
import {
  type HomeOffice,
  homeOffice,
  nearestNodalOffice,
  nodalOfficersAt,
  nodalOfficersOf,
} from './stores/desks.ts';

export type PersonDesk = { office: HomeOffice | undefined; nodalOfficeId: string | null };

/**
 * Where a person's questions lie: the office of the main posting, and the nearest one up the tree whose nodal
 * officer is not that person. Null where there is none: then it is the operators'.
 */
export async function deskOfPerson(ctx: Ctx, personId: string): Promise<PersonDesk> {
  const today = todayInIndia(ctx.clock);
  const office = await homeOffice(ctx.db.read, { personId, today });
  if (!office) return { office, nodalOfficeId: null };
  const wish = { path: office.path, today, exceptPersonId: personId };
  return { office, nodalOfficeId: await nearestNodalOffice(ctx.db.read, wish) };
}

/** Persons who are nodal officers of the nearest office up this path, to be told of something. */
export async function nodalOfficersFor(tx: Tx, ctx: Ctx, path: readonly string[]): Promise<string[]> {
  const today = todayInIndia(ctx.clock);
  const officeId = await nearestNodalOffice(tx, { path, today });
  return officeId ? nodalOfficersOf(tx, { officeId, today }) : [];
}

/** How many nodal officers each of these offices has today, by its id; an office without any is not in the answer. */
export function countNodalOfficers(
  ctx: Pick<Ctx, 'db' | 'clock'>,
  officeIds: readonly string[],
): Promise<Map<string, number>> {
  return nodalOfficersAt(ctx.db.read, { officeIds, today: todayInIndia(ctx.clock) });
}
