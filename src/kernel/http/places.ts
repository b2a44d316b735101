type Waiting = { owner: string; resolve(): void };
type Limits = { most: number; mostWaiting: number; patienceMs: number };

/**
 * So many at once; some more wait for a place in the order in which they came, and nobody has more than half of the
 * places, or of the queue, so that one person's files leave room for the others.
 */
export class Places {
  readonly limits: Limits;
  private readonly taken = new Map<string, number>();
  private waiting: Waiting[] = [];

  constructor(limits: Limits) {
    this.limits = limits;
  }

  get busy(): number {
    return [...this.taken.values()].reduce((sum, count) => sum + count, 0);
  }

  get queued(): number {
    return this.waiting.length;
  }

  /** True once there is a place, which `leave` gives back; false where the queue is full or the wait was too long. */
  take(owner: string, signal: AbortSignal): Promise<boolean> {
    // Those who wait may not take one yet: they wait for their own half, or there is none.
    if (this.mayTake(owner)) {
      this.count(owner, 1);
      return Promise.resolve(true);
    }
    if (!this.mayWait(owner)) return Promise.resolve(false);
    return new Promise((answer) => {
      const one = { owner, resolve: () => end(true) };
      const end = (isTaken: boolean) => {
        clearTimeout(late);
        signal.removeEventListener('abort', giveUp);
        this.waiting = this.waiting.filter((other) => other !== one);
        answer(isTaken);
      };
      const giveUp = () => end(false);
      const late = setTimeout(giveUp, this.limits.patienceMs);
      signal.addEventListener('abort', giveUp);
      this.waiting.push(one);
    });
  }

  leave(owner: string): void {
    this.count(owner, -1);
    this.admit();
  }

  /** Whoever may not take one yet lets those behind him pass. */
  private admit(): void {
    for (const one of this.waiting) {
      if (!this.mayTake(one.owner)) continue;
      this.count(one.owner, 1);
      one.resolve();
    }
  }

  private mayTake(owner: string): boolean {
    const mostOfOne = Math.ceil(this.limits.most / 2);
    return this.busy < this.limits.most && (this.taken.get(owner) ?? 0) < mostOfOne;
  }

  private mayWait(owner: string): boolean {
    const own = this.waiting.filter((one) => one.owner === owner).length;
    return this.waiting.length < this.limits.mostWaiting && own < Math.ceil(this.limits.mostWaiting / 2);
  }

  private count(owner: string, by: number): void {
    const now = (this.taken.get(owner) ?? 0) + by;
    if (now > 0) this.taken.set(owner, now);
    else this.taken.delete(owner);
  }
}
