import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { wav } from '../../test/wav.ts';
import { openWorld } from '../../test/world.ts';
import { Refusal } from '../kernel/errors.ts';
import { projectRoot } from '../kernel/project-root.ts';
import { saveLesson } from './authoring/save-lesson.ts';
import { type LessonRow, lessonsOf } from './course-store.ts';
import { takenIn } from './lesson-times.ts';
import { measureKeptFiles } from './measure-kept-files.ts';
import { publishCourse } from './publish-course.ts';
import { createCourse } from './save-course.ts';
import { saveFile } from './save-file.ts';
import { courseInput } from './schema.ts';

const world = await openWorld();
after(() => world.close());

function keep(bytes: Buffer, name = 'recording.wav') {
  return saveFile(world.system, world.runtime.storage, { source: Readable.from([bytes]), name });
}

async function lessonOf(code: string): Promise<LessonRow> {
  const found = await sql<{ id: string }>`select course_version_id as id from course_version
    join course using (course_id) where code = ${code} order by number desc limit 1`.execute(
    world.system.db.read,
  );
  const lesson = (await lessonsOf(world.system.db, found.rows[0]?.id ?? ''))[0];
  assert.ok(lesson);
  return lesson;
}

async function courseOf(code: string, lesson: object): Promise<LessonRow> {
  const lessons = [{ code: 'l1', kind: 'audio', title: 'सुनिए', ...lesson }];
  await createCourse(world.system, courseInput.parse({ code, title: code, lessons }));
  return lessonOf(code);
}

const spoken = async (seconds: number) => ({
  fileId: (await keep(wav(seconds))).fileId,
  transcript: 'जो कहा गया',
});
const edit = { titleHi: 'सुनिए', titleEn: null, hi: {}, en: {}, durationMinutes: null, minimumSeconds: null };

test('a recording is measured as it is kept: WAV, MP3 and MP4', async () => {
  assert.equal((await keep(wav(12))).durationSeconds, 12);
  const demo = (path: string) => readFileSync(join(projectRoot(), 'demo/courses', path));
  const sound = await keep(demo('cyber-hygiene/l3.hi.mp3'), 'l3.mp3');
  assert.equal(Math.round(sound.durationSeconds ?? 0), 150);
  const film = await keep(demo('asha-home-visits/l3.hi.mp4'), 'l3.mp4');
  assert.deepEqual([film.contentType, Math.round(film.durationSeconds ?? 0)], ['video/mp4', 118]);
  const page = await keep(Buffer.from('%PDF-1.4\n...'), 'a.pdf');
  assert.equal(page.durationSeconds, null);
});

test('a lesson lasts what its recording lasts, whatever was typed, and asks for 80 % of it in each language', async () => {
  const asset = { hi: await spoken(100), en: await spoken(60) };
  const lesson = await courseOf('both', { asset, durationMinutes: 30 });
  assert.deepEqual([lesson.durationMinutes, lesson.minimumSeconds], [1.67, 80]);
  assert.deepEqual(
    ['hi', 'en', 'ur'].map((language) => takenIn(lesson, language).minimumSeconds),
    [80, 48, 80],
  );
  assert.equal(takenIn(lesson, 'en').durationMinutes, 1);
});

test('what the author typed as the minimum holds in every language, up to the shortest recording', async () => {
  const asset = { hi: await spoken(100), en: await spoken(60) };
  const lesson = await courseOf('typed', { asset, minimumSeconds: 60 });
  assert.deepEqual([takenIn(lesson, 'hi').minimumSeconds, takenIn(lesson, 'en').minimumSeconds], [60, 60]);
  const tooLong = (error: unknown) =>
    error instanceof Refusal &&
    error.status === 422 &&
    error.fields[0]?.code === 'minimum_longer_than_recording' &&
    /61/.test(error.text.hi) &&
    /only 60/.test(error.text.en);
  await assert.rejects(courseOf('typed-2', { asset, minimumSeconds: 61 }), tooLong);
  const change = { ...edit, revision: lesson.revision, minimumSeconds: 61 };
  await assert.rejects(saveLesson(world.system, { code: 'typed', lesson: 'l1' }, change), tooLong);
});

test('a recording whose length cannot be read counts with the minutes that were typed', async () => {
  const broken = await keep(Buffer.from('RIFF\x20\0\0\0WAVEjunk'), 'broken.wav');
  assert.equal(broken.durationSeconds, null);
  const asset = { fileId: broken.fileId, transcript: 'जो कहा गया' };
  const lesson = await courseOf('broken', { asset, durationMinutes: 5, minimumSeconds: 290 });
  assert.deepEqual([lesson.durationMinutes, lesson.minimumSeconds], [5, 290]);
  await publishCourse(world.system, 'broken');
});

test('another recording changes the length; a typed minimum that it no longer reaches is refused with it', async () => {
  const author = world.as('author');
  const ownFile = (seconds: number) =>
    saveFile(author, world.runtime.storage, { source: Readable.from([wav(seconds)]), name: 'mine.wav' });
  const { fileId: first } = await ownFile(100);
  const lessons = [{ code: 'l1', kind: 'audio', title: 'सुनिए', asset: { fileId: first } }];
  await createCourse(author, courseInput.parse({ code: 'changed', title: 'बदला', lessons }));
  const { fileId } = await ownFile(50);
  const files = [{ language: 'hi' as const, slot: 'file' as const, fileId }];
  const at = { code: 'changed', lesson: 'l1' };
  const change = { ...edit, revision: (await lessonOf('changed')).revision, files };
  await assert.rejects(saveLesson(author, at, { ...change, minimumSeconds: 90 }), /only 50/);
  assert.equal((await lessonOf('changed')).contents[0]?.fileSeconds, 100, 'nothing of it is saved');
  await saveLesson(author, at, change);
  const saved = await lessonOf('changed');
  assert.deepEqual([saved.durationMinutes, saved.minimumSeconds], [0.83, 40]);
});

test('files kept before are measured by a job; a published version stays, the next draft follows', async () => {
  const asset = await spoken(100);
  await courseOf('old', { asset, durationMinutes: 10 });
  const older = (set: ReturnType<typeof sql>) =>
    sql`update file set ${set} where file_id = ${asset.fileId}`.execute(world.system.db.read);
  await older(sql`duration_seconds = null, examined_at = null`);
  await sql`update lesson_content set minimum_seconds = null`.execute(world.system.db.read);
  await sql`update lesson set minimum_seconds = 480, duration_minutes = 10
    where lesson_id = ${(await lessonOf('old')).lessonId}`.execute(world.system.db.read);
  assert.equal(await measureKeptFiles(world.system, world.runtime.storage), 1);
  assert.equal(await measureKeptFiles(world.system, world.runtime.storage), 0);
  assert.equal(takenIn(await lessonOf('old'), 'hi').minimumSeconds, 480);
  await publishCourse(world.system, 'old');
  assert.equal(takenIn(await lessonOf('old'), 'hi').minimumSeconds, 80);
});
