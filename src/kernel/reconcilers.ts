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

export async function differencesElsewhere(ctx: Ctx): Promise<ReconciledDifference[]> {
  const found: ReconciledDifference[] = [];
  for (const reconciler of reconcilers.values()) found.push(...(await reconciler(ctx)));
  return found;
}
