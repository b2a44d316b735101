import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { after, test } from 'node:test';
import fc from 'fast-check';
import pg from 'pg';
import { wav } from '../../test/wav.ts';
import { openWorld } from '../../test/world.ts';
import { createCourse, publishCourse, saveFile } from '../catalogue/index.ts';
import { courseInput } from '../catalogue/schema.ts';
import { newId } from '../kernel/ids.ts';
import { changeEnrolmentLanguage } from './change-language.ts';
import { creditAll } from './engagement-store.ts';
import { enrolLearner } from './enrol-learner.ts';
import { enrolmentDetail } from './enrolment-view.ts';
import { reportEngagement } from './report-engagement.ts';
import { type Segment, segmentsText } from './segments.ts';

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
const [hundred, fifty] = await Promise.all([keep(100), keep(50)]);

async function course(code: string, lessons: object[]) {
  const title = { hi: `सुनिए ${code}`, en: `Listen ${code}` };
  await createCourse(world.system, courseInput.parse({ code, title, lessons }));
  await publishCourse(world.system, code);
}

const audio = (code: string, more: object = {}) => ({
  ...{ code, kind: 'audio', title: { hi: code, en: code }, asset: { hi: hundred, en: fifty } },
  ...more,
});

async function learner(key: string, courseCode: string) {
  const ctx = world.as(key);
  const { enrolment } = await enrolLearner(ctx, { courseCode, language: 'hi' });
  const tell = (at: number, seconds: number, segments?: Segment[]) =>
    reportEngagement(ctx, {
      enrolmentId: enrolment.id,
      lessonId: enrolment.lessons[at]?.id ?? '',
      ...{ seconds, segments },
    });
  const after = (seconds: number, segments?: Segment[]) => {
    advance(seconds);
    return tell(0, seconds, segments);
  };
  const condition = async () => (await enrolmentDetail(ctx, enrolment.id)).view.lessons[0]?.conditions[0];
  await tell(0, 0);
  return { ctx, tell, after, condition };
}

await course('S-ONE', [audio('l1')]);
await course('S-TWO', [audio('l1'), audio('l2')]);

test('at double speed half of the real time has shown it all, and the share is said as it is', async () => {
  const { after, condition } = await learner('sunita', 'S-ONE');
  const half = await after(20, [[0, 40]]);
  assert.deepEqual([half.creditedSeconds, half.doneSeconds, half.requiredSeconds], [20, 40, 80]);
  assert.deepEqual(await condition(), {
    ...{ kind: 'dwell', required: 80, done: 40, met: false, recordingSeconds: 100 },
  });
  const met = await after(20, [[40, 80]]);
  assert.deepEqual(
    [met.totalSeconds, met.doneSeconds, met.lessonMet, met.courseCompleted],
    [40, 80, true, true],
  );
});

test('faster than double earns what double would, and nothing where no time has passed', async () => {
  const { after, tell } = await learner('imran', 'S-ONE');
  assert.equal((await after(10, [[0, 100]])).doneSeconds, 20);
  assert.equal((await tell(0, 1, [[20, 22]])).doneSeconds, 20);
  assert.equal((await tell(0, 0, [[20, 100]])).doneSeconds, 20);
  assert.equal((await after(10, [[20, 30]])).doneSeconds, 30, 'later honest parts count as ever');
});

test('a part that is played again counts once; parts may come in any order and go beyond the end', async () => {
  const { after } = await learner('pushpa', 'S-ONE');
  assert.equal((await after(30, [[0, 30]])).doneSeconds, 30);
  assert.equal((await after(30, [[0, 30]])).doneSeconds, 30);
  assert.equal(
    (
      await after(20, [
        [90, 400],
        [25, 35],
      ])
    ).doneSeconds,
    45,
  );
});

test('a client that tells no parts is credited by time, also after one that did', async () => {
  const { after } = await learner('kamla', 'S-ONE');
  assert.equal((await after(30, [[0, 30]])).doneSeconds, 30);
  assert.equal((await after(30)).doneSeconds, 60);
  assert.equal((await after(20, [[0, 20]])).doneSeconds, 60);
  assert.equal((await after(20, [[30, 50]])).lessonMet, true);
});

test('what was seen in one language is the same share of the other, and what is told of both adds up', async () => {
  const { ctx, after, condition } = await learner('ramesh', 'S-ONE');
  await after(20, [[0, 20]]);
  await changeEnrolmentLanguage(ctx, { courseCode: 'S-ONE', language: 'en' });
  assert.deepEqual(await condition(), {
    ...{ kind: 'dwell', required: 40, done: 10, met: false, recordingSeconds: 50 },
  });
  assert.equal((await after(20, [[10, 30]])).doneSeconds, 30);
  assert.equal((await after(10, [[30, 40]])).courseCompleted, true);
});

test('two phones that play two recordings at once are credited real time once', async () => {
  const { tell } = await learner('geeta', 'S-TWO');
  await tell(1, 0);
  let first = 0;
  let second = 0;
  for (let at = 0; at < 80; at += 20) {
    advance(10);
    first = (await tell(0, 20, [[at, at + 20]])).doneSeconds;
    advance(10);
    second = (await tell(1, 20, [[at, at + 20]])).doneSeconds;
  }
  assert.equal(first + second, 80);
});

