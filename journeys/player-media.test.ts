import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Locator, Page } from 'playwright-core';
import { courseInput, createCourse, publishCourse } from '../src/catalogue/index.ts';
import { drawPages } from '../src/catalogue/pdf-pages/draw-pages.ts';
import { ffmpegPath } from '../src/catalogue/renditions/kinds.ts';
import { makeRenditions } from '../src/catalogue/renditions/make-renditions.ts';
import { enrolLearner } from '../src/learning/enrol-learner.ts';
import { plainPdf } from '../test/pdf.ts';
import { assertSound, openHouse, signIn } from './harness.ts';

const ffmpeg = ffmpegPath();
const lacking = [process.env['DAKSH_CHROMIUM'] ? '' : 'Chromium', ffmpeg ? '' : 'ffmpeg'].filter(Boolean);
const skip = lacking.length > 0 ? `not run: ${lacking.join(' and ')} not found on this machine` : false;
const house = skip ? undefined : await openHouse();
const folder = mkdtempSync(join(tmpdir(), 'daksh-'));
// The server's clock passes as the browser's does.
const begun = { world: house?.world.clock.now().getTime() ?? 0, real: Date.now() };
const clock = setInterval(() => house?.world.clock.set(new Date(begun.world + Date.now() - begun.real)), 20);
after(async () => {
  clearInterval(clock);
  await house?.close();
  rmSync(folder, { recursive: true, force: true });
});
const seconds = 16;

test('a film is uploaded by its author, made lighter, and earns a learner what was really seen of it', {
  skip,
}, async () => {
  assert.ok(house);
  const { world } = house;
  const lessons = [
    { code: 'l1', kind: 'video', title: { hi: 'देखिए' } },
    { code: 'l2', kind: 'pdf', title: { hi: 'पढ़िए' } },
  ];
  await createCourse(world.as('author'), courseInput.parse({ code: 'film', title: { hi: 'फ़िल्म' }, lessons }));
  await upload();
  await publishCourse(world.as('author'), 'film');
  const page = await house.visit();
  await signIn(page, 'sunita');
  await page.goto('/courses/film');
  await page.locator('form[action$="/enrolment"] button').click();
  await page.locator('main form[action$="/opening"] button').first().click();
  await page.locator('.lesson-speed select').waitFor();
  assert.match((await page.locator('main').textContent()) ?? '', /144p वीडियो/);
  await until(page, 'document.getElementById("media").textTracks[0]?.mode === "showing"');
  await assertSound(page);
  await seekEarnsNothing(page);
});

test('a PDF is turned page by page with the keyboard; the pages that were seen count', { skip }, async () => {
  assert.ok(house);
  const page = await house.visit();
  await signIn(page, 'sunita');
  await page.goto('/courses/film/lessons/l2');
  await page.locator('#page-picture').waitFor();
  await until(page, 'document.getElementById("page-picture").naturalWidth > 0');
  for (const at of [2, 3]) {
    await page.waitForTimeout(2100);
    await page.keyboard.press('ArrowRight');
    await page.locator('#page-number', { hasText: `पृष्ठ ${at} / 3` }).waitFor();
  }
  await page
    .locator('#player-tag', { hasText: 'पूर्ण' })
    .or(page.locator('#player-text', { hasText: 'पूरा' }))
    .first()
    .waitFor();
  await assertSound(page);
});

test('at double speed each real second shows two; two tabs and two phones earn what one of them would', {
  skip,
}, async () => {
  const tab = await openFilm('imran', 'l1');
  const begun = Date.now();
  await playAtDouble(tab);
  await tab.waitForTimeout(2000);
  const second = await tab.context().newPage();
  await second.goto(tab.url());
  await second.locator('.lesson-speed select').waitFor();
  await playAtDouble(second);
  await second.waitForTimeout(2000);
  await Promise.all([pause(tab), pause(second)]);
  const reached = await position(tab);
  await leave(tab);
  await leave(second);
  // Stalls of a busy machine cost a little; opening the second tab must not cost seconds.
  const most = ((Date.now() - begun) / 1000) * 2;
  const earned = await seen('imran');
  assert.ok(
    reached > 7 && earned > 0.75 * reached - 0.5 && earned <= most,
    `${earned} of ${reached}, at most ${most}`,
  );

  const phone = await openFilm('pushpa', 'l1');
  await playAtDouble(phone);
  const other = await openFilm('pushpa', 'l1');
  await other.evaluate('document.getElementById("media").currentTime = 9');
  await playAtDouble(other);
  const both = Date.now();
  await other.waitForTimeout(2000);
  await Promise.all([pause(phone), pause(other)]);
  const first = await position(phone);
  await leave(phone);
  await leave(other);
  const shown = await seen('pushpa');
  const real = first + ((Date.now() - both) / 1000) * 0.5;
  assert.ok(
    shown >= 0.75 * first - 0.5 && shown <= real + 1,
    `${shown} s seen, ${first} s on the first phone`,
  );
});

