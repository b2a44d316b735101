/** What is said of a series of times. Times in milliseconds. */
export type Summary = { count: number; median: number; p99: number };

/** The value that `share` of the sorted times do not exceed (nearest rank); 0 where there are none. */
export function percentile(sorted: ArrayLike<number>, share: number): number {
  if (sorted.length === 0) return 0;
  const rank = Math.ceil(share * sorted.length);
  return sorted[Math.min(Math.max(rank, 1), sorted.length) - 1] ?? 0;
}

export function summarise(times: readonly number[]): Summary {
  const sorted = Float64Array.from(times).sort();
  return { count: sorted.length, median: percentile(sorted, 0.5), p99: percentile(sorted, 0.99) };
}

/** How much of its limit something reaches; undefined where there is no limit to speak of. */
export function ratioOf(perSecond: number, limitPerSecond: number): number | undefined {
  return limitPerSecond > 0 ? perSecond / limitPerSecond : undefined;
}
