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

test('after a change of language the other recording counts, from the next report on', async () => {
  const learner = await enrolled('ramesh', 'hi');
  assert.equal((await learner.report(45)).lessonMet, false);
  await changeEnrolmentLanguage(learner.ctx, { courseCode: 'spoken', language: 'en' });
  assert.equal(await learner.asked(), 40);
  assert.equal((await learner.report(1)).lessonMet, true, 'what was credited stays and is enough');

  const other = await enrolled('pushpa', 'en');
  await other.report(20);
  await changeEnrolmentLanguage(other.ctx, { courseCode: 'spoken', language: 'hi' });
  const result = await other.report(45);
  assert.deepEqual([result.totalSeconds, result.requiredSeconds, result.lessonMet], [65, 80, false]);
  assert.equal((await other.report(20)).courseCompleted, true);
});
