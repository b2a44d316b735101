import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { signedIn } from '../../../test/signed-in.ts';
import { openWorld } from '../../../test/world.ts';
import { loadDemonstrationCourses } from '../load-demonstration.ts';
import { arrangeCollection, createCollection, saveCollection, shownCollection } from './save-collection.ts';

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

test('courses are added, moved and taken off one step at a time; a published collection is not empty at first', async () => {
  const ramesh = world.as('ramesh');
  await createCollection(ramesh, { titleHi: 'क्रम से', state: 'draft', code: 'in-order' });
  const order = async () => (await shownCollection(ramesh, 'in-order')).courses.map((one) => one.code);
  await assert.rejects(saveCollection(ramesh, 'in-order', { titleHi: 'क्रम से', state: 'published' }), {
    code: 'invalid',
  });
  const step = (name: 'add' | 'remove' | 'up' | 'down', ...course: string[]) =>
    arrangeCollection(ramesh, 'in-order', { step: name, course });
  await step('add', 'cyber-hygiene', 'posh-2013');
  await step('add', 'posh-2013', 'ai-safe-office');
  await step('up', 'ai-safe-office');
  assert.deepEqual(await order(), ['cyber-hygiene', 'ai-safe-office', 'posh-2013']);
  await step('down', 'cyber-hygiene');
  await step('remove', 'posh-2013');
  assert.deepEqual(await order(), ['ai-safe-office', 'cyber-hygiene']);
  await saveCollection(ramesh, 'in-order', { titleHi: 'क्रम से', state: 'published' });
  assert.deepEqual(await order(), ['ai-safe-office', 'cyber-hygiene']);
  await assert.rejects(step('add', 'nothing'), /nothing/);
  const own = arrangeCollection(world.as('cmo'), 'in-order', { step: 'remove', course: ['cyber-hygiene'] });
  await assert.rejects(own, { code: 'not_found' });
});

test('an editor finds courses by words in either script and ticks them, without script', async () => {
  const app = await world.app();
  const { headers } = await signedIn(world, 'ramesh');
  const found = await app.inject({ url: '/office/collections/in-order?q=posh', headers });
  assert.match(found.body, /name="course"[^>]*value="posh-2013"/);
  const url = '/office/collections/in-order/courses';
  const payload = { step: 'add', course: ['posh-2013', 'gem-procurement'], q: 'posh' };
  const added = await app.inject({ method: 'POST', url, headers, payload });
  assert.equal(added.headers.location, '/office/collections/in-order?q=posh#chosen');
  const none = await app.inject({ method: 'POST', url, headers, payload: { step: 'add' } });
  assert.equal(none.statusCode, 422);
  assert.match(none.body, /कम से कम एक कोर्स चुनें/);
});
