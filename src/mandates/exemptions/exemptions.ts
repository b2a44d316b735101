import { type Ctx, personIdOf, requirePerson, requireRole } from '../../kernel/context.ts';
import { todayInIndia } from '../../kernel/dates.ts';
import { requireDecider, rolesDeciding } from '../deciding.ts';
import { type ExemptionInScope, type ExemptionRow, exemptionsOf, runningExemptions } from './store.ts';

/** One exemption as this reader may see it: without its reason where that is not his to read. */
export type Exemption = ExemptionRow & { mayReadReason: boolean };

/** A person's exemptions, the past ones too, for the nodal officer over him. */
export async function exemptionsOfPerson(ctx: Ctx, personId: string): Promise<Exemption[]> {
  await requireDecider(ctx, personId);
  return (await exemptionsOf(ctx.db.read, personId)).map((row) => shownTo(ctx, row));
}

export async function ownExemptions(ctx: Ctx): Promise<Exemption[]> {
  const rows = await exemptionsOf(ctx.db.read, requirePerson(ctx));
  return rows.map((row) => shownTo(ctx, row));
}

/** All that run today in the actor's offices, and those to come; those that end first come first. */
export async function exemptionsInScope(
  ctx: Ctx,
): Promise<(ExemptionInScope & { mayReadReason: boolean })[]> {
  const scopes = requireRole(ctx, rolesDeciding);
  const wish = { scopes, day: todayInIndia(ctx.clock), limit: 500 };
  return (await runningExemptions(ctx.db.read, wish)).map((row) => shownTo(ctx, row));
}

/** A reason is read by the person and by who approved it, and by nobody else of whatever role. */
function shownTo<Row extends ExemptionRow>(ctx: Ctx, row: Row): Row & { mayReadReason: boolean } {
  const reader = personIdOf(ctx.actor);
  const mayReadReason = reader !== undefined && (reader === row.personId || reader === row.approvedBy);
  return { ...row, reason: mayReadReason ? row.reason : null, mayReadReason };
}
