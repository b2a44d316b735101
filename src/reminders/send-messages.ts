import { deliver, failureOf, type Message } from '../kernel/channels/index.ts';
import type { Ctx } from '../kernel/context.ts';
import { type Day, todayInIndia } from '../kernel/dates.ts';
import type { Tx } from '../kernel/db.ts';
import { settleChanged } from '../mandates/index.ts';
import { sendableChannels, smsTemplate } from './sendable.ts';
import { keepBounce } from './stores/bounces.ts';
import { type DigestLine, openLines } from './stores/digests.ts';
import type { Channel } from './stores/rules.ts';
import {
  alsoAtNumbers,
  markSending,
  markShared,
  nextWaiting,
  type Settlement,
  settle,
  settleSent,
  takeNumbers,
  type Waiting,
} from './stores/sendings.ts';
import { languageOf, mailText, smsText, titleOf } from './texts.ts';
import { goesOn, type Turn } from './turn.ts';

/** So many leave side by side; so many are unknown at most where the program is killed. */
const atOnce = 32;
const mostAttempts = 3;
const restMs = 14 * 60_000;
/** A server that takes nothing so often is left alone until the next turn. */
const mostInARow = 64;

/** Sends what waits, as long as the hours allow: claimed first and committed, sent then, and its end written down. */
export async function sendMessages(ctx: Ctx, turn: Turn): Promise<void> {
  const closed = new Map<Channel, number>();
  const open = () => sendableChannels(ctx.config).filter((one) => (closed.get(one) ?? 0) < mostInARow);
  while (goesOn(ctx, turn) && open().length > 0) {
    await settleChanged(ctx.db);
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
/** What waits for one address: a mail, or an SMS with those of whoever shares the number. */
type Group = { first: Waiting; others: Waiting[] };

async function claim(ctx: Ctx, channels: Channel[]): Promise<{ looked: number; messages: Claimed[] }> {
  return ctx.db.transaction(async (tx) => {
    const now = ctx.clock.now();
    const day = todayInIndia(ctx.clock);
    const rows = await nextWaiting(tx, { day, now, channels, limit: atOnce });
    if (rows.length === 0) return { looked: 0, messages: [] };
    const ends = new Ends();
    const groups = await groupsOf(tx, day, rows);
    const open = await stillOpen(tx, { day, groups, ends });
    const messages = await firstAtNumber(tx, { day, open, ends, ctx });
    await ends.write(tx, now);
    if (messages.length > 0)
      await markSending(
        tx,
        messages.map(({ waiting }) => waiting),
        now,
      );
    return { looked: rows.length, messages };
  });
}

/** What does not leave, with the reason, written down together. */
class Ends {
  readonly #ends = new Map<string, { state: Settlement['state']; reason?: string; ids: string[] }>();
  readonly #shared: { sendingId: string; carrierId: string }[] = [];

  add(which: Waiting[], state: Settlement['state'], reason?: string): void {
    const key = `${state}.${reason}`;
    const end = this.#ends.get(key) ?? { state, reason, ids: [] };
    end.ids.push(...which.map(({ sendingId }) => sendingId));
    this.#ends.set(key, end);
  }

  share(which: Waiting[], carrierId: string): void {
    this.#shared.push(...which.map(({ sendingId }) => ({ sendingId, carrierId })));
  }

  async write(tx: Tx, now: Date): Promise<void> {
    await markShared(tx, this.#shared, now);
    for (const { ids, state, reason } of this.#ends.values())
      if (ids.length > 0) await settle(tx, ids, { state, reason, now });
  }
}

async function groupsOf(tx: Tx, day: Day, rows: Waiting[]): Promise<Group[]> {
  const bySms = rows.filter((one) => one.channel === 'sms');
  const numbers = bySms.flatMap((one) => one.address ?? []);
  const exceptIds = rows.map((one) => one.sendingId);
  const others = await alsoAtNumbers(tx, { day, numbers, exceptIds });
  const groups = new Map<string, Group>();
  for (const one of [...rows, ...others]) {
    const key = one.channel === 'sms' && one.address ? one.address : one.sendingId;
    const known = groups.get(key);
    if (known) known.others.push(one);
    else groups.set(key, { first: one, others: [] });
  }
  return [...groups.values()];
}

type Looked = { day: Day; groups: Group[]; ends: Ends };
type Open = { members: Waiting[]; lines: DigestLine[] };

/** Of each address, those who still have something before them; the rest gets its end. */
async function stillOpen(tx: Tx, { day, groups, ends }: Looked): Promise<Open[]> {
  const all = groups.flatMap(({ first, others }) => [first, ...others]);
  const digestIds = all.map(({ digestId }) => digestId);
  const lines = await openLines(tx, { digestIds, asOf: day });
  return groups.flatMap(({ first, others }) => {
    const members = [first, ...others];
    if (!first.address || first.isBounced) {
      ends.add(members, first.address ? 'bounced' : 'lapsed', first.address ? undefined : 'no_address');
      return [];
    }
    const isOpen = (one: Waiting) => linesFor(lines, one).length > 0;
    for (const one of members) if (!isOpen(one)) ends.add([one], 'lapsed', whyClosed(lines, one));
    const open = members.filter(isOpen);
    return open.length > 0 ? [{ members: open, lines: open.flatMap((one) => linesFor(lines, one)) }] : [];
  });
}

/** Done, exempt or on leave; or somebody has switched the order's reminders off, or this channel of them. */
function whyClosed(lines: DigestLine[], { digestId, channel }: Waiting): string {
  const mine = lines.filter((line) => line.digestId === digestId && speaksOf(channel, line));
  if (mine.length === 0) return 'no_longer_due';
  return mine.some((line) => line.isOn) ? 'channel_off' : 'switched_off';
}

type Leaving = { day: Day; open: Open[]; ends: Ends; ctx: Ctx };

/** The messages that leave now: of SMS the first one of the day at each number. */
async function firstAtNumber(tx: Tx, { day, open, ends, ctx }: Leaving): Promise<Claimed[]> {
  const pairs = open.flatMap(({ members: [first] }) =>
    first?.channel === 'sms' && first.address ? [{ number: first.address, sendingId: first.sendingId }] : [],
  );
  const taken = await takeNumbers(tx, { day, pairs });
  return open.flatMap(({ members, lines }) => {
    const [first, ...sharing] = members;
    if (!first) return [];
    if (first.channel === 'mail') return [{ waiting: first, message: mailOf(ctx, first, lines) }];
    const message = smsOf(ctx, members, lines);
    const carrierId = taken.get(first.address ?? '') ?? first.sendingId;
    const leaves = message !== undefined && carrierId === first.sendingId;
    if (message) ends.share(leaves ? sharing : members, carrierId);
    else ends.add(members, 'failed', 'no_template');
    return leaves ? [{ waiting: first, message }] : [];
  });
}

/** Of orders whose reminders are on, and leave by this channel. */
function linesFor(
  lines: DigestLine[],
  { digestId, channel }: Pick<Waiting, 'digestId' | 'channel'>,
): DigestLine[] {
  return lines.filter(
    (line) =>
      line.digestId === digestId && speaksOf(channel, line) && line.isOn && line.channels.includes(channel),
  );
}

/** An SMS speaks of one's own training alone. */
function speaksOf(channel: Channel, line: DigestLine): boolean {
  return channel === 'mail' || line.audience === 'person';
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
  const orders = own
    .toSorted((a, b) => a.dueOn.localeCompare(b.dueOn))
    .map((line) => titleOf(line, template?.language ?? 'hi'));
  if (!first || !template || !dueOn) return undefined;
  const text = smsText({ to, orders, dueOn, language: template.language, config: ctx.config });
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
    await settleSent(tx, waiting.sendingId, { ...end, now });
    if (end.state === 'bounced')
      await keepBounce(tx, {
        ...{
          address: message.to,
          channel: message.channel,
          reason: end.reason ?? null,
          source: 'server',
          messageAt: now,
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
