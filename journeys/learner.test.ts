import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Page } from 'playwright-core';
import { createCourse, publishCourse } from '../src/catalogue/index.ts';
import { courseInput } from '../src/catalogue/schema.ts';
import { projectRoot } from '../src/kernel/project-root.ts';
import { openHouse, signIn } from './harness.ts';

const house = await openHouse();
after(() => house.close());

type Choice = { code: string; text: { hi: string }; correct?: boolean };
type Question = { kind: string; options?: Choice[]; items?: Choice[]; answer?: number };
const course = JSON.parse(
  readFileSync(join(projectRoot(), 'demo/courses/cyber-hygiene/course.json'), 'utf8'),
) as { lessons: { kind: string; quiz?: { questions: Question[] } }[] };

function advance(seconds: number): void {
  house.world.clock.set(new Date(house.world.clock.now().getTime() + seconds * 1000));
}

/** Spends the time that each lesson asks for, says so by the button, and goes on to the next. */
async function takeLessons(page: Page): Promise<void> {
  for (const _ of course.lessons.filter((lesson) => lesson.kind !== 'quiz')) {
    advance(200);
    await page.locator('form[action$="/report"] button').click();
    assert.match(await textOf(page, '#player-text'), /पूरा/);
    await page.locator('main form[action$="/opening"] button').last().click();
  }
}

async function answer(page: Page, question: Question, index: number): Promise<void> {
  if (question.kind === 'numeric') return page.fill(`[name=q${index}]`, String(question.answer));
  for (const option of question.options ?? []) {
    // By its words: the codes on the page are not the author's, which would tell the key.
    const choice = page.getByLabel(option.text.hi, { exact: true }).and(page.locator(`[name=q${index}]`));
    if (option.correct) await choice.check();
  }
  for (const [place, item] of (question.items ?? []).entries()) {
    await page.getByLabel(item.text.hi, { exact: true }).selectOption(String(place + 1));
  }
}

async function textOf(page: Page, selector: string): Promise<string> {
  return (await page.locator(selector).first().textContent()) ?? '';
}

test('a learner without script finds a course, takes it honestly, gets the certificate, and anybody can check it', async () => {
  const page = await house.visit({ hasScript: false });
  await signIn(page, 'sunita');
  await page.goto('/courses?q=saibar');
  await page.locator('main a[href="/courses/cyber-hygiene"]').first().click();
  await page.locator('form[action$="/enrolment"] button').click();
  await page.locator('main form[action$="/opening"] button').first().click();
  await page.locator('form[action$="/report"] button').click();
  assert.doesNotMatch(await textOf(page, '#player-text'), /पाठ पूरा/, 'no time passed, so nothing is met');
  await takeLessons(page);
  const quiz = course.lessons.find((lesson) => lesson.quiz)?.quiz;
  assert.doesNotMatch(await textOf(page, 'html'), /"correct"/);
  for (const [index, question] of (quiz?.questions ?? []).entries()) await answer(page, question, index);
  await page.locator('form[action$="/attempts"] button').click();
  await page.goto('/courses/cyber-hygiene');
  assert.match(await textOf(page, 'main'), /कोर्स पूरा/);
  await page.goto('/certificates');
  const href = await page.locator('main a[href*=".pdf"]').first().getAttribute('href');
  assert.ok(href, 'the certificate can be downloaded');
  const pdf = await page.request.get(href);
  assert.equal(pdf.status(), 200, await pdf.text());
  assert.equal((await pdf.body()).subarray(0, 5).toString(), '%PDF-');
  const anybody = await house.visit();
  await anybody.goto(`/verify/${/([A-Z0-9-]+)\.pdf/.exec(href)?.[1]}`);
  assert.match(await textOf(anybody, 'main'), /सुनीता वर्मा/);
});

test('the nodal officer sees the completion at once, on the way up from the office', async () => {
  const page = await house.visit({ width: 1280 });
  await signIn(page, 'anita');
  await page.goto('/office/offices/SW/training');
  const main = await textOf(page, 'main');
  assert.match(main, /कम से कम एक कोर्स\s*17 का/);
  await page
    .getByRole('link', { name: /जिला समाज कल्याण कार्यालय, बाराबंकी/ })
    .first()
    .click();
  assert.match(await textOf(page, 'main'), /कम से कम एक कोर्स\s*13 का/);
});

test('with script the player reports by itself and says when the lesson is met', async () => {
  const lesson = { code: 'l1', kind: 'text', title: 'छोटा पाठ', body: 'पढ़िए।', minimumSeconds: 2 };
  await createCourse(
    house.world.system,
    courseInput.parse({ code: 'short', title: { hi: 'छोटा कोर्स' }, lessons: [lesson] }),
  );
  await publishCourse(house.world.system, 'short');
  const page = await house.visit();
  await signIn(page, 'imran');
  // The server's clock passes as the browser's does. Moved by itself it may run ahead of the report that opens
  // the lesson, on a slow machine; no later report finds time passed then, and nothing is ever credited.
  await page.route('**/api/v1/engagement', async (route) => {
    advance((route.request().postDataJSON() as { seconds: number }).seconds);
    await route.continue();
  });
  await page.goto('/courses/short');
  await page.locator('form[action$="/enrolment"] button').click();
  await page.locator('main form[action$="/opening"] button').first().click();
  await page.locator('#player').waitFor();
  await page.locator('#player-done').waitFor({ state: 'visible', timeout: 60_000 });
  assert.match(await textOf(page, '#player-text'), /पूरा/);
});
