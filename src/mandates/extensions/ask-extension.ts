import type { z } from 'zod';
import { audit } from '../../kernel/audit.ts';
import { type Ctx, requirePerson } from '../../kernel/context.ts';
import { addDays, appraisalYear, type Day, formatDay, todayInIndia } from '../../kernel/dates.ts';
import type { Tx } from '../../kernel/db.ts';
import { invalid, notFound, Refusal } from '../../kernel/errors.ts';
import { changeFacts } from '../../kernel/facts.ts';
import { newId } from '../../kernel/ids.ts';
import { type PersonMandate, standingOfPerson } from '../standing.ts';
import { bindingOrders } from '../stores/orders.ts';
import type { extensionInput } from './schema.ts';
import * as store from './store.ts';

/** An order with the keys of those whose place it took: what was asked under them was asked under it. */
export type OwnOrder = PersonMandate & { lineage: string[] };

/**
 * One of the orders that bind the person himself, also by the key of one whose place it took: a notice of before the
 * amendment leads to it too. Another one is not there for him.
 */
export async function ownOrder(ctx: Ctx, mandateId: string): Promise<OwnOrder> {
  const standings = await standingOfPerson(ctx, requirePerson(ctx));
  const orders = await bindingOrders(ctx.db.read);
  const own = standings.map((one) => {
    const { id } = one.mandate;
    return { ...one, lineage: orders.find((order) => order.mandateId === id)?.lineage ?? [id] };
  });
  const order =
    own.find((one) => one.mandate.id === mandateId) ?? own.find((one) => one.lineage.includes(mandateId));
  if (!order) throw notFound();
  return order;
}

/** The person asks for more time under an order that binds him; one request at a time waits for its decision. */
export async function askExtension(
  ctx: Ctx,
  typedId: string,
  given: z.output<typeof extensionInput>,
): Promise<{ id: string }> {
  const personId = requirePerson(ctx);
  const order = await ownOrder(ctx, typedId);
  const mandateId = order.mandate.id;
  if (order.status !== 'open' && order.status !== 'overdue') throw notOpen();
  const after = [order.dueOn ?? '', todayInIndia(ctx.clock)].sort().at(-1) ?? '';
  if (given.until <= after) throw notLater();
  const last = farthest(after);
  if (given.until > last) throw tooFar(last);
  const requestId = newId();
  await ctx.db.transaction((tx) =>
    changeFacts(tx, { ids: [personId] }, async () => {
      const asked = await store.requestsOf(tx, personId);
      if (asked.some((one) => order.lineage.includes(one.mandateId) && one.state === 'asked'))
        throw waiting();
      const { until: askedUntil, reason } = given;
      await store.insertRequest(tx, {
        personId,
        requestId,
        mandateId,
        askedUntil,
        reason,
        now: ctx.clock.now(),
      });
      const detail = { mandate: order.mandate.number, until: askedUntil };
      const subject = { subjectKind: 'extension_request', subjectId: requestId };
      await audit(tx, ctx, { action: 'extension.asked', ...subject, personId, detail });
    }),
  );
  return { id: requestId };
}

export async function withdrawExtension(ctx: Ctx, requestId: string): Promise<void> {
  const personId = requirePerson(ctx);
  await ctx.db.transaction((tx) =>
    changeFacts(tx, { ids: [personId] }, async () => {
      await requireOpenRequest(tx, { personId, requestId });
      await store.withdrawRow(tx, { personId, requestId });
      const subject = { subjectKind: 'extension_request', subjectId: requestId };
      await audit(tx, ctx, { action: 'extension.withdrawn', ...subject, personId });
    }),
  );
}

export async function requireOpenRequest(
  tx: Tx,
  key: { personId: string; requestId: string },
): Promise<store.ExtensionRow> {
  const request = await store.requestById(tx, key);
  if (!request) throw notFound();
  if (request.state === 'asked') return request;
  const text = { hi: 'इस अनुरोध पर निर्णय हो चुका है।', en: 'This request has been decided.' };
  throw new Refusal('conflict', text, { reason: 'already_decided' });
}

function notOpen(): Refusal {
  const text = {
    hi: 'यह आदेश पूर्ण हो चुका है या इससे छूट है; समय बढ़ाने की आवश्यकता नहीं।',
    en: 'This order is met, or you are exempt: no more time is needed.',
  };
  return new Refusal('conflict', text, { reason: 'order_not_open' });
}

function notLater(): Refusal {
  const text = {
    hi: 'अंतिम तिथि और आज, दोनों के बाद की तिथि दें।',
    en: 'Give a day after the due day and after today.',
  };
  return invalid([{ path: 'until', code: 'not_later', text }], text);
}

/** The end of the reporting year after the one of the due day: a year more is nearly always a slip. */
function farthest(after: Day): Day {
  return appraisalYear(addDays(appraisalYear(after).to, 1)).to;
}

function tooFar(last: Day): Refusal {
  const text = {
    hi: `समय अधिक से अधिक ${formatDay(last, 'hi')} तक माँगा जा सकता है; वर्ष जाँच लें।`,
    en: `Time can be asked for until ${formatDay(last, 'en')} at most; look at the year again.`,
  };
  return invalid([{ path: 'until', code: 'too_far', text }], text);
}

function waiting(): Refusal {
  const text = {
    hi: 'आपका एक अनुरोध पहले से निर्णय की प्रतीक्षा में है।',
    en: 'One request of yours waits for its decision already.',
  };
  return new Refusal('conflict', text, { reason: 'already_asked' });
}
