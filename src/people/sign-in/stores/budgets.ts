import { sql } from 'kysely';
import type { Tx } from '../../../kernel/db.ts';

/** After `free` tries each further one waits twice as long as the one before, up to `maxSeconds`. */
export type BudgetRule = {
  name: string;
  free: number;
  firstSeconds: number;
  maxSeconds: number;
  forgetAfterSeconds: number;
};

/**
 * Takes one try from a budget, or returns until when it is blocked. One statement: of many requests at
 * once no more get through than the budget has.
 */
export async function spendOne(
  tx: Tx,
  budget: { key: Buffer; rule: BudgetRule },
  now: Date,
): Promise<{ blockedUntil: Date } | undefined> {
  const { key, rule } = budget;
  const spent = sql<number>`(case when b.last_spent_at < ${now}::timestamptz - make_interval(secs => ${rule.forgetAfterSeconds})
    then 1 else b.spent + 1 end)`;
  const done = await sql`insert into attempt_budget as b (budget_key, spent, blocked_until, last_spent_at)
    values (${key}, 1, ${now}::timestamptz + make_interval(secs => ${rule.free <= 1 ? rule.firstSeconds : 0}), ${now})
    on conflict (budget_key) do update set spent = ${spent},
      blocked_until = ${now}::timestamptz + make_interval(secs => case when ${spent} < ${rule.free} then 0
        else least(${rule.maxSeconds}, ${rule.firstSeconds} * power(2, least(30, ${spent} - ${rule.free}))) end),
      last_spent_at = ${now}
    where b.blocked_until <= ${now}::timestamptz`.execute(tx);
  if (Number(done.numAffectedRows ?? 0) > 0) return undefined;
  const found = await sql<{ blockedUntil: Date }>`select blocked_until as "blockedUntil" from attempt_budget
    where budget_key = ${key}`.execute(tx);
  return found.rows[0] ?? { blockedUntil: now };
}

/** After success: one's own budgets are whole again, shared ones get back the one that was taken. */
export async function giveBack(tx: Tx, own: Buffer[], shared: Buffer[]): Promise<void> {
  await sql`delete from attempt_budget where budget_key = any(${own}::bytea[])`.execute(tx);
  await sql`update attempt_budget set spent = greatest(0, spent - 1), blocked_until = least(blocked_until, last_spent_at)
    where budget_key = any(${shared}::bytea[])`.execute(tx);
}

export async function deleteOldBudgets(tx: Tx, before: Date): Promise<void> {
  await sql`delete from attempt_budget where last_spent_at < ${before}`.execute(tx);
}
