type Waiting<K, V> = { key: K; resolve(value: V): void; reject(error: unknown): void };

/** One call takes so many keys at most; the rest goes with the next. */
const mostAtOnce = 500;

/**
 * What many requests of one turn of the event loop look up one by one is loaded by one call: `load` gets the
 * keys and answers in their order. Nothing is kept, so an answer is never older than its question.
 */
export function gathering<K, V>(load: (keys: K[]) => Promise<V[]>): (key: K) => Promise<V> {
  let waiting: Waiting<K, V>[] = [];
  const flush = () => {
    const all = waiting;
    waiting = [];
    for (let at = 0; at < all.length; at += mostAtOnce) void answer(load, all.slice(at, at + mostAtOnce));
  };
  return (key) =>
    new Promise((resolve, reject) => {
      if (waiting.length === 0) setImmediate(flush);
      waiting.push({ key, resolve, reject });
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
