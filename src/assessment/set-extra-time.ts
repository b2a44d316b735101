import { audit } from '../kernel/audit.ts';
import { type Ctx, personIdOf, requireRole } from '../kernel/context.ts';
import { todayInIndia } from '../kernel/dates.ts';
import { invalid, notFound } from '../kernel/errors.ts';
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

export type GivenTime = { percent: number; untilDay: string | null; reason: string };

/**
 * Gives a person more time in tests that begin from now on, in percent, or ends it with 0. The reason is the order
 * or rule behind it: kept with the grant for whoever may give time, while the trail says who, when and how much.
 */
export async function setExtraTime(ctx: Ctx, personId: string, given: GivenTime): Promise<void> {
  requireRole(ctx, nodalRoles);
  if (!(await mayGiveTime(ctx, personId))) throw notFound();
  if (given.untilDay && given.untilDay < todayInIndia(ctx.clock)) throw dayIsPast();
  await ctx.db.transaction(async (tx) => {
    await lockGroup(tx, [personId], 'wait');
    const { percent, untilDay, reason } = given;
    const act = { now: ctx.clock.now(), by: personIdOf(ctx.actor) ?? null, reason };
    const ended = await endExtraTime(tx, personId, act);
    if (percent === 0 && ended === 0) return;
    const extraTimeId = newId();
    if (percent > 0) await insertExtraTime(tx, personId, { ...act, id: extraTimeId, percent, untilDay });
    await audit(tx, ctx, {
      action: percent > 0 ? 'extra_time.set' : 'extra_time.ended',
      subjectKind: 'person',
      subjectId: personId,
      personId,
      detail: percent > 0 ? { extraTimeId, percent, untilDay } : {},
    });
  });
}

function dayIsPast() {
  const text = { hi: 'यह दिन बीत चुका है।', en: 'This day is past.' };
  return invalid([{ path: 'untilDay', code: 'day_is_past', text }], text);
}

/** What is in force for a person, for whoever may give it. */
export async function visibleExtraTime(ctx: Ctx, personId: string): Promise<ExtraTime | undefined> {
  requireRole(ctx, nodalRoles);
  if (!(await mayGiveTime(ctx, personId))) throw notFound();
  return currentExtraTime(ctx, personId);
}

export function currentExtraTime(ctx: Ctx, personId: string): Promise<ExtraTime | undefined> {
  return extraTimeOf(ctx.db.read, personId, todayInIndia(ctx.clock));
}