test('a film on a phone whose battery dies goes on where it was, and what was seen before counts', {
  skip,
}, async () => {
  const page = await openFilm('geeta', 'l1');
  await playAtDouble(page);
  await page.waitForTimeout(3000);
  const left = await position(page);
  // The page has no moment to say goodbye in.
  const session = await page.context().newCDPSession(page);
  void session.send('Page.crash').catch(() => undefined);
  await page.waitForEvent('crash');
  const again = await page.context().newPage();
  // By the time that a phone has been charged, its tab counts as gone.
  await again.goto('/home');
  await again.evaluate(`for (const key of Object.keys(localStorage)) if (key.startsWith('daksh.lesson.')) {
    const kept = JSON.parse(localStorage.getItem(key));
    localStorage.setItem(key, JSON.stringify(Object.assign(kept, { isLeft: true })));
  }`);
  await again.goto(page.url());
  await until(again, 'document.getElementById("media").currentTime > 2');
  const at = await position(again);
  assert.ok(Math.abs(at - left) < 3, `stands at ${at}, was at ${left}`);
  await leave(again);
  const earned = await seen('geeta');
  assert.ok(earned > left - 3 && earned <= left + 1, `${earned} of ${left}`);
});

test('every control of the player has a name, and keys alone play, stop and change the speed', {
  skip,
}, async () => {
  const page = await openFilm('kamla', 'l1');
  const film = page.locator('#media');
  assert.equal(await film.getAttribute('aria-label'), 'देखिए');
  assert.equal(await film.getAttribute('controls'), '');
  assert.equal(await page.getByRole('combobox', { name: 'गति' }).count(), 1);
  assert.ok((await page.getByRole('progressbar').count()) > 0);
  for (const bar of await page.getByRole('progressbar').all()) assert.match(await nameOf(bar), /\S/);
  assert.equal(await film.evaluate((media) => media.querySelector('track')?.label), 'हिन्दी');
  await film.focus();
  await page.keyboard.press('Space');
  await until(page, 'document.getElementById("media").currentTime > 0.3');
  await page.keyboard.press('Space');
  await until(page, 'document.getElementById("media").paused');
  const speed = page.locator('.lesson-speed select');
  for (let n = 0; n < 8 && !(await speed.evaluate((own) => own === document.activeElement)); n += 1)
    await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowDown');
  assert.equal(await page.evaluate('document.getElementById("media").playbackRate'), 1.25);
  await page.goto('/courses/film/lessons/l2');
  for (const button of await page.locator('#pdf-pages button, #pdf-pages a').all())
    assert.match(await nameOf(button), /\S/);
  assert.match((await page.locator('#page-picture').getAttribute('alt')) ?? '', /1/);
});

/** Asked by the browser's own channel: the pages allow no script to be made of text. */
async function until(page: Page, condition: string): Promise<void> {
  for (let n = 0; n < 100; n += 1) {
    if (await page.evaluate(condition)) return;
    await page.waitForTimeout(100);
  }
  assert.fail(`never came: ${condition}`);
}

async function nameOf(control: Locator): Promise<string> {
  return control.evaluate((own) => own.getAttribute('aria-label') ?? own.textContent ?? '');
}

/** A browser of one's own, with the course begun. */
async function openFilm(key: string, lesson: string): Promise<Page> {
  assert.ok(house);
  await enrolLearner(house.world.as(key), { courseCode: 'film' });
  const page = await house.visit();
  await signIn(page, key);
  await page.goto(`/courses/film/lessons/${lesson}`);
  await page.locator('.lesson-speed select').waitFor();
  return page;
}

