import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { projectRoot } from '../src/kernel/project-root.ts';
import { openTestDatabase } from './database.ts';
import { schemaDump, tablesModule } from './schema.ts';

test('the committed schema and table types are those that the migrations make (npm run schema)', async () => {
  const { db, close } = await openTestDatabase();
  try {
    const read = (path: string) => readFileSync(join(projectRoot(), path), 'utf8');
    assert.equal(await schemaDump(db.pool), read('docs/schema.sql'));
    assert.equal(await tablesModule(db.pool), read('src/tables.ts'));
  } finally {
    await close();
  }
});
