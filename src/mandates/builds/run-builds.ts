import { audit } from '../../kernel/audit.ts';
import type { Ctx } from '../../kernel/context.ts';
import type { Tx } from '../../kernel/db.ts';
import { Refusal } from '../../kernel/errors.ts';
import { newId } from '../../kernel/ids.ts';
import { putInForce, subjectOf, takeOverCited } from '../put-in-force.ts';
import {
  analyseSheets,
  type Build,
  type BuildSheet,
  buildById,
  discardSheets,
  endBuild,
  hasPartsLeft,
  isMade,
  lockBuild,
  lockUncounted,
  markPartDone,
  markPlanned,
  markSheetCounted,
  middleOf,
  nextBuild,
  ordersToBuild,
  type Part,
  planSheet,
  sheetsOf,
  takeBuildTouched,
  takePart,
  unplanBuild,
  useSheets,
} from '../stores/builds.ts';
import { dropSteps, keepSteps, type Lane, takeLane, writeFigures } from '../stores/lanes.ts';
import type { PersonRange } from '../stores/live.ts';
import { lockOrder, type OrderRow, orderAsIfInForce, orderById } from '../stores/orders.ts';
import { countSheet, fillSheet, settleOrder } from '../stores/standings.ts';
import { planForMany, theseOf, waitToPublish } from '../stores/touched.ts';
import { noteFault } from './note-fault.ts';

/** Of the bare database's two cores each is given one. */
const lanes = 2;
const touchedAtOnce = 5000;

export type BuildOptions = {
  /** People of a part: about two seconds' work, so that progress is seen and a kill loses little. */
  partSize?: number;
  /** After every part that is done. */
  told?(part: Part): void;
  /** After every attempt that ended in a fault. */
  failed?(error: unknown): void;
};

type Making = BuildOptions & { build: Build };

/** Ends one work on sheets and all that were asked for before it; throws what it came to, where that is nothing. */
export async function finishBuild(ctx: Ctx, buildId: string, options: BuildOptions = {}): Promise<void> {
  for (;;) {
    const build = await buildById(ctx.db.read, buildId);
    if (!build || (build.finishedAt && !build.failure)) return;
    if (build.failure && (build.finishedAt || build.failedAt)) throw publicationFailed(build.failure);
    const next = await nextBuild(ctx.db.read);
    if (next) await runBuild(ctx, { ...options, build: next });
  }
}

/** Ends all that were asked for. */
export async function runBuilds(ctx: Ctx, options: BuildOptions = {}): Promise<void> {
  for (let build = await nextBuild(ctx.db.read); build; build = await nextBuild(ctx.db.read))
    await runBuild(ctx, { ...options, build });
}

function publicationFailed(failure: string): Refusal {
  const [hi = '', en = ''] = failure.split('\n');
  return new Refusal('conflict', { hi, en }, { reason: 'publication_failed' });
}

/**
 * Goes on where it was left, however many do so at once: each step is whole in a transaction of its own, and what
 * is done is written down with it. People at work and the settling of the sheets in use wait for none but the last.
 */
async function runBuild(ctx: Ctx, making: Making): Promise<void> {
  try {
    await make(ctx, making);
  } catch (error) {
    making.failed?.(error);
    await noteFault(ctx, { build: making.build, error });
  }
}

async function make(ctx: Ctx, making: Making): Promise<void> {
  const { buildId } = making.build;
  await plan(ctx, making);
  await allOf(Array.from({ length: lanes }, () => fillAll(ctx, making)));
  for (const sheet of await sheetsOf(ctx.db.read, buildId)) await count(ctx, sheet);
  while ((await catchUp(ctx, making.build)) === touchedAtOnce);
  await finish(ctx, making.build);
}

async function plan(ctx: Ctx, { build, partSize = 100_000 }: Making): Promise<void> {
  await ctx.db.longTransaction(async (tx) => {
    const draft = build.mandateId ? await draftOf(tx, build.mandateId) : undefined;
    const locked = await lockBuild(tx, build.buildId);
    if (!locked || locked.plannedAt || locked.finishedAt || locked.failedAt) return;
    // What stood before it in the row is in force by now; where that forbids it, the last step tells.
    if (draft) await lastWord(tx, draft);
    for (const mandateId of await ordersToBuild(tx, build.mandateId)) {
      const order = await orderOf(tx, build, mandateId);
      await planSheet(tx, { buildId: build.buildId, order, sheetId: newId(), size: partSize });
    }
    await markPlanned(tx, build.buildId, ctx.clock.now());
  });
}

async function fillAll(ctx: Ctx, making: Making): Promise<void> {
  const { buildId } = making.build;
  while (await hasPartsLeft(ctx.db.read, buildId))
    if (!(await fillOne(ctx, making, 'skip'))) await fillOne(ctx, making, 'wait');
}

/** False where none could be taken. Its statement sees all that was written before it, and who is touched later is noted. */
async function fillOne(ctx: Ctx, { build, told }: Making, others: 'skip' | 'wait'): Promise<boolean> {
  return ctx.db.longTransaction(async (tx) => {
    const part = await takePart(tx, build.buildId, others);
    if (!part) return false;
    const order = await orderOf(tx, build, part.mandateId);
    await planForMany(tx);
    await fillSheet(tx, { ...order, sheetId: part.sheetId }, part);
    await markPartDone(tx, part, ctx.clock.now());
    told?.(part);
    return true;
  });
}

