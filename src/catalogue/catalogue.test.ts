import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openWorld } from '../../test/world.ts';
import { courseOf, listCourses } from './course-queries.ts';
import { loadDemonstrationCourses } from './load-demonstration.ts';

const world = await openWorld();
after(() => world.close());

test('the eight demonstration courses publish as they are, once, and are found in either script', async () => {
  assert.equal((await loadDemonstrationCourses(world.system, world.runtime)).length, 8);
  assert.deepEqual(await loadDemonstrationCourses(world.system, world.runtime), []);
  const course = await courseOf(world.as('sunita'), 'cyber-hygiene');
  assert.equal(course.durationMinutes, 19);
  for (const q of ['साइबर', 'cyber']) {
    const { items } = await listCourses(world.as('sunita'), { q, limit: 10 });
    assert.ok(
      items.some((one) => one.code === 'cyber-hygiene'),
      `${q}: ${items.map((one) => one.code)}`,
    );
  }
});
