import type { Ctx } from '../../kernel/context.ts';
import { Refusal } from '../../kernel/errors.ts';
import { digestOf } from '../../kernel/ids.ts';
import { type BudgetRule, giveBack, spendOne } from './stores/budgets.ts';
import { isKnownDevice } from './stores/devices.ts';

const minute = 60;
const hour = 60 * minute;

/**
 * Two budgets that never touch each other: a browser in which the person has signed in before has its
 * own, everybody else shares the strangers'. So a stranger's failures slow strangers and block nobody's
 * own phone. What a whole network spends is bounded widely, since a district may share one address.
 */
const guessing = {
  known: { name: 'known', free: 5, firstSeconds: 30, maxSeconds: 15 * minute, forgetAfterSeconds: hour },
  stranger: {
    name: 'stranger',
    free: 5,
    firstSeconds: minute,
    maxSeconds: hour,
    forgetAfterSeconds: 24 * hour,
  },
  strangers: { name: 'strangers', free: 20, firstSeconds: 5, maxSeconds: minute, forgetAfterSeconds: hour },
  network: {
    name: 'network',
    free: 300,
    firstSeconds: 5,
    maxSeconds: minute,
    forgetAfterSeconds: 10 * minute,
  },
} satisfies Record<string, BudgetRule>;

/** Codes cost money and disturb people: per number, an hour and a day. */
const sending = {
  known: [cap('code-known-hour', 5, hour), cap('code-known-day', 12, 24 * hour)],
  stranger: [cap('code-here-hour', 4, hour)],
  strangers: [cap('code-hour', 8, hour), cap('code-day', 20, 24 * hour)],
  network: [cap('code-network-hour', 600, hour)],
};

function cap(name: string, free: number, seconds: number): BudgetRule {
  return { name, free, firstSeconds: seconds, maxSeconds: seconds, forgetAfterSeconds: seconds };
}

/** Who tries what: `accounts` are the persons it may concern, `typed` stands for them where there are none. */
export type Attempt = {
  what: 'password' | 'code' | 'identity' | 'pin' | 'factor';
  accounts: string[];
  typed: string;
  deviceDigest?: Buffer;
};

export type Spent = { own: Buffer[]; shared: Buffer[] };

/** Takes one guess before it is looked at, or refuses with the time to wait. */
export async function spendGuess(ctx: Ctx, attempt: Attempt): Promise<Spent> {
  const { account, network, isKnown } = await placesOf(ctx, attempt);
  const { what } = attempt;
  const device = attempt.deviceDigest?.toString('hex') ?? '';
  const own = isKnown
    ? { rule: guessing.known, key: keyOf(guessing.known, [what, account, device]) }
    : { rule: guessing.stranger, key: keyOf(guessing.stranger, [what, account, network]) };
  const shared = [{ rule: guessing.network, key: keyOf(guessing.network, [network]) }];
  if (!isKnown) shared.push({ rule: guessing.strangers, key: keyOf(guessing.strangers, [what, account]) });
  await spendAll(ctx, [own, ...shared]);
  return { own: [own.key], shared: shared.map((budget) => budget.key) };
}

/** Takes one sending of a code, or refuses. */
export async function spendSending(ctx: Ctx, attempt: Attempt): Promise<void> {
  const { account, network, isKnown } = await placesOf(ctx, attempt);
  const device = attempt.deviceDigest?.toString('hex') ?? '';
  const of = (rules: BudgetRule[], place: string[]) =>
    rules.map((rule) => ({ rule, key: keyOf(rule, place) }));
  const budgets = isKnown
    ? of(sending.known, [account, device])
    : [...of(sending.stranger, [account, network]), ...of(sending.strangers, [account])];
  await spendAll(ctx, [...budgets, ...of(sending.network, [network])]);
}

/** What was right was no guess. */
export async function restore(ctx: Ctx, spent: Spent): Promise<void> {
  await ctx.db.transaction((tx) => giveBack(tx, spent.own, spent.shared));
}

async function placesOf(ctx: Ctx, attempt: Attempt) {
  const { accounts, typed, deviceDigest } = attempt;
  const isKnown = deviceDigest ? await isKnownDevice(ctx, accounts, deviceDigest) : false;
  const account = accounts.length > 0 ? [...accounts].sort().join(',') : `typed:${typed.toLowerCase()}`;
  return { account, network: networkOf(ctx.ip), isKnown };
}

/** An IPv6 customer holds a /64; an IPv4 address stands for itself. */
function networkOf(ip: string | null): string {
  if (!ip) return 'local';
  if (ip.startsWith('::ffff:')) return ip.slice(7);
  return ip.includes(':') ? ip.split(':').slice(0, 4).join(':') : ip;
}

function keyOf(rule: BudgetRule, place: string[]): Buffer {
  return digestOf([rule.name, ...place].join('\n'));
}

type Budget = { rule: BudgetRule; key: Buffer };

async function spendAll(ctx: Ctx, budgets: Budget[]): Promise<void> {
  const now = ctx.clock.now();
  // In key order, so that two requests never wait for each other in a ring.
  const ordered = [...budgets].sort((left, right) => Buffer.compare(left.key, right.key));
  await ctx.db.transaction(async (tx) => {
    for (const budget of ordered) {
      const blocked = await spendOne(tx, budget, now);
      if (blocked) throw tooMany(Math.ceil((blocked.blockedUntil.getTime() - now.getTime()) / 1000));
    }
  });
}

export function tooMany(seconds: number): Refusal {
  const wait = Math.max(1, seconds);
  const minutes = Math.ceil(wait / 60);
  const hi = wait < 60 ? `${wait} सेकंड` : minutes < 90 ? `${minutes} मिनट` : `${Math.ceil(minutes / 60)} घंटे`;
  const en =
    wait < 60 ? `${wait} seconds` : minutes < 90 ? `${minutes} minutes` : `${Math.ceil(minutes / 60)} hours`;
  return new Refusal(
    'too_many',
    {
      hi: `बहुत अधिक प्रयास हुए। ${hi} बाद फिर प्रयास करें।`,
      en: `Too many attempts. Try again in ${en}.`,
    },
    { reason: 'too_many_attempts', details: { retryAfterSeconds: wait } },
  );
}
