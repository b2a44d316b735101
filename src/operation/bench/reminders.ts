import { sql } from 'kysely';
import { addDays, todayInIndia } from '../../kernel/dates.ts';
import { runReminders, switchReminders } from '../../reminders/index.ts';
import { bareDatabase } from './limits.ts';
import { publishOne } from './mandates.ts';
import type { Benchmark } from './measure.ts';
import { resultOf } from './result.ts';
import { settle } from './settle.ts';

const rowsAStatement = 1000;
/** A step of every order's first ladder. */
const daysBeforeDue = 7;

export const remindersGather: Benchmark = {
  name: 'reminders',
  what: 'people who are reminded of an order in one turn: gathered, a digest each, told in the app',
  async run(world) {
    const { ctx } = world;
    const today = todayInIndia(ctx.clock);
    const order = await publishOne(world, { courses: { atLeast: 400 } }, addDays(today, daysBeforeDue));
    const found = await sql<{
      id: string;
    }>`select mandate_id as id from mandate where number = ${order.number}`.execute(ctx.db.read);
    await switchReminders(ctx, found.rows[0]?.id ?? '', 'on');
    await settle(ctx);
    // Nobody is told anything at night: the bench may run then.
    const clock = { ...ctx.clock, now: () => new Date(`${today}T05:30:00Z`) };
    const began = performance.now();
    const outcome = await runReminders({ ...ctx, clock });
    const ms = performance.now() - began;
    const made = await digests(world.ctx);
    if (outcome !== 'done' || made === 0) throw new Error(`The turn ended with ${outcome}, ${made} digests.`);
    const statements = await bareDatabase(world, { kind: 'rows', each: rowsAStatement, clients: 2 });
    const limits = [
      { name: `bare inserts of ${rowsAStatement} rows a statement`, perSecond: statements * rowsAStatement },
    ];
    return resultOf({
      ...remindersGather,
      clients: 1,
      median: ms,
      p99: ms,
      perSecond: (made * 1000) / ms,
      failed: 0,
      limits,
      notes: [`${made} of ${order.bound} bound were told`],
    });
  },
};

async function digests({ db }: Parameters<typeof runReminders>[0]): Promise<number> {
  const found = await sql<{ made: number }>`select count(*) as made from reminder_digest`.execute(db.read);
  return found.rows[0]?.made ?? 0;
}