async function playAtDouble(page: Page): Promise<void> {
  await page.selectOption('.lesson-speed select', '2');
  await play(page);
}

/** The browser hands over what has not been told yet. */
async function leave(page: Page): Promise<void> {
  await page.goto('/home');
}

const position = async (page: Page) =>
  Number(await page.evaluate('document.getElementById("media").currentTime'));

/** As the author does it: the film, its captions and the PDF, by the page of each lesson. */
async function upload(): Promise<void> {
  assert.ok(house);
  const files = {
    film: join(folder, 'film.mp4'),
    captions: join(folder, 'c.vtt'),
    pdf: join(folder, 'p.pdf'),
  };
  const sources = ['-f', 'lavfi', '-i', `testsrc2=s=256x192:r=5:d=${seconds}`];
  const sound = ['-f', 'lavfi', '-i', `sine=440:d=${seconds}`];
  const coding = ['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '12', '-c:a', 'aac', files.film];
  assert.equal(spawnSync(ffmpeg ?? '', ['-v', 'error', '-y', ...sources, ...sound, ...coding]).status, 0);
  writeFileSync(files.captions, 'WEBVTT\n\n00:00.000 --> 00:16.000\nयह जाँच की फ़िल्म है\n');
  writeFileSync(files.pdf, plainPdf(3));
  const author = await house.visit({ width: 1280, hasScript: false });
  await signIn(author, 'author');
  await author.goto('/office/courses/film/lessons/l1');
  await author.setInputFiles('input[name=file-hi]', files.film);
  await author.setInputFiles('input[name=captions-hi]', files.captions);
  await author.fill('[name=altHi]', 'जाँच की फ़िल्म');
  await author.fill('[name=seenPercent]', '50');
  await author.locator('button[value=upload-file-hi]').click();
  await author.goto('/office/courses/film/lessons/l2');
  await author.setInputFiles('input[name=file-hi]', files.pdf);
  await author.fill('[name=altHi]', 'तीन पृष्ठ');
  await author.fill('[name=durationMinutes]', '0.1');
  await author.locator('button[value=upload-file-hi]').click();
  await author.waitForLoadState();
  assert.match((await author.locator('main').textContent()) ?? '', /3 पृष्ठ/);
  await makeLighter();
}

/** What the worker does with the jobs. */
async function makeLighter(): Promise<void> {
  assert.ok(house);
  const { system, runtime } = house.world;
  const { storage } = runtime;
  const found = await sql<{ id: string; type: string }>`select file_id as id, content_type as type from file
    where name in ('film.mp4', 'p.pdf')`.execute(runtime.db.read);
  for (const { id, type } of found.rows)
    await (type === 'application/pdf'
      ? drawPages(system, storage, id)
      : makeRenditions(system, { storage }, id));
}

const play = (page: Page) => page.evaluate('document.getElementById("media").play()');
const pause = (page: Page) => page.evaluate('document.getElementById("media").pause()');

/** What counts as seen, once the report of the page that was left has come. */
async function seen(key: string): Promise<number> {
  for (let n = 0; n < 20 && (await seenNow(key)) === 0; n += 1) await setTimeout(100);
  await setTimeout(300);
  return seenNow(key);
}

async function seenNow(key: string): Promise<number> {
  assert.ok(house);
  const found = await sql<{ seen: number }>`select coalesce(seen_seconds, 0)::float8 as seen
    from lesson_progress p join lesson l using (lesson_id) where l.code = 'l1' and l.kind = 'video'
    and p.person_id = ${house.world.personId(key)}`.execute(house.world.runtime.db.read);
  return found.rows[0]?.seen ?? 0;
}

async function seekEarnsNothing(page: Page): Promise<void> {
  await play(page);
  await page.waitForTimeout(1200);
  await page.evaluate('document.getElementById("media").currentTime = 12');
  await page.waitForTimeout(1200);
  await pause(page);
  await page.reload();
  await page.locator('.lesson-speed select').waitFor();
  const earned = await seen('sunita');
  assert.ok(earned > 1 && earned < 4.5, `${earned} s earned, not the 12 s that were jumped`);
}