/** As it will be in force; what is not there would else be waited for without end. */
async function orderOf(tx: Tx, { mandateId: draftId }: Build, mandateId: string): Promise<OrderRow> {
  const order = await orderAsIfInForce(tx, { mandateId, draftId });
  if (!order) throw new Error('an order whose sheet is made is not there');
  return order;
}

/** Each step is done once, by whoever comes first, and holds no connection while another is waited for. */
async function count(ctx: Ctx, { mandateId, sheetId, counted }: BuildSheet): Promise<void> {
  const order = counted ? undefined : await orderById(ctx.db.read, mandateId);
  if (!order) return;
  const sheet = { ...order, sheetId };
  await ctx.db.longTransaction((tx) => analyseSheets(tx, 'standing'));
  const middle = await middleOf(ctx.db.read, sheetId);
  if (middle) await countInLanes(ctx, sheet, middle);
  await ctx.db.longTransaction(async (tx) => {
    if (!(await lockUncounted(tx, sheetId))) return;
    await (middle ? dropSteps(tx, sheetId) : countWhole(tx, sheet));
    await analyseSheets(tx, 'counter');
    await markSheetCounted(tx, sheetId, ctx.clock.now());
  });
}

async function countWhole(tx: Tx, sheet: OrderRow): Promise<void> {
  await planForMany(tx);
  await countSheet(tx, sheet);
}

/** One alone would leave the other processor idle. */
async function countInLanes(ctx: Ctx, sheet: OrderRow, middle: string): Promise<void> {
  const halves: { lane: Lane; range: PersonRange }[] = [
    { lane: 0, range: { afterId: null, untilId: middle } },
    { lane: 1, range: { afterId: middle, untilId: null } },
  ];
  const inLane = (lane: Lane, work: (tx: Tx) => Promise<void>) =>
    ctx.db.longTransaction(async (tx) => {
      if (!(await takeLane(tx, sheet.sheetId, lane))) return;
      await planForMany(tx);
      await work(tx);
    });
  await allOf(halves.map((half) => inLane(half.lane, (tx) => keepSteps(tx, sheet, half))));
  await allOf(halves.map(({ lane }) => inLane(lane, (tx) => writeFigures(tx, sheet, lane))));
}

/** Nobody is still at it when a fault is told. */
async function allOf(works: Promise<void>[]): Promise<void> {
  for (const done of await Promise.allSettled(works)) if (done.status === 'rejected') throw done.reason;
}

/** Those whose facts changed while their sheets were made; returns how many were taken. */
async function catchUp(ctx: Ctx, build: Build): Promise<number> {
  return ctx.db.longTransaction(async (tx) => {
    const locked = await lockBuild(tx, build.buildId);
    return locked?.plannedAt && !locked.finishedAt ? settleTouched(tx, build) : 0;
  });
}

async function settleTouched(tx: Tx, build: Build): Promise<number> {
  const { personIds, taken } = await takeBuildTouched(tx, build.buildId, touchedAtOnce);
  if (personIds.length === 0) return taken;
  for (const { mandateId, sheetId } of await sheetsOf(tx, build.buildId)) {
    const order = await orderOf(tx, build, mandateId);
    await settleOrder(tx, { ...order, sheetId }, theseOf(personIds));
  }
  return taken;
}

/** Nobody settles meanwhile: the last who were touched, and then all at once the new sheets are those in use. */
async function finish(ctx: Ctx, build: Build): Promise<void> {
  await ctx.db.longTransaction(async (tx) => {
    await waitToPublish(tx);
    const draft = build.mandateId ? await draftOf(tx, build.mandateId) : undefined;
    const locked = await lockBuild(tx, build.buildId);
    // Where others met a fault, it is laid out anew.
    if (!locked?.plannedAt || locked.finishedAt || !(await isMade(tx, build.buildId))) return;
    const { refusal, isOther } = draft ? await lastWord(tx, draft) : {};
    if (draft && refusal) return giveUp(tx, ctx, { build, draft, refusal });
    if (isOther) return unplanBuild(tx, build.buildId, ctx.clock.now());
    while ((await settleTouched(tx, build)) > 0);
    if (draft) await putInForce(tx, ctx, { draft, askedBy: build.askedBy });
    await useSheets(tx, build.buildId, ctx.clock.now());
    await endBuild(tx, { buildId: build.buildId, now: ctx.clock.now() });
  });
}

/** Held before its work is, as by those who publish, give up and delete. */
async function draftOf(tx: Tx, mandateId: string): Promise<OrderRow | undefined> {
  await lockOrder(tx, mandateId);
  return orderById(tx, mandateId);
}

/**
 * Another order may have taken the place of the cited one while this waited for its turn, or extended it: `isOther`
 * where what an amendment takes over is not what its sheets were made with.
 */
async function lastWord(tx: Tx, draft: OrderRow): Promise<{ refusal?: Refusal; isOther?: boolean }> {
  try {
    return { isOther: await takeOverCited(tx, draft) };
  } catch (error) {
    if (error instanceof Refusal) return { refusal: error };
    throw error;
  }
}

async function giveUp(tx: Tx, ctx: Ctx, { build, draft, refusal }: Refused): Promise<void> {
  const now = ctx.clock.now();
  await discardSheets(tx, build.buildId, now);
  await endBuild(tx, { buildId: build.buildId, now, failure: `${refusal.text.hi}\n${refusal.text.en}` });
  await audit(tx, ctx, { action: 'mandate.publication_failed', ...subjectOf(draft) });
}

type Refused = { build: Build; draft: OrderRow; refusal: Refusal };
