import { TableFault } from './faults.ts';

export type Peeked = { first: Buffer; all: AsyncIterable<Uint8Array> };

/** Looks at the first bytes (up to 4 KB) without losing them. */
export async function peek(source: AsyncIterable<Uint8Array>): Promise<Peeked> {
  const blocks = source[Symbol.asyncIterator]();
  const seen: Uint8Array[] = [];
  let size = 0;
  while (size < 4096) {
    const next = await blocks.next();
    if (next.done) break;
    seen.push(next.value);
    size += next.value.length;
  }
  return { first: Buffer.concat(seen).subarray(0, 4096), all: replay(seen, blocks) };
}

async function* replay(seen: Uint8Array[], rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* seen;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}

export async function* limited(
  source: AsyncIterable<Uint8Array>,
  maxBytes: number,
): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const block of source) {
    size += block.length;
    if (size > maxBytes) throw new TableFault('file_too_large', { maxBytes });
    yield block;
  }
}

/** Text as UTF-8 without byte order mark. UTF-16 is known by its mark; nothing else is guessed. */
export function toUtf8({ first, all }: Peeked): AsyncIterable<Uint8Array> {
  if (first[0] === 0xff && first[1] === 0xfe) return recode(all, 'utf-16le');
  if (first[0] === 0xfe && first[1] === 0xff) return recode(all, 'utf-16be');
  const hasMark = first[0] === 0xef && first[1] === 0xbb && first[2] === 0xbf;
  return hasMark ? skip(all, 3) : all;
}

async function* recode(source: AsyncIterable<Uint8Array>, encoding: string): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  try {
    for await (const block of source) yield Buffer.from(decoder.decode(block, { stream: true }));
    yield Buffer.from(decoder.decode());
  } catch (error) {
    if (error instanceof TypeError) throw new TableFault('invalid_encoding', { encoding });
    throw error;
  }
}

async function* skip(source: AsyncIterable<Uint8Array>, bytes: number): AsyncGenerator<Uint8Array> {
  let left = bytes;
  for await (const block of source) {
    const cut = Math.min(left, block.length);
    left -= cut;
    if (cut < block.length) yield block.subarray(cut);
  }
}
