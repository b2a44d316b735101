import type { z } from 'zod';
import { audit } from '../../kernel/audit.ts';
import type { Ctx } from '../../kernel/context.ts';
import { todayInIndia } from '../../kernel/dates.ts';
import { invalid, Refusal } from '../../kernel/errors.ts';
import { changeFacts } from '../../kernel/facts.ts';
import { newId } from '../../kernel/ids.ts';
import { endPostingsAtDeath } from '../../people/index.ts';
import { requireDecider } from '../deciding.ts';
import { ofPerson } from '../stores/persons.ts';
import { kindsOfOneDay, type serviceInput } from './schema.ts';
import { insertEvent, overlaps } from './store.ts';
import { tellingMovedDays } from './tell-moved-days.ts';

export type ServiceInput = z.output<typeof serviceInput>;

/**
 * Records a fact of a person's service; the due days of orders follow. Its reason stays with who records it and
 * the person, so the trail does not repeat it.
 */
export async function recordServiceEvent(
  ctx: Ctx,
  personId: string,
  given: ServiceInput,
): Promise<{ id: string }> {
  const { by, officeId } = await requireDecider(ctx, personId);
  refuseImpossible(ctx, given);
  const isOfOneDay = kindsOfOneDay.includes(given.kind);
  const event = {
    personId,
    serviceEventId: newId(),
    kind: given.kind,
    startsOn: given.startsOn,
    endsOn: isOfOneDay ? given.startsOn : (given.endsOn ?? null),
    orderNumber: given.orderNumber ?? null,
    reason: given.reason ?? null,
    recordedBy: by,
    now: ctx.clock.now(),
  };
  await ctx.db.transaction((tx) =>
    changeFacts(tx, { ids: [personId] }, async () => {
      if (await overlaps(tx, event)) throw overlapping();
      await tellingMovedDays(tx, ctx, { source: ofPerson(personId), work: () => insertEvent(tx, event) });
      if (given.kind === 'death' && given.endPostings)
        await endPostingsAtDeath(tx, ctx, { personId, endsOn: given.startsOn });
      await audit(tx, ctx, {
        action: 'service.recorded',
        subjectKind: 'service_event',
        subjectId: event.serviceEventId,
        personId,
        officeId,
        detail: { startsOn: event.startsOn, endsOn: event.endsOn, orderNumber: event.orderNumber },
      });
    }),
  );
  return { id: event.serviceEventId };
}

/** What no page asks about, since it cannot be. */
export function refuseImpossible(ctx: Ctx, given: ServiceInput): void {
  if (!kindsOfOneDay.includes(given.kind) || given.startsOn <= todayInIndia(ctx.clock)) return;
  const text = { hi: 'यह तिथि भविष्य की है।', en: 'This date lies in the future.' };
  throw invalid([{ path: 'startsOn', code: 'future_date', text }], text);
}

export function overlapping(): Refusal {
  return new Refusal(
    'conflict',
    {
      hi: 'इन दिनों की ऐसी प्रविष्टि पहले से है। पहले उसे समाप्त करें या हटाएँ।',
      en: 'Such an entry covers some of these days already. End it or take it back first.',
    },
    { reason: 'service_overlaps' },
  );
}
