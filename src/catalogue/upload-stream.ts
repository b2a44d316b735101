import { Readable } from 'node:stream';

export const headBytes = 4100; // what file-type needs
const mostDrained = 220_000_000;

export type Upload = {
  /** The first bytes, to see what it is. */
  head: Buffer;
  /** All of it, the head included. */
  whole: Readable;
  /** Reads the rest away: a browser shows a refusal only once it has sent all it had. */
  drain(): Promise<void>;
};

/** Looks at the beginning of an upload without holding the rest in memory. */
export async function beginUpload(source: Readable): Promise<Upload> {
  const chunks: Buffer[] = [];
  let size = 0;
  const iterator = source[Symbol.asyncIterator]();
  while (size < headBytes) {
    const next = await iterator.next();
    if (next.done) break;
    const chunk = Buffer.from(next.value as Buffer);
    chunks.push(chunk);
    size += chunk.length;
  }
  // Without `return`, so that a reader who gives up does not destroy the source before it is drained.
  const rest = { [Symbol.asyncIterator]: () => ({ next: () => iterator.next() }) };
  const whole = Readable.from(
    (async function* () {
      yield* chunks;
      yield* rest;
    })(),
    { objectMode: false },
  );
  return { head: Buffer.concat(chunks), whole, drain: () => drainFrom(iterator) };
}

async function drainFrom(iterator: AsyncIterator<Buffer>): Promise<void> {
  let bytes = 0;
  while (bytes < mostDrained) {
    const next = await iterator.next().catch(() => ({ done: true, value: undefined }));
    if (next.done) return;
    bytes += next.value?.length ?? 0;
  }
}
