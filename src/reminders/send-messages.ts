import { deliver, failureOf, type Message } from '../kernel/channels/index.ts';
import type { Ctx } from '../kernel/context.ts';
import { type Day, todayInIndia } from '../kernel/dates.ts';
import type { Tx } from '../kernel/db.ts';
import { settleMandates } from '../mandates/index.ts';
import { isSendingHour } from './hours.ts';
import { sendableChannels, smsTemplate } from './sendable.ts';
import { keepBounce } from './stores/bounces.ts';
import { type DigestLine, openLines } from './stores/digests.ts';
import type { Channel } from './stores/rules.ts';
import {
  alsoAtNumber,
  markSending,
  nextWaiting,
  type Settlement,
  settle,
  takeNumber,
  type Waiting,
} from './stores/sendings.ts';
import { languageOf, mailText, smsText } from './texts.ts';

/** So many leave side by side; so many are unknown at most where the program is killed. */
const atOnce = 8;
const mostAttempts = 3;
const restMs = 14 * 60_000;
/** A server that takes nothing so often is left alone until the next turn. */
const mostInARow = 16;

/** Sends what waits, as long as the hours allow: claimed first and committed, sent then, and its end written down. */
export async function sendMessages(ctx: Ctx): Promise<void> {
  const closed = new Map<Channel, number>();
  const open = () => sendableChannels(ctx.config).filter((one) => (closed.get(one) ?? 0) < mostInARow);
  while (isSendingHour(ctx.clock.now()) && open().length > 0) {
    await settleMandates(ctx);
    const claimed = await claim(ctx, open());
    if (claimed.looked === 0) return;
    await Promise.all(
      claimed.messages.map(async (one) => {
        const isDown = await sendOne(ctx, one);
        closed.set(one.waiting.channel, isDown ? (closed.get(one.waiting.channel) ?? 0) + 1 : 0);
      }),
    );
  }
}

type Claimed = { waiting: Waiting; message: Message };

async function claim(ctx: Ctx, channels: Channel[]): Promise<{ looked: number; messages: Claimed[] }> {
  return ctx.db.transaction(async (tx) => {
    const now = ctx.clock.now();
    const day = todayInIndia(ctx.clock);
    const rows = await nextWaiting(tx, { day, now, channels, limit: atOnce });
    const messages: Claimed[] = [];
    const settled = new Set<string>();
    for (const one of rows) {
      if (settled.has(one.sendingId)) continue;
      const others = one.channel === 'sms' && one.address ? await alsoAtNumber(tx, { day, one }) : [];
      for (const { sendingId } of [one, ...others]) settled.add(sendingId);
      const message = await prepare(tx, ctx, { one, others, day });
      if (message) messages.push({ waiting: one, message });
    }
    const ids = messages.map((one) => one.waiting.sendingId);
    if (ids.length > 0) await markSending(tx, ids, now);
    return { looked: rows.length, messages };
  });
}

type Prepared = { one: Waiting; others: Waiting[]; day: Day };

/** The message that leaves now, or none, with the reason written down. */
async function prepare(tx: Tx, ctx: Ctx, { one, others, day }: Prepared): Promise<Message | undefined> {
  const now = ctx.clock.now();
  const end = async (which: Waiting[], state: Settlement['state'], reason?: string) => {
    if (which.length === 0) return;
    const ids = which.map(({ sendingId }) => sendingId);
    await settle(tx, ids, { state, reason, now });
  };
  const all = [one, ...others];
  if (!one.address) return void (await end(all, 'lapsed', 'no_address'));
  if (one.isBounced) return void (await end(all, 'bounced'));
  const digestIds = all.map(({ digestId }) => digestId);
  const lines = await openLines(tx, { digestIds, asOf: day, rules: 'on' });
  const isOpen = ({ digestId }: Waiting) => linesFor(lines, { digestId, channel: one.channel }).length > 0;
  await end(
    all.filter((each) => !isOpen(each)),
    'lapsed',
    'no_longer_due',
  );
  if (!isOpen(one)) return undefined;
  const sharing = others.filter(isOpen);
  if (one.channel === 'mail') return mailOf(ctx, one, linesFor(lines, one));
  const isFirst = await takeNumber(tx, { number: one.address, day, sendingId: one.sendingId });
  await end(sharing, 'shared', 'same_number');
  if (!isFirst) return void (await end([one], 'shared', 'same_number'));
  const message = smsOf(ctx, [one, ...sharing], lines);
  if (!message) await end([one], 'failed', 'no_template');
  return message;
}

/** An SMS speaks of one's own training alone. */
function linesFor(
  lines: DigestLine[],
  { digestId, channel }: Pick<Waiting, 'digestId' | 'channel'>,
): DigestLine[] {
  return lines.filter(
    (line) => line.digestId === digestId && (channel === 'mail' || line.audience === 'person'),
  );
}

function mailOf(ctx: Ctx, to: Waiting, lines: DigestLine[]): Message {
  const { subject, text } = mailText({ to, lines, digestId: to.digestId, config: ctx.config });
  return { channel: 'mail', to: to.address ?? '', subject, text };
}

function smsOf(ctx: Ctx, to: Waiting[], lines: DigestLine[]): Message | undefined {
  const [first] = to;
  const template = first && smsTemplate(ctx.config, languageOf(first));
  const own = lines.filter((line) => line.audience === 'person');
  const dueOn = own.map((line) => line.dueOn).toSorted()[0];
  if (!first || !template || !dueOn) return undefined;
  const text = smsText({ to, dueOn, language: template.language, config: ctx.config });
  return { channel: 'sms', to: first.address ?? '', text, template: template.id, reference: first.sendingId };
}

/** Answers whether the server took nothing. */
async function sendOne(ctx: Ctx, { waiting, message }: Claimed): Promise<boolean> {
  let end: Omit<Settlement, 'now'>;
  try {
    const outcome = await deliver(ctx, message);
    end = outcome === 'no_channel' ? { state: 'failed', reason: 'no_channel' } : { state: 'sent' };
  } catch (error) {
    end = endOf(ctx, waiting, error);
  }
  const now = ctx.clock.now();
  await ctx.db.transaction(async (tx) => {
    await settle(tx, [waiting.sendingId], { ...end, now });
    if (end.state === 'bounced')
      await keepBounce(tx, {
        ...{
          address: message.to,
          channel: message.channel,
          reason: end.reason ?? null,
          source: 'server',
          now,
        },
      });
  });
  return end.reason === 'not_reached';
}

function endOf(ctx: Ctx, { attempts }: Waiting, error: unknown): Omit<Settlement, 'now'> {
  const failure = failureOf(error);
  if (failure === 'address') return { state: 'bounced', reason: 'address_refused' };
  if (failure === 'refused') return { state: 'failed', reason: 'refused' };
  if (failure === 'unknown') return { state: 'unknown', reason: 'no_answer' };
  const reason = 'not_reached';
  if (attempts + 1 >= mostAttempts) return { state: 'failed', reason };
  return { state: 'waiting', reason, retryAt: new Date(ctx.clock.now().getTime() + restMs) };
}
