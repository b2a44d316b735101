import type { z } from 'zod';
import { audit } from '../../kernel/audit.ts';
import type { Ctx } from '../../kernel/context.ts';
import { todayInIndia } from '../../kernel/dates.ts';
import { invalid, notFound, Refusal } from '../../kernel/errors.ts';
import { changeFacts } from '../../kernel/facts.ts';
import { newId } from '../../kernel/ids.ts';
import { plainNumber } from '../../kernel/text/index.ts';
import { requireNamedDecider } from '../deciding.ts';
import { tellOrderEvent } from '../order-events.ts';
import type { ExemptionKey, exemptionInput } from './schema.ts';
import {
  exemptionOverlaps,
  insertExemption,
  liveExemption,
  type OrderChoice,
  ordersOver,
  voidExemption,
} from './store.ts';

/**
 * Exempts a person from one order between two days. Who grants it is its approver, by name; nobody exempts himself.
 * When the last day has passed the person is bound as before: nothing has to be done then.
 */
export async function grantExemption(
  ctx: Ctx,
  personId: string,
  given: z.output<typeof exemptionInput>,
): Promise<{ id: string }> {
  const { by, officeId } = await requireNamedDecider(ctx, personId);
  const order = await orderChosen(ctx, personId, given.mandate);
  if (!order) throw unknownOrder();
  const exemption = {
    ...{ personId, exemptionId: newId(), mandateId: order.mandateId, by, now: ctx.clock.now() },
    ...{ reasonClass: given.reasonClass, reason: given.reason ?? null, orderNumber: given.orderNumber },
    ...{ startsOn: given.startsOn, endsOn: given.endsOn ?? null },
  };
  await ctx.db.transaction((tx) =>
    changeFacts(tx, { ids: [personId] }, async () => {
      if (await exemptionOverlaps(tx, exemption)) throw overlapping();
      await insertExemption(tx, exemption);
      const { startsOn, endsOn, orderNumber } = exemption;
      await audit(tx, ctx, {
        action: 'exemption.granted',
        subjectKind: 'exemption',
        subjectId: exemption.exemptionId,
        personId,
        officeId,
        detail: { mandate: order.number, startsOn, endsOn, orderNumber },
      });
      await tellOrderEvent(tx, ctx, {
        ...{ ...order, kind: 'exempted', personIds: [personId], href: '/my-service' },
      });
    }),
  );
  return { id: exemption.exemptionId };
}

/** The order over a person with this plain number: older ones stand as they were typed. */
export async function orderChosen(
  ctx: Ctx,
  personId: string,
  number: string,
): Promise<OrderChoice | undefined> {
  const orders = await ordersOver(ctx.db.read, personId, todayInIndia(ctx.clock));
  return orders.find((one) => plainNumber(one.number) === number);
}

/** Takes an exemption back: it never was. To end one early, take it back and grant the shorter one. */
export async function takeBackExemption(
  ctx: Ctx,
  key: ExemptionKey,
  given: { reason: string },
): Promise<void> {
  const { by } = await requireNamedDecider(ctx, key.personId);
  await ctx.db.transaction((tx) =>
    changeFacts(tx, { ids: [key.personId] }, async () => {
      const held = await liveExemption(tx, key);
      if (!held) throw notFound();
      const voiding = { personId: key.personId, id: key.exemptionId, now: ctx.clock.now(), by };
      await voidExemption(tx, { ...voiding, reason: given.reason });
      await audit(tx, ctx, {
        action: 'exemption.taken_back',
        subjectKind: 'exemption',
        subjectId: key.exemptionId,
        personId: key.personId,
        detail: { mandate: held.mandateNumber },
      });
      const { titleHi, titleEn } = held;
      const personIds = [held.personId];
      const kind = 'exemption_taken_back';
      await tellOrderEvent(tx, ctx, { kind, personIds, titleHi, titleEn, href: '/my-service' });
    }),
  );
}

function unknownOrder(): Refusal {
  const text = {
    hi: 'इस संख्या का कोई प्रकाशित आदेश इस कार्मिक पर लागू नहीं है।',
    en: 'No published order of this number covers this person.',
  };
  return invalid([{ path: 'mandate', code: 'unknown_order', text }], text);
}

function overlapping(): Refusal {
  return new Refusal(
    'conflict',
    {
      hi: 'इस आदेश से इन दिनों की छूट पहले से है। पहले उसे हटाएँ।',
      en: 'An exemption from this order covers some of these days already. Take it back first.',
    },
    { reason: 'exemption_overlaps' },
  );
}
