import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { signedIn } from '../../../test/signed-in.ts';
import { openWorld } from '../../../test/world.ts';
import { courseDesk } from '../authoring/course-desk.ts';
import { createCourse, saveCourseDraft } from '../save-course.ts';
import { courseInput } from '../schema.ts';
import { lessonParts, stateOf } from './parts.ts';
import { saveTranslation } from './save-translation.ts';
import { madeFrom } from './store.ts';

const world = await openWorld();
after(() => world.close());
const author = world.as('author');
const course = (body: { hi: string; en?: string }) =>
  courseInput.parse({
    code: 'T-1',
    title: { hi: 'जल बचाव' },
    lessons: [
      { code: 'l1', kind: 'text', title: { hi: 'परिचय', en: 'Introduction' }, body, durationMinutes: 4 },
      {
        code: 'q',
        kind: 'quiz',
        title: 'प्रश्न',
        quiz: {
          questions: [
            { kind: 'single', text: 'कौन?', options: [{ text: 'क', correct: true }, { text: 'ख' }] },
          ],
        },
      },
    ],
  });

async function states(lesson: string) {
  const desk = await courseDesk(author, 'T-1');
  const made = await madeFrom(world.runtime.db.read, { courseId: desk.course.courseId, language: 'en' });
  const row = desk.lessons.find((one) => one.code === lesson);
  return row
    ? lessonParts(row, 'hi').map((part) => [part.place, stateOf(part, made), row.revision] as const)
    : [];
}

test('a translation is stale once its source changes, until it is made anew', async () => {
  await createCourse(author, course({ hi: 'पानी बचाएँ' }));
  const body = 'lesson.l1.bodyMarkdown';
  assert.equal((await states('l1')).find(([place]) => place === body)?.[1], 'untranslated');
  await saveTranslation(
    author,
    { code: 'T-1', lesson: 'l1' },
    { revision: 1, texts: { [body]: 'Save water' } },
  );
  assert.equal((await states('l1')).find(([place]) => place === body)?.[1], 'done');
  await saveCourseDraft(author, 'T-1', course({ hi: 'पानी और बिजली बचाएँ', en: 'Save water' }));
  assert.equal((await states('l1')).find(([place]) => place === body)?.[1], 'stale');
  await assert.rejects(
    saveTranslation(author, { code: 'T-1', lesson: 'l1' }, { revision: 9, texts: { [body]: 'x' } }),
    { reason: 'stale' },
  );
});

test('questions and options are parts of their own, and the course’s title too', async () => {
  const parts = await states('q');
  assert.ok(parts.filter(([place]) => place.includes('.quiz.')).length >= 3);
  const texts = Object.fromEntries(parts.map(([place]) => [place, 'English']));
  await saveTranslation(author, { code: 'T-1', lesson: 'q' }, { revision: parts[0]?.[2] ?? 0, texts });
  assert.ok((await states('q')).every(([, state]) => state === 'done'));
  const before = await courseDesk(author, 'T-1');
  await saveTranslation(
    author,
    { code: 'T-1' },
    { revision: before.version.revision, texts: { 'course.title': 'Saving water' } },
  );
  assert.equal((await courseDesk(author, 'T-1')).details.titleEn, 'Saving water');
});

test('the page shows source and translation, counts, and saves', async () => {
  const app = await world.app();
  const who = await signedIn(world, 'author');
  const url = '/office/courses/T-1/translation?lesson=l1';
  const page = await app.inject({ url, headers: { cookie: who.cookie } });
  assert.equal(page.statusCode, 200);
  assert.match(page.body, /पानी और बिजली/);
  const revision = /name="revision" value="(\d+)"/.exec(page.body)?.[1] ?? '';
  const sent = await app.inject({
    method: 'POST',
    url,
    headers: { cookie: who.cookie, 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({
      _csrf: who.csrf,
      revision,
      'text:lesson.l1.bodyMarkdown': 'Save water and power',
    }).toString(),
  });
  assert.equal(sent.statusCode, 303);
  assert.equal((await states('l1')).find(([place]) => place.endsWith('bodyMarkdown'))?.[1], 'done');
});
