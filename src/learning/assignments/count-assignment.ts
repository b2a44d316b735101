import type { Ctx } from '../../kernel/context.ts';
import { todayInIndia } from '../../kernel/dates.ts';
import type { Reads, Tx } from '../../kernel/db.ts';
import { addJob } from '../../kernel/jobs.ts';
import {
  addPortion,
  assignmentsToCount,
  type Counted,
  finishCount,
  isLarge,
  lastCount,
  lockedPlace,
  nextPortion,
  reachingById,
} from './count-store.ts';
import { type Reaching, reachOf } from './store.ts';

const portion = 20_000;
const countedFor = 50 * 60_000;

/** In the transaction that makes an assignment: one that reaches very many is counted by a job. */
export async function beginCounting(tx: Tx, row: Reaching): Promise<void> {
  const { assignmentId } = row;
  if (await isCountedByJob(tx, row))
    await addJob(tx, 'learning:count-assignment', { assignmentId }, { key: `count:${assignmentId}` });
}

/** How far an assignment is: at once, or where it reaches very many by its last count. */
export async function countOf(
  ctx: Pick<Ctx, 'db' | 'clock'>,
  row: Reaching,
): Promise<Counted & { isCountedNow: boolean }> {
  const { read } = ctx.db;
  if (await isCountedByJob(read, row))
    return { ...(await lastCount(read, row.assignmentId)), isCountedNow: false };
  const reach = await reachOf(read, row, { today: todayInIndia(ctx.clock) });
  return { ...reach, countedAt: ctx.clock.now(), isCountedNow: true };
}

/** Counts again whatever reaches very many and was not counted this hour. */
export async function countAssignments(ctx: Ctx): Promise<void> {
  const before = new Date(ctx.clock.now().getTime() - countedFor);
  for (const row of await assignmentsToCount(ctx.db.read, before))
    if (await isCountedByJob(ctx.db.read, row)) await countAssignment(ctx, row.assignmentId);
}

/** Some thousand persons a transaction: a job that was killed goes on where it was, and nobody waits for it. */
export async function countAssignment(ctx: Ctx, assignmentId: string, most = portion): Promise<void> {
  const row = await reachingById(ctx.db.read, assignmentId);
  if (row) while (await countSome(ctx, row, most));
}

/** False where nothing is left to count. */
async function countSome(ctx: Ctx, row: Reaching, most: number): Promise<boolean> {
  const { assignmentId } = row;
  return ctx.db.transaction(async (tx) => {
    const among = await nextPortion(tx, await lockedPlace(tx, assignmentId), most);
    if (!among) await finishCount(tx, assignmentId, ctx.clock.now());
    else {
      const found = await reachOf(tx, row, { today: todayInIndia(ctx.clock), among });
      await addPortion(tx, assignmentId, { ...found, upTo: among.upTo });
    }
    return among !== undefined;
  });
}

/** Persons named are some hundred at most. */
async function isCountedByJob(db: Reads | Tx, { target, officeId }: Reaching): Promise<boolean> {
  return target === 'posts' && isLarge(db, officeId);
}
