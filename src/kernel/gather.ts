type Waiting<K, V> = { key: K; resolve(value: V): void; reject(error: unknown): void };

/** One call takes so many keys at most; the rest goes with the next. */
const mostAtOnce = 500;
/** While so many calls are under way, as many as there are shared connections, questions wait for the next. */
const mostUnderWay = 2;

/**
 * What many requests of one moment look up one by one is loaded by one call: `load` gets the keys and answers
 * in their order. Nothing is kept, so an answer is never older than its question. The busier it is, the more
 * questions share a call; the first one of a quiet moment leaves at once.
 */
export function gathering<K, V>(load: (keys: K[]) => Promise<V[]>): (key: K) => Promise<V> {
  let waiting: Waiting<K, V>[] = [];
  let isPlanned = false;
  let underWay = 0;
  const plan = () => {
    if (isPlanned || underWay >= mostUnderWay || waiting.length === 0) return;
    isPlanned = true;
    setImmediate(send);
  };
  const send = () => {
    isPlanned = false;
    const batch = waiting.slice(0, mostAtOnce);
    waiting = waiting.slice(mostAtOnce);
    underWay += 1;
    void answer(load, batch).finally(() => {
      underWay -= 1;
      plan();
    });
    plan();
  };
  return (key) =>
    new Promise((resolve, reject) => {
      waiting.push({ key, resolve, reject });
      plan();
    });
}

/** The same for what is asked of several owners, such as databases: one gathering for each of them. */
export function gatheringPer<O extends object, K, V>(
  load: (owner: O, keys: K[]) => Promise<V[]>,
): (owner: O, key: K) => Promise<V> {
  const made = new WeakMap<O, (key: K) => Promise<V>>();
  return (owner, key) => {
    const known = made.get(owner);
    if (known) return known(key);
    const ask = gathering((keys: K[]) => load(owner, keys));
    made.set(owner, ask);
    return ask(key);
  };
}

/**
 * The same for keys that have rows: `load` gets each name once, and `nameOf` tells whose a row is. A statement
 * that joins its names to their rows laterally keeps the order of the rows of one name.
 */
export function gatheringRows<O extends object, Row>(
  load: (owner: O, names: string[]) => Promise<Row[]>,
  nameOf: (row: Row) => string,
): (owner: O, name: string) => Promise<Row[]> {
  return gatheringPer(async (owner: O, names: string[]) => {
    const byName = new Map<string, Row[]>(names.map((name) => [name, []]));
    const rows = await load(owner, [...byName.keys()]);
    for (const row of rows) byName.get(nameOf(row))?.push(row);
    return names.map((name) => byName.get(name) ?? []);
  });
}

async function answer<K, V>(load: (keys: K[]) => Promise<V[]>, waiting: Waiting<K, V>[]): Promise<void> {
  try {
    const values = await load(waiting.map((one) => one.key));
    for (const [index, one] of waiting.entries()) one.resolve(values[index] as V);
  } catch (error) {
    for (const one of waiting) one.reject(error);
  }
}
