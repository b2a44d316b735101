import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import type { Page } from 'playwright-core';
import { courseInput, createCourse, publishCourse, saveFile } from '../src/catalogue/index.ts';
import { wav } from '../test/wav.ts';
import { assertSound, openHouse, signIn } from './harness.ts';

const house = await openHouse();
// The server's clock passes as the browser's does.
const begun = { world: house.world.clock.now().getTime(), real: Date.now() };
const clock = setInterval(() => house.world.clock.set(new Date(begun.world + Date.now() - begun.real)), 20);
after(async () => {
  clearInterval(clock);
  await house.close();
});

const seconds = 24;

async function publish(code: string): Promise<void> {
  const upload = { source: Readable.from([wav(seconds)]), name: 'recording.wav' };
  const { fileId } = await saveFile(house.world.system, house.world.runtime.storage, upload);
  const title = { hi: `सुनिए ${code}`, en: `Listen ${code}` };
  const asset = { hi: { fileId, transcript: 'जो कहा गया' } };
  const lessons = [{ code: 'l1', kind: 'audio', title, asset }];
  await createCourse(house.world.system, courseInput.parse({ code, title: { hi: title.hi }, lessons }));
  await publishCourse(house.world.system, code);
}

async function openLesson(key: string, code: string): Promise<Page> {
  await publish(code);
  const page = await house.visit();
  await signIn(page, key);
  await page.goto(`/courses/${code}`);
  await page.locator('form[action$="/enrolment"] button').click();
  await page.locator('main form[action$="/opening"] button').first().click();
  await page.locator('.lesson-speed select').waitFor();
  return page;
}

const play = (page: Page) => page.evaluate('document.getElementById("media").play()');
const pause = (page: Page) => page.evaluate('document.getElementById("media").pause()');
const position = async (page: Page) =>
  Number(await page.evaluate('document.getElementById("media").currentTime'));

async function progress(key: string, code: string) {
  const found = await sql<{ seen: number; credited: number; position: number; isMet: boolean }>`
    select p.seen_seconds::float8 as seen, p.credited_seconds as credited, p.position, p.met_at is not null as "isMet"
    from lesson_progress p join enrolment e using (person_id, enrolment_id) join course c using (course_id)
    where c.code = ${code} and p.person_id = ${house.world.personId(key)}`.execute(
    house.world.runtime.db.read,
  );
  return found.rows[0];
}

test('on a bad line nothing is lost: the page says so, keeps what was heard and sends it when connected', async () => {
  const page = await openLesson('sunita', 'bad-line');
  await page.selectOption('.lesson-speed select', '2');
  await play(page);
  await page.waitForTimeout(2500);
  await page.context().setOffline(true);
  await page.locator('#player-trouble', { hasText: 'नेटवर्क नहीं मिल रहा' }).waitFor();
  await page.waitForTimeout(4000);
  await page.context().setOffline(false);
  await page.locator('#player-trouble').waitFor({ state: 'hidden' });
  await page.locator('#player-text', { hasText: 'पूरा' }).waitFor({ timeout: 30_000 });
  const kept = await progress('sunita', 'bad-line');
  // What is asked of a recording is asked in whole seconds.
  assert.ok(kept?.isMet && kept.seen >= Math.floor(0.8 * seconds), JSON.stringify(kept));
  assert.ok(kept.credited <= seconds * 0.75, 'twice as fast, so in about half of the time');
  await assertSound(page);
});

test('a phone that dies without a network goes on where it was, and what was heard counts afterwards', async () => {
  const page = await openLesson('imran', 'battery');
  const context = page.context();
  const address = page.url();
  await play(page);
  await page.waitForTimeout(1000);
  await context.setOffline(true);
  await page.waitForTimeout(6000);
  await pause(page);
  const left = await position(page);
  await page.close({ runBeforeUnload: false });
  await context.setOffline(false);
  const again = await context.newPage();
  await again.goto(address);
  await again.locator('.lesson-speed select').waitFor();
  for (let n = 0; n < 50 && (await position(again)) === 0; n += 1) await again.waitForTimeout(100);
  assert.ok(Math.abs((await position(again)) - left) < 2, `${await position(again)} against ${left}`);
  await again.waitForTimeout(500);
  const kept = await progress('imran', 'battery');
  assert.ok(kept && kept.seen > 5 && kept.seen <= left + 0.5, `${JSON.stringify(kept)} of ${left}`);
});

