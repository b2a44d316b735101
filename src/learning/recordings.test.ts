import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { after, test } from 'node:test';
import { wav } from '../../test/wav.ts';
import { openWorld } from '../../test/world.ts';
import { createCourse, publishCourse, saveFile } from '../catalogue/index.ts';
import { courseInput } from '../catalogue/schema.ts';
import { changeEnrolmentLanguage } from './change-language.ts';
import { enrolLearner } from './enrol-learner.ts';
import { enrolmentDetail } from './enrolment-view.ts';
import { reportEngagement } from './report-engagement.ts';

const world = await openWorld();
after(() => world.close());
let now = Date.parse('2026-11-22T06:00:00Z');
function advance(seconds: number) {
  now += seconds * 1000;
  world.clock.set(new Date(now));
}

const keep = async (seconds: number) => {
  const upload = { source: Readable.from([wav(seconds)]), name: 'recording.wav' };
  const { fileId } = await saveFile(world.system, world.runtime.storage, upload);
  return { fileId, transcript: 'जो कहा गया' };
};
const lessons = [
  {
    code: 'l1',
    kind: 'audio',
    title: { hi: 'सुनिए', en: 'Listen' },
    asset: { hi: await keep(100), en: await keep(50) },
  },
];
const title = { hi: 'दो भाषाएँ', en: 'Two languages' };
await createCourse(world.system, courseInput.parse({ code: 'spoken', title, lessons }));
await publishCourse(world.system, 'spoken');

async function enrolled(key: string, language: 'hi' | 'en') {
  const ctx = world.as(key);
  const { enrolment } = await enrolLearner(ctx, { courseCode: 'spoken', language });
  const lessonId = enrolment.lessons[0]?.id ?? '';
  const report = (seconds: number) => {
    advance(seconds);
    return reportEngagement(ctx, { enrolmentId: enrolment.id, lessonId, seconds });
  };
  const asked = async () =>
    (await enrolmentDetail(ctx, enrolment.id)).view.lessons[0]?.conditions[0]?.required;
  await report(0);
  return { ctx, report, asked };
}

test('a recording asks for the time of the language in which the course is taken', async () => {
  const hindi = await enrolled('sunita', 'hi');
  const english = await enrolled('imran', 'en');
  assert.deepEqual([await hindi.asked(), await english.asked()], [80, 40]);
  assert.equal((await hindi.report(45)).lessonMet, false);
  const met = await english.report(45);
  assert.deepEqual([met.requiredSeconds, met.lessonMet, met.courseCompleted], [40, true, true]);
});

test('after a change of language the other recording counts, and what was heard as the same share of it', async () => {
  const learner = await enrolled('ramesh', 'hi');
  assert.equal((await learner.report(45)).lessonMet, false);
  await changeEnrolmentLanguage(learner.ctx, { courseCode: 'spoken', language: 'en' });
  assert.equal(await learner.asked(), 40);
  assert.equal((await learner.report(17)).lessonMet, false, 'not half of it was heard: 22.5 of 50 seconds');
  assert.equal((await learner.report(1)).lessonMet, true);

  const other = await enrolled('pushpa', 'en');
  await other.report(20);
  await changeEnrolmentLanguage(other.ctx, { courseCode: 'spoken', language: 'hi' });
  const result = await other.report(39);
  assert.deepEqual([result.totalSeconds, result.requiredSeconds, result.lessonMet], [59, 80, false]);
  assert.equal((await other.report(1)).courseCompleted, true);
});

test('the same part of a recording counts once, in whatever language and however often it changes', async () => {
  const { ctx, seen } = await viewer('geeta', 'hi');
  assert.equal(await seen([0, 16]), 16);
  const to = (language: 'hi' | 'en') => changeEnrolmentLanguage(ctx, { courseCode: 'spoken', language });
  // The English recording is half as long: its first 8 seconds say the same.
  for (let turn = 0; turn < 3; turn += 1) {
    await to('en');
    assert.equal(await seen([0, 8]), 8);
    await to('hi');
    assert.equal(await seen([0, 16]), 16);
  }
  await to('en');
  assert.equal(await seen([8, 28]), 28, 'what comes after is new');
  await to('hi');
  assert.equal(await seen([0, 40]), 56);
});

async function viewer(key: string, language: 'hi' | 'en') {
  const ctx = world.as(key);
  const { enrolment } = await enrolLearner(ctx, { courseCode: 'spoken', language });
  const at = { enrolmentId: enrolment.id, lessonId: enrolment.lessons[0]?.id ?? '' };
  await reportEngagement(ctx, { ...at, seconds: 0 });
  const seen = async (part: [number, number]) => {
    const seconds = part[1] - part[0];
    advance(seconds);
    await reportEngagement(ctx, { ...at, seconds, segments: [part] });
    const { view } = await enrolmentDetail(ctx, at.enrolmentId);
    return view.lessons[0]?.conditions[0]?.done;
  };
  return { ctx, seen };
}
