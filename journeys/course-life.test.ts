import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Page } from 'playwright-core';
import { cast } from '../demo/cast.ts';
import { grantRole } from '../src/people/index.ts';
import { assertFits, assertSound, openHouse, signIn } from './harness.ts';

const house = await openHouse();
// The server's clock passes as the browser's does.
const begun = { world: house.world.clock.now().getTime(), real: Date.now() };
const clock = setInterval(() => house.world.clock.set(new Date(begun.world + Date.now() - begun.real)), 20);
after(async () => {
  clearInterval(clock);
  await house.close();
});

const course = '/office/courses/pension-time';
const minimumSeconds = 8;
const english: Record<string, string> = {
  'पेंशन समय पर': 'Pension in time',
  'फ़ाइल कब चले': 'When to move the file',
  जाँचिए: 'Check yourself',
  'फ़ाइल कितने माह पहले चले?': 'How many months before does the file move?',
  'एक माह': 'One month',
  'छह माह': 'Six months',
  'छह माह पहले चलाने से देय समय पर मिलते हैं।': 'Six months let the dues be paid in time.',
};
const englishBody = 'Move the file six months before retirement.';

async function grant(key: string, role: string): Promise<void> {
  const member = cast.find((person) => person.key === key);
  assert.ok(member);
  const employeeCode = member.code;
  await grantRole(house.world.system, { employeeCode, role, officeCode: 'SW', kind: 'open' });
}

async function atDesk(key: string): Promise<Page> {
  const page = await house.visit({ width: 1280 });
  await signIn(page, key);
  return page;
}

async function textOf(page: Page, selector: string): Promise<string> {
  return (await page.locator(selector).first().textContent()) ?? '';
}

async function sees(page: Page, text: string | RegExp): Promise<void> {
  const main = page.locator('main', { hasText: text });
  await main.waitFor().catch(async () => {
    assert.fail(`${page.url()} does not say ${text}: ${await textOf(page, 'main')}`);
  });
}

const press = (page: Page, name: string) =>
  page.locator('main').getByRole('button', { name }).first().click();

/** An office that wants a second person's word, said by its nodal officer. */
async function wantSecondPerson(): Promise<void> {
  const page = await atDesk('anita');
  await page.goto('/office/review-rules');
  await page.fill('#officeCode', 'SW');
  await page.locator('main [name=secondPerson][value=yes]').check();
  await press(page, 'सहेजें');
  await page.locator('main td, main th').getByText('समाज कल्याण विभाग').first().waitFor();
}

async function makeCourse(page: Page): Promise<void> {
  await page.goto('/office/courses/new');
  await page.fill('[name=code]', 'pension-time');
  await page.fill('[name=titleHi]', 'पेंशन समय पर');
  await page.locator('main form button.primary').click();
  await page.waitForURL(/\/edit/);
  await writeLesson(page);
  await writeQuiz(page);
}