test('the player can be worked by keys alone, each control with a name', async () => {
  const page = await openLesson('pushpa', 'keys');
  const names: string[] = [];
  await page.evaluate('document.getElementById("main")?.focus?.()');
  for (let n = 0; n < 40; n += 1) {
    await page.keyboard.press('Tab');
    names.push(String(await page.evaluate('document.activeElement?.id || document.activeElement?.tagName')));
  }
  const order = ['media', 'SELECT', 'SUMMARY'].map((name) => names.indexOf(name));
  assert.ok(
    order.every((at, n) => at >= 0 && at >= (order[n - 1] ?? 0)),
    names.join(' '),
  );
  await page.locator('.lesson-speed select').focus();
  await page.keyboard.press('ArrowDown');
  assert.equal(await page.evaluate('document.getElementById("media").playbackRate'), 1.25);
  assert.equal((await page.locator('[role=status]').count()) >= 2, true);
  await assertSound(page);
});

test('whoever jumps ahead is told why the bar stands still; going back over what was heard says nothing', async () => {
  const page = await openLesson('sunita', 'skipping');
  const said = page.locator('#player-skipped');
  await play(page);
  await page.waitForTimeout(1500);
  await page.evaluate('document.getElementById("media").currentTime = 0.2');
  await page.waitForTimeout(500);
  assert.ok(await said.isHidden());
  await page.evaluate('document.getElementById("media").currentTime = 20');
  await said.filter({ hasText: 'छूटा हुआ भाग नहीं गिना जाता' }).waitFor();
});

test('the page that a reader notes in a PDF is where it opens next time, on any device', async () => {
  const { world } = house;
  const pdf = Buffer.from(
    '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n',
  );
  const { fileId } = await saveFile(world.system, world.runtime.storage, {
    source: Readable.from([pdf]),
    name: 'rules.pdf',
  });
  const title = { hi: 'नियम', en: 'Rules' };
  const lesson = {
    code: 'l1',
    kind: 'pdf',
    title,
    asset: { hi: { fileId, altText: 'नियमों की पुस्तिका' } },
    durationMinutes: 20,
  };
  await createCourse(
    world.system,
    courseInput.parse({ code: 'pdf', title: { hi: 'नियम' }, lessons: [lesson] }),
  );
  await publishCourse(world.system, 'pdf');
  const page = await house.visit();
  await withoutViewer(page);
  await signIn(page, 'ramesh');
  await page.goto('/courses/pdf');
  await page.locator('form[action$="/enrolment"] button').click();
  await page.locator('main form[action$="/opening"] button').first().click();
  const told = page.waitForResponse((reply) => (reply.request().postData() ?? '').includes('"position":12'));
  await page.getByLabel('किस पृष्ठ पर हैं').fill('12');
  await page.keyboard.press('Tab');
  await told;
  await assertSound(page);
  const other = await house.visit({ width: 1280, language: 'en' });
  await withoutViewer(other);
  await signIn(other, 'ramesh');
  await other.goto('/courses/pdf/lessons/l1');
  await other.getByLabel('Which page are you on').waitFor();
  assert.equal(await other.getByLabel('Which page are you on').inputValue(), '12');
  assert.match((await other.locator('#open-pdf').getAttribute('href')) ?? '', /#page=12$/);
  await assertSound(other);
});

/** The browser's own viewer of PDFs is no matter of ours, and hangs where no screen is. */
async function withoutViewer(page: Page): Promise<void> {
  await page.route('**/media/**', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: '<html lang="hi"><title>PDF</title></html>',
    }),
  );
}
