import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Page } from 'playwright-core';
import { beginPaper } from '../src/assessment/begin-paper.ts';
import { courseInput, createCourse, publishCourse } from '../src/catalogue/index.ts';
import { enrolLearner, enrolmentDetail } from '../src/learning/index.ts';
import { openHouse, signIn } from './harness.ts';

const house = await openHouse();
after(() => house.close());
const code = 'on-a-bad-line';
await publish();
await enrolLearner(house.world.as('sunita'), { courseCode: code });
const paper = await beginExam();
const page = await house.visit();
await signIn(page, 'sunita');

const lesson = `/courses/${code}/lessons/read`;
const quiz = `/courses/${code}/lessons/quiz`;
const bar = page.locator('#line-bar');

async function publish(): Promise<void> {
  const question = (n: number) => ({
    kind: 'single',
    text: { hi: `प्रश्न ${n}: पासवर्ड किसे बताएँ?` },
    options: [
      { code: 'a', text: { hi: 'किसी को नहीं' }, correct: true },
      { code: 'b', text: { hi: 'सहकर्मी को' } },
      { code: 'c', text: { hi: 'फ़ोन करने वाले को' } },
    ],
  });
  const long = Array.from({ length: 40 }, (_, n) => `पासवर्ड किसी को न बताएँ, यह ${n + 1}वीं बार।`);
  const lessons = [
    {
      code: 'read',
      kind: 'text',
      title: { hi: 'पढ़िए' },
      body: { hi: long.join('\n\n') },
      minimumSeconds: 100,
    },
    {
      code: 'quiz',
      kind: 'quiz',
      title: { hi: 'जाँचिए' },
      quiz: { questions: [1, 2, 3, 4, 5].map(question) },
    },
  ];
  const input = courseInput.parse({ code, title: { hi: 'ख़राब लाइन पर' }, lessons });
  await createCourse(house.world.system, input);
  await publishCourse(house.world.system, code);
}

async function beginExam(): Promise<string> {
  const ctx = house.world.as('sunita');
  const { enrolment } = await enrolLearner(ctx, { courseCode: 'cyber-safe-office' });
  const { view } = await enrolmentDetail(ctx, enrolment.id);
  const lessonId = view.lessons.find((one) => one.kind === 'quiz')?.id ?? '';
  return (await beginPaper(ctx, { enrolmentId: enrolment.id, lessonId })).paperId;
}

const setOffline = (offline: boolean) => page.context().setOffline(offline);

const seesBar = (text: string | RegExp) => seesIn('#line-bar', text);

/** Said, and on the screen as it stands scrolled now, not under the menu. */
async function seesIn(selector: string, text: string | RegExp): Promise<void> {
  await page.locator(selector, { hasText: text }).filter({ visible: true }).waitFor();
  const isInSight = await page.evaluate(`(() => {
    const place = document.querySelector('${selector}');
    const box = place.getBoundingClientRect();
    const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return box.top >= 0 && box.bottom <= innerHeight && place.contains(top);
  })()`);
  assert.ok(isInSight, `${text} is not in sight on ${page.url()}`);
}

const tapMenu = () => page.locator('nav a[href="/courses"]').filter({ visible: true }).first().click();

async function answer(given: Page): Promise<void> {
  for (let n = 0; n < 5; n += 1) await given.getByLabel('किसी को नहीं').nth(n).check();
}

test('in a lesson a lost line is told in sight, and a tap on the menu keeps the page', async () => {
  await page.goto(lesson);
  await page.locator('#player-by-hand').waitFor({ state: 'hidden' });
  await page.evaluate('scrollTo(0, document.documentElement.scrollHeight / 2)');
  await setOffline(true);
  // The player's words, or the page's, where its first report was answered a moment after the line went.
  await seesBar(/नेटवर्क नहीं (मिल रहा|है)/);
  await tapMenu();
  await seesBar('अगला पृष्ठ नहीं खुल सकता');
  assert.ok(page.url().endsWith(lesson), page.url());
  await setOffline(false);
  await bar.waitFor({ state: 'hidden' });
});

test('a quiz handed in without a line waits in sight and goes by itself when the line is back', async () => {
  await page.goto(quiz);
  await answer(page);
  await setOffline(true);
  await page.locator('form#quiz button[type=submit], form#quiz button').last().click();
  await seesBar('जुड़ते ही भेज दिया जाएगा');
  await tapMenu();
  await seesBar('जुड़ते ही भेज दिया जाएगा');
  await setOffline(false);
  await page.locator('main', { hasText: '100%' }).waitFor();
  assert.match(page.url(), /attempts|result/);
});

test('an answer of an exam that was changed without a line is sent when it is back, and the exam goes on', async () => {
  const choice = await openChoice();
  const asked = page.url();
  await setOffline(true);
  await choice.check();
  await seesIn('#saved', 'अभी नहीं सहेजा');
  await tapMenu();
  assert.equal(page.url(), asked);
  await setOffline(false);
  await page.locator('#saved', { hasText: /^उत्तर सहेजा/ }).waitFor();
  await bar.waitFor({ state: 'hidden' });
  await setOffline(true);
  await page.locator('#paper button').first().click();
  await seesIn('#saved', 'लाइन आते ही');
  assert.equal(page.url(), asked);
  await setOffline(false);
  await page.waitForURL((url) => url.href !== asked);
  await page.goto(asked);
  assert.ok(await choice.isChecked());
});

/** A question of the paper that one choice answers. */
async function openChoice() {
  for (let n = 1; n <= 9; n += 1) {
    await page.goto(`/papers/${paper}/questions/${n}`);
    const choice = page.locator('#paper input[type=radio]').first();
    if (await choice.count()) return choice;
  }
  return assert.fail('the paper asks no single choice');
}

test('an ended session takes nothing from the progress that was shown', async () => {
  await page.goto(lesson);
  await page.waitForTimeout(2500);
  const cookies = await page.context().cookies();
  await page.context().clearCookies();
  await page.evaluate("dispatchEvent(new Event('online'))");
  await seesBar('सत्र समाप्त');
  await page.waitForTimeout(1500);
  const shown = await secondsShown();
  house.world.clock.set(new Date(house.world.clock.now().getTime() + 60_000));
  await page.context().addCookies(cookies.filter(({ name }) => name === 'language'));
  await signIn(page, 'sunita');
  await page.goto(lesson);
  await page.waitForTimeout(1200);
  assert.ok(shown >= 3 && (await secondsShown()) >= shown, `${await secondsShown()} after ${shown}`);
});

async function secondsShown(): Promise<number> {
  return Number(await page.locator('#player [role=progressbar]').getAttribute('aria-valuenow'));
}
