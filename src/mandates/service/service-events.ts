import { type Ctx, personIdOf, requirePerson } from '../../kernel/context.ts';
import { requireDecider } from '../deciding.ts';
import { eventsOf, type RemovedEventRow, removedEventsOf, type ServiceEventRow } from './store.ts';

/** One entry as this reader may see it: without its reason where that is not his to read. */
export type ServiceEvent = ServiceEventRow & { mayReadReason: boolean };

/** What is recorded of a person's service, for the nodal officer over him. */
export async function serviceEventsOf(ctx: Ctx, personId: string): Promise<ServiceEvent[]> {
  await requireDecider(ctx, personId);
  return (await eventsOf(ctx.db.read, personId)).map((row) => shownTo(ctx, row));
}

/** What is recorded of one's own service. */
export async function ownServiceEvents(ctx: Ctx): Promise<ServiceEvent[]> {
  const rows = await eventsOf(ctx.db.read, requirePerson(ctx));
  return rows.map((row) => shownTo(ctx, row));
}

/** An entry that was taken back; its reason is read by the person and by who took it back. */
export type RemovedEvent = RemovedEventRow & { mayReadReason: boolean };

export async function removedServiceEventsOf(ctx: Ctx, personId: string): Promise<RemovedEvent[]> {
  await requireDecider(ctx, personId);
  return removedShownTo(ctx, personId);
}

export function ownRemovedServiceEvents(ctx: Ctx): Promise<RemovedEvent[]> {
  return removedShownTo(ctx, requirePerson(ctx));
}

async function removedShownTo(ctx: Ctx, personId: string): Promise<RemovedEvent[]> {
  const reader = personIdOf(ctx.actor);
  return (await removedEventsOf(ctx.db.read, personId)).map((row) => {
    const mayReadReason = reader !== undefined && (reader === row.personId || reader === row.removedBy);
    return { ...row, reason: mayReadReason ? row.reason : null, mayReadReason };
  });
}

/** A reason is read by the person and by who recorded it, and by nobody else of whatever role. */
function shownTo(ctx: Ctx, row: ServiceEventRow): ServiceEvent {
  const reader = personIdOf(ctx.actor);
  const mayReadReason = reader !== undefined && (reader === row.personId || reader === row.recordedBy);
  return { ...row, reason: mayReadReason ? row.reason : null, mayReadReason };
}
