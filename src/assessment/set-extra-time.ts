import { audit } from '../kernel/audit.ts';
import { type Ctx, personIdOf, requireRole } from '../kernel/context.ts';
import { todayInIndia } from '../kernel/dates.ts';
import { notFound } from '../kernel/errors.ts';
import { lockGroup } from '../kernel/facts.ts';
import { newId } from '../kernel/ids.ts';
import { holdsRoleOver } from '../organisations/index.ts';
import { deskOfPerson } from '../people/index.ts';
import { nodalRoles } from './policy.ts';
import { type ExtraTime, endExtraTime, extraTimeOf, insertExtraTime } from './stores/extra-time.ts';

/** Whether the actor is a nodal officer over where this person is posted; never over himself. */
export async function mayGiveTime(ctx: Ctx, personId: string): Promise<boolean> {
  if (personIdOf(ctx.actor) === personId) return false;
  const { office } = await deskOfPerson(ctx, personId);
  return office !== undefined && holdsRoleOver(ctx, nodalRoles, office.path);
}

/**
 * Gives a person more time in tests that begin from now on, in percent, or ends it with 0. The reason is neither
 * asked nor kept: it is nobody's business but the officer's who decides.
 */
export async function setExtraTime(
  ctx: Ctx,
  personId: string,
  given: { percent: number; untilDay: string | null },
): Promise<void> {
  requireRole(ctx, nodalRoles);
  if (!(await mayGiveTime(ctx, personId))) throw notFound();
  await ctx.db.transaction(async (tx) => {
    await lockGroup(tx, [personId], 'wait');
    const now = ctx.clock.now();
    await endExtraTime(tx, personId, now);
    const { percent, untilDay } = given;
    const by = personIdOf(ctx.actor) ?? null;
    if (percent > 0) await insertExtraTime(tx, personId, { id: newId(), percent, untilDay, now, by });
    await audit(tx, ctx, {
      action: percent > 0 ? 'extra_time.set' : 'extra_time.ended',
      subjectKind: 'person',
      subjectId: personId,
      personId,
      detail: percent > 0 ? { percent, untilDay } : {},
    });
  });
}

export function currentExtraTime(ctx: Ctx, personId: string): Promise<ExtraTime | undefined> {
  return extraTimeOf(ctx.db.read, personId, todayInIndia(ctx.clock));
}
