import { audit } from '../../kernel/audit.ts';
import type { Ctx } from '../../kernel/context.ts';
import type { Tx } from '../../kernel/db.ts';
import { invalid, notFound } from '../../kernel/errors.ts';
import { changeFacts } from '../../kernel/facts.ts';
import { newId } from '../../kernel/ids.ts';
import { requireDecider } from '../deciding.ts';
import { ofPerson } from '../stores/persons.ts';
import { overlapping } from './record-service-event.ts';
import type { ServiceEventKey } from './schema.ts';
import { insertEvent, liveEvent, overlaps, type ServiceEventRow, voidEvent } from './store.ts';
import { tellingMovedDays } from './tell-moved-days.ts';

/**
 * Says on which day an absence ended: the person is back the day after. The entry without an end is kept, voided,
 * beside the one with it, so that what was known on any day can be told.
 */
export async function endServiceEvent(
  ctx: Ctx,
  key: ServiceEventKey,
  { endsOn }: { endsOn: string },
): Promise<{ id: string }> {
  const { by } = await requireDecider(ctx, key.personId);
  const id = newId();
  await ctx.db.transaction((tx) =>
    changeFacts(tx, { ids: [key.personId] }, async () => {
      const event = await requireEvent(tx, key);
      if (endsOn < event.startsOn) throw endsBefore();
      const ended = { ...event, serviceEventId: id, endsOn, now: ctx.clock.now() };
      if (await overlaps(tx, { ...ended, exceptId: key.serviceEventId })) throw overlapping();
      const voiding = { personId: key.personId, id: key.serviceEventId, now: ended.now, by, reason: 'ended' };
      await tellingMovedDays(tx, ctx, {
        source: ofPerson(key.personId),
        work: async () => {
          await voidEvent(tx, voiding);
          await insertEvent(tx, ended);
        },
      });
      await audit(tx, ctx, {
        action: 'service.ended',
        subjectKind: 'service_event',
        subjectId: id,
        personId: key.personId,
        detail: { before: event.endsOn, endsOn, instead: key.serviceEventId },
      });
    }),
  );
  return { id };
}

/** Takes an entry back that should not have been made. */
export async function takeBackServiceEvent(
  ctx: Ctx,
  key: ServiceEventKey,
  given: { reason: string },
): Promise<void> {
  const { by } = await requireDecider(ctx, key.personId);
  await ctx.db.transaction((tx) =>
    changeFacts(tx, { ids: [key.personId] }, async () => {
      await requireEvent(tx, key);
      const voiding = { personId: key.personId, id: key.serviceEventId, now: ctx.clock.now(), by };
      await tellingMovedDays(tx, ctx, {
        source: ofPerson(key.personId),
        work: () => voidEvent(tx, { ...voiding, reason: given.reason }),
      });
      await audit(tx, ctx, {
        action: 'service.taken_back',
        subjectKind: 'service_event',
        subjectId: key.serviceEventId,
        personId: key.personId,
      });
    }),
  );
}

async function requireEvent(tx: Tx, key: ServiceEventKey): Promise<ServiceEventRow> {
  const event = await liveEvent(tx, key);
  if (!event) throw notFound();
  return event;
}

function endsBefore() {
  const text = { hi: 'अंतिम दिन पहले दिन से पहले का है।', en: 'The last day lies before the first.' };
  return invalid([{ path: 'endsOn', code: 'service_ends_before', text }], text);
}