test('two processes that write one lesson at the same instant lose no part and credit real time once', async () => {
  const long = await keep(2000);
  await course('S-RACE', [audio('l1', { asset: long })]);
  const { ctx } = await learner('kamla', 'S-RACE');
  const { enrolment } = await enrolLearner(ctx, { courseCode: 'S-RACE' });
  const [lesson] = enrolment.lessons;
  const pools = [0, 1, 2].map(() => new pg.Pool({ connectionString: world.runtime.db.url, max: 3 }));
  advance(100);
  const tell = (from: number, seconds: number) => ({
    ...{ personId: world.personId('kamla'), enrolmentId: enrolment.id, lessonId: lesson?.id ?? '' },
    ...{ seconds, position: null, engagementId: newId(), meetsAt: null, recording: 'hi' },
    segments: segmentsText([[from, from + seconds]], 2000),
  });
  await Promise.all(
    Array.from({ length: 30 }, (_, n) => {
      const pool = pools[n % pools.length];
      assert.ok(pool);
      return creditAll(pool, [tell(n * 10, 10)], new Date(now));
    }),
  );
  const state = (await enrolmentDetail(ctx, enrolment.id)).states.get(lesson?.id ?? '');
  assert.equal(state?.doneSeconds, 10, 'all reports of one instant claim the same hundred seconds');
  for (let n = 0; n < 12; n += 1) {
    advance(10);
    await Promise.all(
      pools.map((pool, at) => creditAll(pool, [tell(500 + (n * 3 + at) * 10, 10)], new Date(now))),
    );
  }
  await Promise.all(pools.map((pool) => pool.end()));
  const after = (await enrolmentDetail(ctx, enrolment.id)).states.get(lesson?.id ?? '');
  const added = (after?.doneSeconds ?? 0) - (state?.doneSeconds ?? 0);
  assert.equal(added, 120, 'of three who claim the same ten seconds one is credited');
});

test('a second tab or phone that opens, or reports little, takes nothing from the one that plays', async () => {
  const { tell } = await learner('sunita', 'S-TWO');
  advance(9);
  await tell(1, 0);
  advance(1);
  assert.equal((await tell(0, 10, [[0, 20]])).doneSeconds, 20, 'all ten seconds, at double speed');
  advance(9);
  assert.equal((await tell(1, 2, [[0, 4]])).doneSeconds, 4);
  advance(1);
  assert.equal(
    (await tell(0, 10, [[20, 40]])).doneSeconds,
    36,
    'eight of the ten were not shown by the other',
  );
  assert.equal((await tell(1, 10, [[4, 24]])).doneSeconds, 4, 'what both show counts once');
});

test('two tabs of one film at double speed earn together what one of them would', async () => {
  const { tell } = await learner('kamla', 'S-TWO');
  await tell(0, 0);
  advance(2);
  await tell(0, 2, [[0, 4]]);
  assert.equal((await tell(0, 2, [[0, 4]])).doneSeconds, 4);
  advance(2);
  assert.equal((await tell(0, 2, [[50, 54]])).doneSeconds, 8);
  assert.equal((await tell(0, 2, [[60, 64]])).doneSeconds, 8, 'another part in the same two seconds');
});

test('whatever is told, no more is seen than double the time that passed, nor than there is', async () => {
  await course('S-ANY', [audio('l1')]);
  const { after, ctx } = await learner('imran', 'S-ANY');
  const at = fc.integer({ min: 0, max: 1100 }).map((tenths) => tenths / 10);
  const report = fc.record({
    passed: fc.integer({ min: 0, max: 20 }),
    seconds: fc.integer({ min: 0, max: 40 }),
    parts: fc.array(fc.tuple(at, at), { maxLength: 4 }),
  });
  let before = 0;
  let real = 0;
  await fc.assert(
    fc.asyncProperty(report, async ({ passed, seconds, parts }) => {
      advance(passed - seconds);
      const { doneSeconds } = await after(seconds, parts);
      real += passed;
      assert.ok(doneSeconds >= before && doneSeconds <= before + seconds * 2 + 1);
      assert.ok(doneSeconds <= Math.min(100, real * 2 + 1));
      before = doneSeconds;
    }),
    { numRuns: 60 },
  );
  assert.ok(ctx);
});

test('an hour without a network comes in one report, all of it', async () => {
  await course('S-LONG', [audio('l1', { asset: await keep(1500) })]);
  const { after } = await learner('geeta', 'S-LONG');
  const back = await after(1300, [[0, 1300]]);
  assert.deepEqual([back.creditedSeconds, back.doneSeconds, back.lessonMet], [300, 1300, true]);
});

test('a time that the author set is real time, at whatever speed', async () => {
  await course('S-SET', [audio('l1', { minimumSeconds: 40 })]);
  const { after, condition } = await learner('geeta', 'S-SET');
  assert.equal((await after(30, [[0, 60]])).doneSeconds, 30);
  assert.equal((await condition())?.recordingSeconds, undefined);
  assert.equal((await after(10, [[60, 80]])).lessonMet, true);
});

test('parts are kept in tenths within the recording, and parts that meet still meet', () => {
  const at = fc.float({ min: 0, max: 200, noNaN: true });
  fc.assert(
    fc.property(at, at, at, (a, b, c) => {
      const [from, middle, to] = [a, b, c].sort((x, y) => x - y) as [number, number, number];
      const bounds = [
        ...segmentsText(
          [
            [from, middle],
            [middle, to],
          ],
          100,
        ).matchAll(/\[(\d+),(\d+)\)/g),
      ];
      for (const [, low, high] of bounds) assert.ok(Number(low) < Number(high) && Number(high) <= 1000);
      if (bounds.length === 2) assert.equal(bounds[0]?.[2], bounds[1]?.[1]);
    }),
  );
});
