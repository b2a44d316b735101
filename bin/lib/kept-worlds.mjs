import { globSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

/** Removes the worlds that test files had copies of (`test/world.ts`): they are named by the process of their run. */
export async function removeKept(url, isOver) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(
    `select datname as name from pg_database where datname ~ '^kept_[0-9]+_'`,
  );
  for (const { name } of rows) if (isOver(name.split('_')[1])) await client.query(`drop database ${name}`);
  await client.end();
  for (const folder of globSync(join(tmpdir(), 'daksh-kept-*')))
    if (isOver(basename(folder).split('-')[2])) rmSync(folder, { recursive: true, force: true });
}
