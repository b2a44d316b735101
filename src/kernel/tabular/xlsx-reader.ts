import type { RawChunk } from './csv-reader.ts';
import { TableFault } from './faults.ts';

// biome-ignore lint/correctness/useYield: until the reader is written
export async function* readXlsx(
  _source: AsyncIterable<Uint8Array>,
  _limits: { chunkRows: number; rowBytes: number },
): AsyncGenerator<RawChunk> {
  throw new TableFault('unknown_format');
}
