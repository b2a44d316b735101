import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import type { Page } from 'playwright-core';
import { courseInput, createCourse, publishCourse } from '../src/catalogue/index.ts';
import { drawPages } from '../src/catalogue/pdf-pages/draw-pages.ts';
import { ffmpegPath } from '../src/catalogue/renditions/kinds.ts';
import { makeRenditions } from '../src/catalogue/renditions/make-renditions.ts';
import { plainPdf } from '../test/pdf.ts';
import { assertSound, openHouse, signIn } from './harness.ts';

const ffmpeg = ffmpegPath();
const skip = !process.env['DAKSH_CHROMIUM'] ? 'no Chromium here' : ffmpeg ? false : 'no ffmpeg here';
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
const seconds = 20;

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
  await page.waitForFunction('document.getElementById("media").textTracks[0]?.mode === "showing"');
  await assertSound(page);
  await seekEarnsNothing(page);
});

test('a PDF is turned page by page with the keyboard; the pages that were seen count', { skip }, async () => {
  assert.ok(house);
  const page = await house.visit();
  await signIn(page, 'sunita');
  await page.goto('/courses/film/lessons/l2');
  await page.locator('#page-picture').waitFor();
  await page.waitForFunction('document.getElementById("page-picture").naturalWidth > 0');
  for (const at of [2, 3]) {
    await page.waitForTimeout(2600);
    await page.keyboard.press('ArrowRight');
    assert.equal(await page.locator('#page-number').textContent(), `पृष्ठ ${at} / 3`);
  }
  await page
    .locator('#player-tag', { hasText: 'पूर्ण' })
    .or(page.locator('#player-text', { hasText: 'पूरा' }))
    .first()
    .waitFor();
  await assertSound(page);
});

/** As the author does it: the film, its captions and the PDF, by the page of each lesson. */
async function upload(): Promise<void> {
  assert.ok(house);
  const files = {
    film: join(folder, 'film.mp4'),
    captions: join(folder, 'c.vtt'),
    pdf: join(folder, 'p.pdf'),
  };
  const sources = ['-f', 'lavfi', '-i', `testsrc2=s=640x480:r=10:d=${seconds}`];
  const sound = ['-f', 'lavfi', '-i', `sine=440:d=${seconds}`];
  const coding = ['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '12', '-c:a', 'aac', files.film];
  assert.equal(spawnSync(ffmpeg ?? '', ['-v', 'error', '-y', ...sources, ...sound, ...coding]).status, 0);
  writeFileSync(files.captions, 'WEBVTT\n\n00:00.000 --> 00:20.000\nयह जाँच की फ़िल्म है\n');
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
  await author.fill('[name=durationMinutes]', '0.5');
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

async function seen(): Promise<number> {
  assert.ok(house);
  const found = await sql<{ seen: number }>`select coalesce(seen_seconds, 0)::float8 as seen
    from lesson_progress p join lesson l using (lesson_id) where l.code = 'l1' and l.kind = 'video'
    and p.person_id = ${house.world.personId('sunita')}`.execute(house.world.runtime.db.read);
  return found.rows[0]?.seen ?? 0;
}

async function seekEarnsNothing(page: Page): Promise<void> {
  await play(page);
  await page.waitForTimeout(1200);
  await page.evaluate('document.getElementById("media").currentTime = 15');
  await page.waitForTimeout(1200);
  await pause(page);
  await page.reload();
  await page.locator('.lesson-speed select').waitFor();
  const earned = await seen();
  assert.ok(earned > 1 && earned < 4.5, `${earned} s earned, not the 15 s that were jumped`);
}
