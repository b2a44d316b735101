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
if (house) house.world.clock.now = () => new Date(begun.world + Date.now() - begun.real);
after(async () => {
  await house?.close();
  rmSync(folder, { recursive: true, force: true });
});
const seconds = 16;
/** What a report may lack of what was played: its ends are rounded, and a pause is noted a moment late. */
const slack = 1.2;

test('an uploaded film counts for what was played of it: at double speed, past a dead battery, without what was jumped', {
  skip,
}, async () => {
  await upload();
  const page = await openFilm('sunita');
  assert.match((await page.locator('main').textContent()) ?? '', /144p वीडियो/);
  await until(page, 'document.getElementById("media").textTracks[0]?.mode === "showing"');
  await assertSound(page);

  await page.selectOption('.lesson-speed select', '2');
  await playTo(page, 5);
  const left = await position(page);
  assert.equal(await seen('sunita'), 0, 'nothing was told yet');
  const again = await afterDeath(page);
  await until(again, `Math.abs(document.getElementById("media").currentTime - ${left}) < 1`);
  await arrived('sunita', left - slack);
  assert.ok((await seen('sunita')) <= left + 0.2, `${await seen('sunita')} s of ${left} s`);

  await again.evaluate('document.getElementById("media").currentTime = 13');
  await playTo(again, 13.5);
  const more = await played(again);
  await again.goto('/home');
  await arrived('sunita', left + more - slack);
  assert.ok(
    (await seen('sunita')) <= left + more + 0.2,
    `${await seen('sunita')} s of ${left} s and ${more} s`,
  );
  assert.ok(left + more + 0.2 < 13, 'less than where it stands');
});

test('the player and the pages of a PDF are worked by keys alone, each control with a name', {
  skip,
}, async () => {
  const page = await openFilm('kamla');
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
  await turnsPages(page);
});

/** How long pages count is held by the tests of their counter and of the server. */
async function turnsPages(page: Page): Promise<void> {
  await page.goto('/courses/film/lessons/l2');
  await until(page, 'document.getElementById("page-picture").naturalWidth > 0');
  for (const button of await page.locator('#pdf-pages button, #pdf-pages a').all())
    assert.match(await nameOf(button), /\S/);
  for (const at of [2, 3]) {
    await page.keyboard.press('ArrowRight');
    await page.locator('#page-number', { hasText: `पृष्ठ ${at} / 3` }).waitFor();
  }
  await page.keyboard.press('ArrowLeft');
  assert.match((await page.locator('#page-picture').getAttribute('alt')) ?? '', /2/);
  await until(page, 'document.getElementById("page-picture").naturalWidth > 0');
  await assertSound(page);
}

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

/** A browser of one's own, with the course begun, once the server has noted that it is. */
async function openFilm(key: string): Promise<Page> {
  assert.ok(house);
  await enrolLearner(house.world.as(key), { courseCode: 'film' });
  const page = await house.visit();
  await signIn(page, key);
  const noted = page.waitForResponse((reply) => reply.url().endsWith('/api/v1/engagement'));
  await page.goto('/courses/film/lessons/l1');
  await noted;
  return page;
}

/** Plays until the film stands at least there, however long that takes, and pauses. */
async function playTo(page: Page, least: number): Promise<void> {
  await page.evaluate('document.getElementById("media").play()');
  await until(page, `document.getElementById("media").currentTime >= ${least}`);
  await page.evaluate('document.getElementById("media").pause()');
  // The player notes a pause when the browser tells it, a moment after.
  await page.waitForTimeout(200);
}

const position = async (page: Page) =>
  Number(await page.evaluate('document.getElementById("media").currentTime'));

/** Seconds of the film that the browser itself counts as played on this page. */
const played = async (page: Page) =>
  Number(
    await page.evaluate(`Array.from({ length: document.getElementById("media").played.length }, (_, n) =>
      document.getElementById("media").played.end(n) - document.getElementById("media").played.start(n))
      .reduce((sum, one) => sum + one, 0)`),
  );

/** The tab is killed without a moment to say goodbye in, and the lesson opened anew when its phone was charged. */
async function afterDeath(page: Page): Promise<Page> {
  const address = page.url();
  const session = await page.context().newCDPSession(page);
  const dead = page.waitForEvent('crash');
  void session.send('Page.crash').catch(() => undefined);
  await dead;
  const again = await page.context().newPage();
  // By then its tab counts as gone.
  await again.goto('/home');
  await again.evaluate(`for (const key of Object.keys(localStorage)) if (key.startsWith('daksh.lesson.')) {
    const kept = JSON.parse(localStorage.getItem(key));
    localStorage.setItem(key, JSON.stringify(Object.assign(kept, { isLeft: true })));
  }`);
  await again.goto(address);
  return again;
}

/** As the author does it: the film, its captions and the PDF, by the page of each lesson. */
async function upload(): Promise<void> {
  assert.ok(house);
  const lessons = [
    { code: 'l1', kind: 'video', title: { hi: 'देखिए' } },
    { code: 'l2', kind: 'pdf', title: { hi: 'पढ़िए' } },
  ];
  const course = { code: 'film', title: { hi: 'फ़िल्म' }, lessons };
  await createCourse(house.world.as('author'), courseInput.parse(course));
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
  await publishCourse(house.world.as('author'), 'film');
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

/** What counts as seen of the film. */
async function seen(key: string): Promise<number> {
  assert.ok(house);
  const found = await sql<{ seen: number }>`select coalesce(seen_seconds, 0)::float8 as seen
    from lesson_progress p join lesson l using (lesson_id) where l.code = 'l1' and l.kind = 'video'
    and p.person_id = ${house.world.personId(key)}`.execute(house.world.runtime.db.read);
  return found.rows[0]?.seen ?? 0;
}

/** Waits for the report that brings so much, and a little longer for one that would bring too much. */
async function arrived(key: string, least: number): Promise<void> {
  for (let n = 0; n < 100 && (await seen(key)) < least; n += 1) await setTimeout(100);
  assert.ok((await seen(key)) >= least, `${await seen(key)} s seen, at least ${least} s were played`);
  await setTimeout(300);
}
