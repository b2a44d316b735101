type Making<V> = { running: Promise<V>; next?: Promise<V> };
type Ask<V> = (key: string, make: () => Promise<V>) => Promise<V>;

/**
 * What many ask for in the same words at one moment is made once for all of them, for each owner (a database) apart.
 * Nobody gets an answer that was begun before he asked: who comes while one is being made shares the next one with
 * all who wait. Nothing is kept; the answer is shared, so nobody changes it.
 */
export function togetherPer<O extends object, V>(): (owner: O) => Ask<V> {
  const asked = new WeakMap<O, Ask<V>>();
  return (owner) => {
    const known = asked.get(owner) ?? together<V>();
    asked.set(owner, known);
    return known;
  };
}

function together<V>(): Ask<V> {
  const makings = new Map<string, Making<V>>();
  const begin: Ask<V> = (key, make) => {
    const making: Making<V> = { running: make() };
    makings.set(key, making);
    const end = () => {
      if (!making.next) makings.delete(key);
    };
    making.running.then(end, end);
    return making.running;
  };
  return (key, make) => {
    const making = makings.get(key);
    if (!making) return begin(key, make);
    const again = () => begin(key, make);
    making.next ??= making.running.then(again, again);
    return making.next;
  };
}
