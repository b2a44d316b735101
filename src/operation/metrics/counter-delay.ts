/**
 * How long the oldest delta has waited. Deltas carry a number and no time (they are written by the million): what was
 * numbered between two looks is as old as the earlier look at most, so the answer is never too small by more than
 * the distance of two looks, and is told from the first look on.
 */
export class CounterDelay {
  private looks: { at: number; lastGiven: number }[] = [];

  /** `oldest`: the lowest number that waits; `lastGiven`: the highest that was ever given out. */
  seconds(now: number, { oldest, lastGiven }: { oldest: number | null; lastGiven: number }): number {
    const first = this.looks[0];
    const before = oldest === null ? undefined : this.looks.findLast((look) => look.lastGiven < oldest);
    this.looks.push({ at: now, lastGiven });
    // One look before the oldest that waits is needed, none that lies further back.
    const needed = before ? this.looks.indexOf(before) : 0;
    this.looks = oldest === null ? [{ at: now, lastGiven }] : this.looks.slice(needed);
    if (oldest === null) return 0;
    return Math.max(0, (now - (before ?? first ?? { at: now }).at) / 1000);
  }
}