async function addLesson(page: Page, kind: string, titleHi: string): Promise<void> {
  await page.goto(`${course}/edit`);
  await page.locator(`[name=kind][value=${kind}]`).check();
  await page.fill('[name=titleHi]', titleHi);
  await page.locator('form[action$="/lessons"] button').click();
  await page.waitForURL(/\/lessons\//);
}

async function writeLesson(page: Page): Promise<void> {
  await addLesson(page, 'text', 'फ़ाइल कब चले');
  await page.locator('.editor').first().waitFor();
  await page.fill('[name=minimumSeconds]', String(minimumSeconds));
  await page.focus('#bodyHi');
  await page.keyboard.type('## सेवानिवृत्ति से पहले');
  await page.keyboard.press('Enter');
  await page.keyboard.type('फ़ाइल तीन माह पहले चलाइए।');
  await page.locator('.editor-status', { hasText: 'सहेजा गया' }).waitFor();
  await page.locator('#lesson-form button[value=save]').click();
  await sees(page, 'सहेज');
}

async function writeQuiz(page: Page): Promise<void> {
  await addLesson(page, 'quiz', 'जाँचिए');
  const quiz = page.url();
  await page.goto(`${course}/publication`);
  await sees(page, 'प्रश्नोत्तरी में प्रश्न नहीं हैं');
  await page.goto(quiz);
  await page.locator('a[href$="kind=single"]').click();
  await page.fill('[name=textHi]', 'फ़ाइल कितने माह पहले चले?');
  await page.fill('[name=explanationHi]', 'छह माह पहले चलाने से देय समय पर मिलते हैं।');
  await page.fill('[name="option-1-hi"]', 'एक माह');
  await page.fill('[name="option-2-hi"]', 'छह माह');
  await page.check('#right-2');
  await page.locator('main button[value=save]').click();
  await sees(page, 'फ़ाइल कितने माह पहले चले?');
}

async function sendToReview(page: Page): Promise<void> {
  await page.goto(`${course}/edit`);
  await page.locator('main').getByRole('link', { name: 'अनुमोदन', exact: true }).click();
  await press(page, 'अनुमोदन के लिए भेजें');
  await sees(page, 'अनुमोदन की प्रतीक्षा में है');
}

async function decide(page: Page, decision: 'approved' | 'returned', reason = ''): Promise<void> {
  await page.check(`[name=decision][value=${decision}]`);
  await page.fill('[name=reason]', reason);
  await press(page, 'निर्णय सहेजें');
}

/** The lesson said three months, the quiz six: the second person sees it. */
async function commentAndReturn(page: Page): Promise<void> {
  await page.goto('/office/courses');
  await page.locator('main').getByRole('link', { name: 'पेंशन समय पर' }).first().click();
  await page.goto(`${course}/review`);
  await page.locator('[name=lesson]').selectOption({ label: 'फ़ाइल कब चले' });
  await page.locator('form:has([name=lesson]) [name=text]').fill('तीन नहीं, छह माह।');
  await press(page, 'टिप्पणी जोड़ें');
  await sees(page, 'तीन नहीं, छह माह।');
  await sees(page, 'खुली टिप्पणियाँ: 1');
  await assertSound(page);
  await decide(page, 'returned', 'पाठ और प्रश्न में अंतर है।');
  await sees(page, 'सुधार के लिए लौटाया गया');
}

async function mend(page: Page): Promise<void> {
  await page.goto(`${course}/review`);
  await sees(page, 'पाठ और प्रश्न में अंतर है।');
  await page.goto(`${course}/edit`);
  await page.locator('main').getByRole('link', { name: '1. फ़ाइल कब चले' }).click();
  await page.locator('.editor').first().waitFor();
  await page.focus('#bodyHi');
  await page.keyboard.press('Control+End');
  await page.keyboard.press('Shift+Home');
  await page.keyboard.type('फ़ाइल छह माह पहले चलाइए।');
  await page.locator('.editor-status', { hasText: 'सहेजा गया' }).waitFor();
  await page.locator('#lesson-form button[value=save]').click();
  await page.goto(`${course}/review`);
  await press(page, 'निपटी हुई मानें');
}

/** Fills the English side, a part of the course at a time; nothing is left then, and nothing is stale. */
async function translate(page: Page): Promise<void> {
  await page.goto(`${course}/edit`);
  await page.locator('main').getByRole('link', { name: 'अनुवाद', exact: true }).click();
  await page.waitForURL(/\/translation/);
  assert.match(await textOf(page, 'main .stat-strip'), /अनुवाद शेष\s*8/);
  for (const name of ['पूरा कोर्स', 'फ़ाइल कब चले', 'जाँचिए']) {
    await page.locator('main').getByRole('link', { name, exact: true }).click();
    for (const part of await page.locator('main form .card').all()) {
      const source = (await part.locator('div[lang=hi]').textContent())?.trim() ?? '';
      const field = part.locator('[contenteditable=true], [name^="text:"]').filter({ visible: true });
      await field.fill(english[source] ?? englishBody);
    }
    await assertFits(page);
    await press(page, 'सहेजें');
    await sees(page, 'अनुवाद सहेजा गया');
  }
  assert.match(await textOf(page, 'main .stat-strip'), /अनुवाद शेष\s*0/);
  assert.match(await textOf(page, 'main .stat-strip'), /मूल बदल गया\s*0/);
  await assertSound(page);
}

async function publish(page: Page): Promise<void> {
  await page.goto(`${course}/publication`);
  await sees(page, /2 पाठ/);
  await assertSound(page);
  await press(page, 'प्रकाशित करें');
  await page.goto(`${course}/publication`);
  await sees(page, 'प्रकाशित');
}

test('a course is made, reviewed, translated and published by five officers, each with his own part', async () => {
  await grant('imran', 'author');
  await grant('pushpa', 'author');
  await grant('ramesh', 'reviewer');
  await wantSecondPerson();
  const writer = await atDesk('imran');
  await makeCourse(writer);
  const publisher = await atDesk('author');
  await publisher.goto(`${course}/publication`);
  assert.equal(await publisher.getByRole('button', { name: 'प्रकाशित करें' }).count(), 0);
  await sendToReview(writer);
  const reviewer = await atDesk('ramesh');
  await commentAndReturn(reviewer);
  await mend(writer);
  await translate(await atDesk('pushpa'));
  await sendToReview(writer);
  await reviewer.goto(`${course}/review`);
  await decide(reviewer, 'approved');
  await sees(reviewer, 'स्वीकृत है');
  await publish(publisher);
});

/** The line breaks in the middle of the lesson; what was read meanwhile counts when it is back. */
async function readOnBadLine(page: Page): Promise<void> {
  await page.locator('#player').waitFor();
  await sees(page, 'फ़ाइल छह माह पहले चलाइए।');
  await sees(page, 'इस पाठ में क्या करना है');
  await page.waitForTimeout(2000);
  await page.context().setOffline(true);
  await page.locator('#player-trouble', { hasText: 'नेटवर्क नहीं मिल रहा' }).waitFor();
  await page.waitForTimeout(minimumSeconds * 1000);
  assert.doesNotMatch(await textOf(page, '#player-text'), /पूरा/, 'only the server says so');
  await page.context().setOffline(false);
  await page.locator('#player-trouble').waitFor({ state: 'hidden' });
  await page.locator('#player-text', { hasText: 'पूरा' }).waitFor();
  await assertSound(page);
}

async function answer(page: Page, option: string): Promise<void> {
  await page.getByLabel(option, { exact: true }).check();
  await page.locator('form[action$="/attempts"] button').first().click();
}

test('a learner on a phone takes it on a bad line, fails, tries again and is certified; a stranger checks that', async () => {
  const page = await house.visit();
  await signIn(page, 'sunita');
  await page.goto('/courses?q=pension');
  await page.locator('main a[href="/courses/pension-time"]').first().click();
  await page.locator('form[action$="/enrolment"] button').click();
  await page.locator('main form[action$="/opening"] button').first().click();
  await readOnBadLine(page);
  await page.locator('main form[action$="/opening"] button').last().click();
  await answer(page, 'एक माह');
  await sees(page, 'छह माह पहले चलाने से देय समय पर मिलते हैं।');
  await assertSound(page);
  await page.goto('/courses/pension-time');
  assert.doesNotMatch(await textOf(page, 'main'), /कोर्स पूरा हुआ/);
  await page.locator('main form[action$="/opening"] button').last().click();
  await answer(page, 'छह माह');
  await sees(page, 'कोर्स पूरा');
  await page.goto('/certificates');
  await assertSound(page);
  const href = await page.locator('main a[href*=".pdf"]').first().getAttribute('href');
  assert.ok(href, 'the certificate can be downloaded');
  const pdf = await page.request.get(href);
  assert.equal(pdf.status(), 200);
  assert.equal((await pdf.body()).subarray(0, 5).toString(), '%PDF-');
  const stranger = await house.visit();
  await stranger.goto('/verify');
  await stranger.fill('[name=no]', /([A-Z0-9-]+)\.pdf/.exec(href)?.[1] ?? '');
  await press(stranger, 'जाँचें');
  await sees(stranger, 'सुनीता वर्मा');
  await sees(stranger, 'पेंशन समय पर');
  await assertFits(stranger);
});

test('before the next version the publisher sees in numbers whom it concerns', async () => {
  const page = await atDesk('author');
  await page.goto(`${course}/edit`);
  await page.locator('form[action$="/draft"] button').click();
  await page.goto(`${course}/publication`);
  assert.match(await textOf(page, 'main .stat-strip'), /नामांकित\s*1.*अधूरा\s*0.*पूर्ण\s*1/s);
  await assertSound(page);
});
