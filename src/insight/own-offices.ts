import { type Ctx, scopesOf } from '../kernel/context.ts';
import { type OfficeRow, rolesSeeingFigures } from '../organisations/index.ts';
import { officesByIds, rootOffices } from './stores/offices.ts';

/** The offices at the top of what the actor sees exactly; those below another of them are left out. */
export async function ownOffices(ctx: Ctx): Promise<OfficeRow[]> {
  const scopes = scopesOf(ctx.actor, rolesSeeingFigures);
  if (scopes.includes('*')) return rootOffices(ctx.db.read);
  const offices = await officesByIds(ctx.db.read, [...new Set(scopes)]);
  const ids = new Set(offices.map((office) => office.officeId));
  return offices.filter((office) => !office.path.slice(0, -1).some((above) => ids.has(above)));
}
