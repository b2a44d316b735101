/** The one source of "now", so that tests can set it. */
export type Clock = { now(): Date };

export const systemClock: Clock = { now: () => new Date() };

export function fixedClock(instant: string | Date): Clock & { set(to: string | Date): void } {
  let current = new Date(instant);
  return {
    now: () => new Date(current),
    set(to) {
      current = new Date(to);
    },
  };
}
