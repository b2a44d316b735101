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

const reconcilers = new Map<string, Reconciler>();

/** What `daksh reconcile` asks beside the counters of the dashboards. */
export function addReconciler(name: string, reconciler: Reconciler): void {
  reconcilers.set(name, reconciler);
}

/** All at once: each by connections of its own. */
export async function differencesElsewhere(ctx: Ctx): Promise<ReconciledDifference[]> {
  const found = await Promise.allSettled([...reconcilers.values()].map((reconciler) => reconciler(ctx)));
  return found.flatMap((one) => {
    if (one.status === 'rejected') throw one.reason;
    return one.value;
  });
}
