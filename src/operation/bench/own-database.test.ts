import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openTestDatabase } from '../../../test/database.ts';
import { openWorld } from '../../../test/world.ts';
import { requireGenerated } from './own-database.ts';

const world = await openWorld();
const empty = await openTestDatabase();
after(async () => {
  await empty.close();
  await world.close();
});

test('an installation with offices of its own is not measured, nor one that is empty', async () => {
  await assert.rejects(requireGenerated(world.runtime.db), { reason: 'not_generated' });
  await assert.rejects(requireGenerated(empty.db), { reason: 'not_generated' });
});
