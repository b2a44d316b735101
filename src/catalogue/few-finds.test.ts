import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openWorld } from '../../test/world.ts';
import { courseFacets, listCourses } from './course-queries.ts';
import { loadDemonstrationCourses } from './load-demonstration.ts';
import { publishCourse } from './publish-course.ts';
import { createCourse } from './save-course.ts';
import { courseInput } from './schema.ts';

const world = await openWorld();
after(() => world.close());
await loadDemonstrationCourses(world.system, world.runtime);

test('a short word is no slip of a longer one: who asks for nutrition is not sent to POSH', async () => {
  const asked = ['पोषण', 'पोषन', 'poshan'];
  for (const q of asked) assert.ok(!(await codes(q)).includes('posh-2013'), q);
  await publish('anganwadi-food', 'पोषण', 'Nutrition');
  for (const q of asked) assert.deepEqual(await codes(q), ['anganwadi-food'], q);
});

async function publish(code: string, hi: string, en: string): Promise<void> {
  const text = { code: 'l1', kind: 'text', title: { hi: 'पाठ', en: 'Lesson' } };
  const lessons = [{ ...text, body: { hi: 'पाठ', en: 'Lesson' } }];
  await createCourse(world.system, courseInput.parse({ code, title: { hi, en }, lessons }));
  await publishCourse(world.system, code);
}

async function codes(q: string, limit = 20): Promise<string[]> {
  const { items } = await listCourses(world.system, { q, limit });
  return items.map((item) => item.code);
}

test('few courses with all words are followed by those that come near, in either spelling', async () => {
  for (const q of ['साईबर सुरकसा', 'साइबर सुरक्षा', 'saibar surksha']) {
    const found = await codes(q);
    for (const code of ['cyber-hygiene', 'cyber-first-response'])
      assert.ok(found.includes(code), `${q}: ${found}`);
    assert.match(found[0] ?? '', /^cyber/, q);
  }
});

test('pages of what is filled up hold every course once, and the counts beside them agree', async () => {
  const q = 'साईबर सुरकसा';
  const whole = await codes(q);
  const paged: string[] = [];
  let next: string | undefined;
  do {
    const page = await listCourses(world.system, { q, limit: 5, ...(next ? { after: next } : {}) });
    paged.push(...page.items.map((item) => item.code));
    next = page.next ?? undefined;
  } while (next);
  assert.deepEqual(paged, whole);
  assert.equal((await courseFacets(world.system, { q })).total, whole.length);
});

test('a course stands first under its own title, in either language', async () => {
  await publish('rti', 'सूचना का अधिकार', 'Right to information');
  const { items } = await listCourses(world.system, { limit: 50 });
  const wrong: string[] = [];
  for (const { code, title } of items)
    for (const q of [title.hi, title.en]) if (q && (await codes(q))[0] !== code) wrong.push(`${code}: ${q}`);
  assert.deepEqual(wrong, []);
});
