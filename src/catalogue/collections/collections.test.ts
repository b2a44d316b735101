import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openWorld } from '../../../test/world.ts';
import { loadDemonstrationCourses } from '../load-demonstration.ts';
import { createCollection, saveCollection, shownCollection } from './save-collection.ts';

const world = await openWorld();
after(() => world.close());
await loadDemonstrationCourses(world.system, world.runtime);
const input = { titleHi: 'पहले सप्ताह में', courses: ['cyber-hygiene', 'posh-2013'], state: 'draft' } as const;
const plain = { ...input, courses: [...input.courses] };

test('a collection keeps its order, and is seen by everybody once it is published', async () => {
  await createCollection(world.as('ramesh'), { ...plain, code: 'first-week' });
  await assert.rejects(shownCollection(world.as('sunita'), 'first-week'), { code: 'not_found' });
  const courses = ['posh-2013', 'cyber-hygiene', 'ai-safe-office'];
  await saveCollection(world.as('anita'), 'first-week', { ...plain, courses, state: 'published' });
  const shown = await shownCollection(world.as('sunita'), 'first-week');
  assert.deepEqual(
    shown.courses.map((course) => course.code),
    courses,
  );
  const app = await world.app();
  assert.match((await app.inject({ url: '/collections/first-week' })).body, /पहले सप्ताह में/);
  assert.equal((await app.inject({ url: '/api/v1/collections/first-week' })).json().courses, 3);
});

test('a collection is edited by its office alone, with courses and codes that exist', async () => {
  await assert.rejects(saveCollection(world.as('cmo'), 'first-week', plain), { code: 'not_found' });
  await assert.rejects(saveCollection(world.as('sunita'), 'first-week', plain), { code: 'forbidden' });
  const again = { ...plain, code: 'first-week' };
  await assert.rejects(createCollection(world.as('ramesh'), again), { reason: 'collection_code_taken' });
  await assert.rejects(
    saveCollection(world.as('ramesh'), 'first-week', { ...plain, courses: ['nothing'] }),
    /nothing/,
  );
  await assert.rejects(saveCollection(world.as('ramesh'), 'first-week', { ...plain, titleHi: '' }), {
    code: 'invalid',
  });
});
