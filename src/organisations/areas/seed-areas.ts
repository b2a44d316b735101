import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Runtime } from '../../kernel/feature.ts';
import { areaFile, areaFiles, readAreas } from './read-areas.ts';
import { stateNamesHi } from './state-names.ts';
import * as store from './store.ts';

/**
 * Reads the areas of the reference files into the database, once for each version of the files. Safe to call
 * at every start, and from several processes at once.
 */
export async function seedAreas(runtime: Pick<Runtime, 'db'>): Promise<void> {
  const digest = await digestOfFiles();
  if ((await store.seededDigest(runtime.db.read)) === digest) return;
  const areas = await readAreas();
  await runtime.db.transaction(async (tx) => {
    await store.lockSeeding(tx);
    if ((await store.seededDigest(tx)) === digest) return;
    await store.holdOffices(tx);
    await store.upsertAreas(tx, areas);
    await store.linkOffices(tx);
    await store.markSeeded(tx, digest);
  });
}

async function digestOfFiles(): Promise<string> {
  const hash = createHash('sha256');
  for (const name of areaFiles) hash.update(await readFile(areaFile(name)));
  return hash.update(JSON.stringify(stateNamesHi)).digest('hex');
}
