import { audit } from '../kernel/audit.ts';
import { type Ctx, requireRole, scopesOf } from '../kernel/context.ts';
import { todayInIndia } from '../kernel/dates.ts';
import type { Tx } from '../kernel/db.ts';
import { notFound, Refusal } from '../kernel/errors.ts';
import { mobileOf } from '../people/index.ts';
import { rolesCorrecting } from './policy.ts';
import {
  type BouncedPerson,
  type BouncePlace,
  bouncedPersons,
  countBounced,
  forgetBounce,
  forgetBounceBefore,
  holderOf,
  isAddressWithin,
  isPersonWithin,
  keepBounce,
} from './stores/bounces.ts';
import type { Channel } from './stores/rules.ts';
import { type SendingRow, sendingByReference, settleCarrier } from './stores/sendings.ts';

/** A mobile as ten digits, or an address in small letters, with the channel that it belongs to. */
export function addressOf(text: string): { address: string; channel: Channel } {
  const mobile = mobileOf(text);
  if (mobile) return { address: mobile, channel: 'sms' };
  const address = text.trim().toLowerCase();
  if (/^[^\s@]+@[^\s@]+$/.test(address)) return { address, channel: 'mail' };
  throw new Refusal(
    'invalid',
    { hi: 'मोबाइल नंबर या ई-मेल पता दें।', en: 'Give a mobile number or an e-mail address.' },
    { reason: 'no_address' },
  );
}

/** An address that takes no messages, told by a mail server's later answer or a gateway. */
export async function recordBounce(ctx: Ctx, input: { address: string; reason?: string }): Promise<void> {
  const scopes = requireRole(ctx, ['operator']);
  const { address, channel } = addressOf(input.address);
  const today = todayInIndia(ctx.clock);
  if (!(await isAddressWithin(ctx.db.read, { address, channel, scopes, today }))) throw notFound();
  const personId = await holderOf(ctx.db.read, { address, channel });
  const told = { reason: input.reason ?? null, messageAt: null };
  await ctx.db.transaction((tx) => keepReported(tx, ctx, { address, channel, personId, ...told }));
}

export type DeliveryReport = { reference: string; state: 'delivered' | 'failed'; reason?: string };

/**
 * A gateway's report on one SMS, by the reference that went with it. The address that it went to is held back where
 * it failed, and taken up again where a message arrived after all.
 */
export async function recordReport(ctx: Ctx, report: DeliveryReport): Promise<void> {
  const scopes = requireRole(ctx, ['operator']);
  const today = todayInIndia(ctx.clock);
  const sending = await sendingByReference(ctx.db.read, report.reference);
  if (!sending || !(await isPersonWithin(ctx.db.read, { personId: sending.personId, scopes, today })))
    throw notFound();
  const now = ctx.clock.now();
  await ctx.db.transaction(async (tx) => {
    if (report.state === 'delivered') {
      await settleCarrier(tx, sending.sendingId, { state: 'sent', reason: 'delivered', now });
      return takeUpAgain(tx, ctx, sending);
    }
    await settleCarrier(tx, sending.sendingId, { state: 'failed', reason: 'reported_failed', now });
    const { address, channel, claimedAt, personId } = sending;
    const told = { reason: report.reason ?? null, messageAt: claimedAt };
    await keepReported(tx, ctx, { address, channel, personId, ...told });
  });
}

async function takeUpAgain(tx: Tx, ctx: Ctx, { address, channel, claimedAt, personId }: SendingRow) {
  if (!(await forgetBounceBefore(tx, { address, channel, arrivedFrom: claimedAt }))) return;
  await audit(tx, ctx, {
    ...{ action: 'reminder.bounce_cleared', subjectKind: 'person', subjectId: personId, personId },
    detail: { channel },
  });
}

type Reported = {
  address: string;
  channel: Channel;
  personId: string | undefined;
  reason: string | null;
  messageAt: Date | null;
};

async function keepReported(tx: Tx, ctx: Ctx, { personId, ...reported }: Reported): Promise<void> {
  await keepBounce(tx, { ...reported, source: 'report', now: ctx.clock.now() });
  const { channel } = reported;
  const whose = personId
    ? { subjectKind: 'person', subjectId: personId, personId }
    : { subjectKind: 'reminder_bounce', subjectId: channel };
  await audit(tx, ctx, { action: 'reminder.bounce_recorded', ...whose, detail: { channel } });
}

type Page = { items: BouncedPerson[]; next: string | null };
type Wish = { after?: string; limit: number };

/** People of one's offices whose address takes no messages. */
export async function bouncedAddresses(ctx: Ctx, wish: Wish): Promise<Page> {
  const scopes = requireRole(ctx, rolesCorrecting);
  const day = todayInIndia(ctx.clock);
  const rows = await bouncedPersons(ctx.db.read, {
    scopes,
    day,
    after: placeOf(wish.after),
    limit: wish.limit + 1,
  });
  const items = rows.slice(0, wish.limit);
  const last = items.at(-1);
  return { items, next: rows.length > wish.limit && last ? `${last.personId}.${last.channel}` : null };
}

function placeOf(text = ''): BouncePlace | undefined {
  const [, personId, channel] = /^([0-9a-f-]{36})\.(mail|sms)$/.exec(text) ?? [];
  return personId && channel ? { personId, channel: channel === 'mail' ? 'mail' : 'sms' } : undefined;
}

export async function countBouncedAddresses(ctx: Ctx): Promise<number> {
  const scopes = scopesOf(ctx.actor, rolesCorrecting);
  return scopes.length === 0 ? 0 : countBounced(ctx.db.read, { scopes, day: todayInIndia(ctx.clock) });
}

/** The nodal officer has made sure that the address is right: messages go there again. */
export async function clearBounce(ctx: Ctx, input: { personId: string; channel: Channel }): Promise<void> {
  const scopes = requireRole(ctx, rolesCorrecting);
  const day = todayInIndia(ctx.clock);
  const { personId, channel } = input;
  const rows = await bouncedPersons(ctx.db.read, { scopes, day, personId, limit: 2 });
  const bounce = rows.find((row) => row.channel === channel);
  if (!bounce) throw notFound();
  await ctx.db.transaction(async (tx) => {
    await forgetBounce(tx, { address: bounce.address, channel });
    await audit(tx, ctx, {
      ...{ action: 'reminder.bounce_cleared', subjectKind: 'person', subjectId: personId, personId },
      detail: { channel },
    });
  });
}
