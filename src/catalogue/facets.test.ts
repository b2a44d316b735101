import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { openWorld } from '../../test/world.ts';
import { courseFacets, listCourses } from './course-queries.ts';
import { loadDemonstrationCourses } from './load-demonstration.ts';

const world = await openWorld();
after(() => world.close());
await loadDemonstrationCourses(world.system, world.runtime);
const ctx = world.system;

const codes = async (search: Partial<Parameters<typeof listCourses>[1]>) =>
  (await listCourses(ctx, { limit: 50, ...search })).items.map((item) => item.code);

test('a facet counts what choosing it would find', async () => {
  const { total, values } = await courseFacets(ctx, {});
  assert.equal(total, (await codes({})).length);
  for (const facet of ['tag', 'language', 'competency', 'provider', 'duration', 'audience'] as const) {
    assert.ok(values[facet].length > 0, facet);
    for (const { value, count } of values[facet])
      assert.equal((await codes({ [facet]: value })).length, count, `${facet} ${value}`);
  }
});

test('the counts of a facet follow the words and the other filters, not its own choice', async () => {
  const all = await courseFacets(ctx, { q: 'cyber' });
  const cyber = await courseFacets(ctx, { q: 'cyber', tag: 'cyber' });
  assert.deepEqual(cyber.values.tag, all.values.tag);
  assert.equal(cyber.total, (await codes({ q: 'cyber', tag: 'cyber' })).length);
  for (const { value, count } of cyber.values.duration)
    assert.equal((await codes({ q: 'cyber', tag: 'cyber', duration: value as 'to15' })).length, count);
});

test('a level of a competency finds what leads there or higher', async () => {
  const { values } = await courseFacets(ctx, {});
  for (const { value: competency } of values.competency) {
    const { values: by } = await courseFacets(ctx, { competency });
    for (const { value, count } of by.level)
      assert.equal(
        (await codes({ competency, level: Number(value) })).length,
        count,
        `${competency} ${value}`,
      );
  }
});

test('filters that leave nothing of what the words find do not bring up other words', async () => {
  assert.deepEqual(await codes({ q: 'cyber', tag: 'health' }), []);
});

test('orders hold over the pages: shortest, newest and best rated from five ratings on', async () => {
  await sql`insert into course_rating_total (course_id, ratings, stars)
    select course_id, case code when 'posh-2013' then 4 else 5 end, 20 from course
    where code in ('posh-2013', 'ai-safe-office')`.execute(ctx.db.read);
  const paged = async (sort: 'shortest' | 'newest' | 'rated') => {
    const seen: string[] = [];
    let next: string | undefined;
    do {
      const page = await listCourses(ctx, { sort, limit: 3, after: next });
      seen.push(...page.items.map((item) => item.code));
      next = page.next ?? undefined;
    } while (next);
    return seen;
  };
  for (const sort of ['shortest', 'newest', 'rated'] as const)
    assert.deepEqual(await paged(sort), await codes({ sort }));
  assert.equal((await paged('rated'))[0], 'ai-safe-office');
  const { items } = await listCourses(ctx, { sort: 'shortest', limit: 50 });
  const minutes = items.filter((item) => item.isPlayable).map((item) => item.durationMinutes);
  assert.deepEqual(
    minutes,
    minutes.toSorted((a, b) => a - b),
  );
  const rated = (await listCourses(ctx, { limit: 50 })).items.find((item) => item.code === 'ai-safe-office');
  assert.deepEqual(rated?.rating, { average: 4, count: 5 });
});
