/** A small seeded generator (mulberry32): the same seed gives the same department on every machine. */
export type Random = {
  /** 0 up to, not including, `below`. */
  int(below: number): number;
  /** Both ends included. */
  between(least: number, most: number): number;
  pick<T>(from: readonly T[]): T;
  chance(share: number): boolean;
  shuffle<T>(list: readonly T[]): T[];
};

export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const int = (below: number) => Math.floor(next() * below);
  return {
    int,
    between: (least, most) => least + int(most - least + 1),
    pick: (from) => {
      const found = from[int(from.length)];
      if (found === undefined) throw new Error('nothing to pick from');
      return found;
    },
    chance: (share) => next() < share,
    shuffle: (list) => {
      const left = [...list];
      for (let index = left.length - 1; index > 0; index -= 1) {
        const other = int(index + 1);
        const held = left[index] as (typeof left)[number];
        left[index] = left[other] as (typeof left)[number];
        left[other] = held;
      }
      return left;
    },
  };
}
