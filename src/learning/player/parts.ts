/** Parts of a recording, in its seconds; in the island and in tests. No destructuring: old phones lack it. */
export type Part = [from: number, to: number];

/** Adds a part that was just played; what goes on where the last one ended becomes one with it. */
export function addPart(parts: Part[], from: number, to: number): void {
  const last = parts[parts.length - 1];
  if (last && Math.abs(last[1] - from) < 0.05) last[1] = to;
  else parts.push([from, to]);
}

/** The same parts in order, each second once. */
export function merged(parts: readonly Part[]): Part[] {
  const sorted = parts.filter((part) => part[1] > part[0]).sort((a, b) => a[0] - b[0]);
  const result: Part[] = [];
  for (const part of sorted) {
    const last = result[result.length - 1];
    if (last && part[0] <= last[1]) last[1] = Math.max(last[1], part[1]);
    else result.push([part[0], part[1]]);
  }
  return result;
}

export function lengthOf(parts: readonly Part[]): number {
  return merged(parts).reduce((sum, part) => sum + part[1] - part[0], 0);
}

/** Seconds of `parts` that are not among those seen. */
export function newSeconds(parts: readonly Part[], seen: readonly Part[]): number {
  return lengthOf(parts.concat(seen)) - lengthOf(seen);
}
