import type { Ctx } from './context.ts';

/** One figure that is kept and does not agree with what the events say. */
export type ReconciledDifference = {
  officeCode: string;
  grain: string;
  day: string;
  metric: string;
  counted: number;
  expected: number;
};

/** Recomputes a feature's kept figures from the events and tells what differs; changes nothing. */
export type Reconciler = (ctx: Ctx) => Promise<ReconciledDifference[]>;

/** Makes them what the events say, beside people at work. */
export type Repair = (ctx: Ctx) => Promise<void>;

const reconcilers = new Map<string, Reconciler>();
const repairs = new Map<string, Repair>();

/** What `daksh reconcile` asks, and with `--repair` mends, beside the counters of the dashboards. */
export function addReconciler(name: string, reconciler: Reconciler, repair: Repair): void {
  reconcilers.set(name, reconciler);
  repairs.set(name, repair);
}

/** One after the other, as the features were prepared: offices stand right before what is counted by them. */
export async function repairElsewhere(ctx: Ctx): Promise<void> {
  for (const repair of repairs.values()) await repair(ctx);
}

/** All at once: each by connections of its own. */
export async function differencesElsewhere(ctx: Ctx): Promise<ReconciledDifference[]> {
  const found = await Promise.allSettled([...reconcilers.values()].map((reconciler) => reconciler(ctx)));
  return found.flatMap((one) => {
    if (one.status === 'rejected') throw one.reason;
    return one.value;
  });
}
