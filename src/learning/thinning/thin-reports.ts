import { setTimeout as rest } from 'node:timers/promises';
import { audit } from '../../kernel/audit.ts';
import type { Ctx } from '../../kernel/context.ts';
import { isLockTimeout } from '../../kernel/db.ts';
import {
  addUp,
  dueSlots,
  emptiableSlots,
  emptySlot,
  endOfPortion,
  lockedPlace,
  markThinned,
  type ReportsKept,
  reportsKept,
  type Thinned,
  turnSlot,
} from './slot-store.ts';

const dayMs = 24 * 3_600_000;
const portion = 5000;
/** Of each ten minutes: other long work shares the places of this one. */
const runMs = 4 * 60_000;
/** So many turns in the time for which single reports are kept; eight tables serve for them, the open and a late one. */
const turns = 5;

export type Done = { reports: number; portionMs: number[] };
type Run = { stopping?: AbortSignal | undefined; most?: number };

/**
 * Single reports of time, once they are so many days old, become one row a person, lesson and day. A portion is
 * a transaction of some tens of milliseconds, then the worker rests as long: people at work do not notice. What is
 * done is done, so a run that was cut off or killed goes on where it was, and no report counts twice.
 */
export async function thinReports(ctx: Ctx, { stopping, most = portion }: Run = {}): Promise<Done> {
  const { timeReportDays: days } = ctx.config;
  const done: Done = { reports: 0, portionMs: [] };
  if (days === 0) return done;
  const now = ctx.clock.now();
  const ends = performance.now() + runMs;
  const isOver = () => stopping?.aborted === true || performance.now() > ends;
  const openedBefore = before(now, Math.ceil(days / turns));
  await ctx.db.transaction((tx) => turnSlot(tx, { now, openedBefore }));
  for (const slot of await dueSlots(ctx.db.read, before(now, days)))
    while (!isOver()) {
      const began = performance.now();
      const reports = await thinSome(ctx, slot, most);
      if (reports === 0) break;
      const ms = performance.now() - began;
      done.reports += reports;
      done.portionMs.push(ms);
      await rest(Math.min(1000, ms));
    }
  await emptyThinned(ctx);
  return done;
}

function before(now: Date, days: number): Date {
  return new Date(now.getTime() - days * dayMs);
}

/** How many reports were added up: none where nothing is left of this table, or another worker is at it. */
async function thinSome(ctx: Ctx, slot: number, most: number): Promise<number> {
  return ctx.db.transaction(async (tx) => {
    const from = await lockedPlace(tx, slot);
    if (from === undefined) return 0;
    const upTo = await endOfPortion(tx, { slot, from, most });
    const added = await addUp(tx, { slot, from, upTo });
    if (added.reports === 0) await markThinned(tx, slot);
    return added.reports;
  });
}

/** A table that cannot be had at once is emptied by a later run. */
async function emptyThinned(ctx: Ctx): Promise<void> {
  try {
    await ctx.db.transaction(async (tx) => {
      for (const one of await emptiableSlots(tx)) {
        await emptySlot(tx, one.slot);
        await auditThinned(tx, ctx, one);
      }
    });
  } catch (error) {
    if (!isLockTimeout(error)) throw error;
  }
}

/** Once a table, never a person's: what each has learnt is as it was. */
function auditThinned(tx: Parameters<typeof audit>[0], ctx: Ctx, { reports, days, ...one }: Thinned) {
  return audit(tx, ctx, {
    action: 'engagement.thinned',
    subjectKind: 'retention',
    subjectId: 'engagement',
    detail: { reports, days, from: one.openedAt, to: one.closedAt, keptDays: ctx.config.timeReportDays },
  });
}

/** For the operator: how many single reports there are, and how many should have been added up. */
export function reportsOfTimeKept(ctx: Pick<Ctx, 'db' | 'clock' | 'config'>): Promise<ReportsKept> {
  const { timeReportDays: days } = ctx.config;
  return reportsKept(ctx.db.read, days === 0 ? null : before(ctx.clock.now(), days));
}
