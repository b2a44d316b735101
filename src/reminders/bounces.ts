import { audit } from '../kernel/audit.ts';
import { type Ctx, requireRole, scopesOf } from '../kernel/context.ts';
import { todayInIndia } from '../kernel/dates.ts';
import { notFound, Refusal } from '../kernel/errors.ts';
import { mobileOf } from '../people/index.ts';
import { rolesCorrecting } from './policy.ts';
import {
  type BouncedPerson,
  bouncedPersons,
  countBounced,
  forgetBounce,
  isAddressWithin,
  keepBounce,
} from './stores/bounces.ts';
import type { Channel } from './stores/rules.ts';
import { sendingByReference, settle } from './stores/sendings.ts';

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
  if (!(await isAddressWithin(ctx.db.read, { address, channel, scopes }))) throw notFound();
  await keepReported(ctx, { address, channel, reason: input.reason ?? null });
}

export type DeliveryReport = { reference: string; state: 'delivered' | 'failed'; reason?: string };

/** A gateway's report on one SMS, by the reference that went with it; an address that failed is held back. */
export async function recordReport(ctx: Ctx, report: DeliveryReport): Promise<void> {
  const scopes = requireRole(ctx, ['operator']);
  const sending = await sendingByReference(ctx.db.read, report.reference);
  const address = sending?.address;
  if (!address || !(await isAddressWithin(ctx.db.read, { address, channel: sending.channel, scopes })))
    throw notFound();
  const state = report.state === 'delivered' ? 'sent' : 'failed';
  const reason = report.state === 'delivered' ? 'delivered' : 'reported_failed';
  await ctx.db.transaction((tx) => settle(tx, [sending.sendingId], { state, reason, now: ctx.clock.now() }));
  if (state === 'failed')
    await keepReported(ctx, { address, channel: sending.channel, reason: report.reason ?? null });
}

type Reported = { address: string; channel: Channel; reason: string | null };

async function keepReported(ctx: Ctx, { address, channel, reason }: Reported): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    await keepBounce(tx, { address, channel, reason, source: 'report', now: ctx.clock.now() });
    await audit(tx, ctx, {
      ...{ action: 'reminder.bounce_recorded', subjectKind: 'reminder_bounce', subjectId: channel },
    });
  });
}

type Page = { items: BouncedPerson[]; next: string | null };

/** People of one's offices whose address takes no messages. */
export async function bouncedAddresses(ctx: Ctx, wish: { after?: string; limit: number }): Promise<Page> {
  const scopes = requireRole(ctx, rolesCorrecting);
  const day = todayInIndia(ctx.clock);
  const rows = await bouncedPersons(ctx.db.read, { scopes, day, after: wish.after, limit: wish.limit + 1 });
  const items = rows.slice(0, wish.limit);
  return { items, next: rows.length > wish.limit ? (items.at(-1)?.personId ?? null) : null };
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
