import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import { openWorld } from '../../test/world.ts';
import { createCourse, publishCourse } from '../catalogue/index.ts';
import { courseInput } from '../catalogue/schema.ts';
import { Refusal } from '../kernel/errors.ts';
import { enrolLearner } from './enrol-learner.ts';
import { enrolmentDetail } from './enrolment-view.ts';
import { reportEngagement } from './report-engagement.ts';
import { submitAttempt } from './submit-attempt.ts';
import { withdrawLearner } from './withdraw-learner.ts';

const world = await openWorld();
after(() => world.close());
let now = Date.parse('2026-11-22T06:00:00Z');
function advance(seconds: number) {
  now += seconds * 1000;
  world.clock.set(new Date(now));
}

async function course(code: string, more: object = {}) {
  const input = courseInput.parse({
    code,
    title: { hi: `पाठ्यक्रम ${code}`, en: `Course ${code}` },
    tags: ['ai'],
    lessons: [
      {
        code: 'l1',
        kind: 'text',
        title: 'पहला पाठ',
        body: '## पाठ\nपढ़िए',
        durationMinutes: 10,
        minimumSeconds: 60,
      },
      {
        code: 'quiz',
        kind: 'quiz',
        title: 'जाँच',
        quiz: {
          passShare: 0.5,
          attempts: 2,
          questions: [{ code: 'q1', kind: 'numeric', text: 'हेल्पलाइन?', answer: 1930 }],
        },
      },
    ],
    ...more,
  });
  await createCourse(world.system, input);
  await publishCourse(world.system, code);
}

async function enrolled(key: string, code: string) {
  const ctx = world.as(key);
  const { enrolment } = await enrolLearner(ctx, { courseCode: code });
  const id = (lesson: string) => enrolment.lessons.find((one) => one.code === lesson)?.id ?? '';
  const report = (lesson: string, seconds: number) =>
    reportEngagement(ctx, { enrolmentId: enrolment.id, lessonId: id(lesson), seconds });
  return { ctx, enrolment, id, report };
}

async function completions(key: string) {
  const found = await sql<{
    n: number;
  }>`select count(*)::int as n from completion where person_id = ${world.personId(key)} and voided_at is null`.execute(
    world.runtime.db.read,
  );
  return found.rows[0]?.n;
}

test('a first report opens the lesson and credits nothing, however much it claims', async () => {
  await course('open');
  const { report } = await enrolled('sunita', 'open');
  assert.equal((await report('l1', 500)).creditedSeconds, 0);
});

test('credit is never more than the server saw pass, than was reported, or than 300 seconds', async () => {
  await course('credit', {
    lessons: [{ code: 'l1', kind: 'text', title: 'पाठ', body: 'पाठ', minimumSeconds: 5000 }],
  });
  const { report } = await enrolled('imran', 'credit');
  await report('l1', 0);
  advance(10);
  assert.equal((await report('l1', 60)).creditedSeconds, 10);
  advance(20);
  assert.equal((await report('l1', 5)).creditedSeconds, 5);
  advance(1000);
  const last = await report('l1', 1000);
  assert.equal(last.creditedSeconds, 300);
  assert.equal(last.totalSeconds, 315);
});

test('quick honest reports lose nothing, and never gain on the clock', async () => {
  const lessons = [{ code: 'l1', kind: 'text', title: 'पाठ', body: 'पाठ', minimumSeconds: 5000 }];
  await course('quick', { lessons });
  const { report } = await enrolled('pushpa', 'quick');
  await report('l1', 0);
  let total = 0;
  for (let n = 0; n < 10; n += 1) {
    advance(0.7);
    total = (await report('l1', 1)).totalSeconds;
  }
  assert.equal(total, 7);
});

test('property: over any reports all that is honest is credited but a part of a second, and never more than passed', async () => {
  const lessons = ['a', 'b'].map((code) => {
    return { code, kind: 'text', title: code, body: 'पाठ', minimumSeconds: 80_000 };
  });
  await course('parts', { lessons });
  const { report } = await enrolled('geeta', 'parts');
  await report('a', 0);
  await report('b', 0);
  const step = fc.record({
    lesson: fc.constantFrom('a', 'b'),
    passed: fc.oneof(fc.integer({ min: 0, max: 4000 }), fc.integer({ min: 0, max: 400_000 })),
    seconds: fc.oneof(fc.integer({ min: 0, max: 20 }), fc.double({ min: 0, max: 400, noNaN: true })),
  });
  const rule = fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
    let exact = 0;
    let credited = 0;
    for (const { lesson, passed, seconds } of steps) {
      advance(passed / 1000);
      credited += (await report(lesson, seconds)).creditedSeconds;
      exact += Math.min(seconds, passed / 1000, 300);
    }
    // A part of a second may have come from the steps before, or be left for the next.
    assert.ok(Math.abs(credited - exact) < 1.001, `${credited} of ${exact}`);
  });
  await fc.assert(rule, { numRuns: 30 });
});

test('six honest reports of a second and a half are nine seconds', async () => {
  await course('halves', {
    lessons: [{ code: 'l1', kind: 'text', title: 'पाठ', body: 'पाठ', minimumSeconds: 5000 }],
  });
  const { report } = await enrolled('anita', 'halves');
  await report('l1', 0);
  let total = 0;
  for (let n = 0; n < 6; n += 1) {
    advance(1.52);
    total = (await report('l1', 1.5)).totalSeconds;
  }
  assert.equal(total, 9);
});

test('two lessons reported at once credit real time once', async () => {
  await course('twice', {
    lessons: ['a', 'b'].map((code) => ({
      code,
      kind: 'text',
      title: code,
      body: 'पाठ',
      minimumSeconds: 5000,
    })),
  });
  const { report } = await enrolled('pushpa', 'twice');
  await report('a', 0);
  await report('b', 0);
  advance(100);
  const both = await Promise.all([report('a', 100), report('b', 100)]);
  assert.equal(
    both.reduce((sum, one) => sum + one.creditedSeconds, 0),
    100,
  );
});

test('the course completes in the moment the last condition is met, once, and says so', async () => {
  await course('whole');
  const { ctx, enrolment, report, id } = await enrolled('kamla', 'whole');
  await report('l1', 0);
  advance(61);
  const met = await report('l1', 61);
  assert.deepEqual([met.lessonMet, met.courseCompleted], [true, false]);
  const wrong = await submitAttempt(ctx, {
    enrolmentId: enrolment.id,
    lessonId: id('quiz'),
    answers: { q1: 100 },
  });
  assert.deepEqual([wrong.isPassed, wrong.courseCompleted, wrong.attemptsLeft], [false, false, 1]);
  const right = await submitAttempt(ctx, {
    enrolmentId: enrolment.id,
    lessonId: id('quiz'),
    answers: { q1: '१९३०' },
  });
  assert.deepEqual([right.isPassed, right.courseCompleted], [true, true]);
  assert.equal((await enrolmentDetail(ctx, enrolment.id)).view.status, 'completed');
  assert.equal(await completions('kamla'), 1);
});

test('twenty attempts at the same instant bring one completion', async () => {
  await course('race', {
    lessons: [
      {
        code: 'quiz',
        kind: 'quiz',
        title: 'जाँच',
        quiz: { questions: [{ code: 'q1', kind: 'numeric', text: '?', answer: 1 }] },
      },
    ],
  });
  const { ctx, enrolment, id } = await enrolled('geeta', 'race');
  const all = await Promise.all(
    Array.from({ length: 20 }, () =>
      submitAttempt(ctx, { enrolmentId: enrolment.id, lessonId: id('quiz'), answers: { q1: 1 } }),
    ),
  );
  assert.equal(all.filter((one) => one.courseCompleted).length, 1);
  assert.equal(await completions('geeta'), 1);
});

test('attempts beyond the limit are refused', async () => {
  await course('limit');
  const { ctx, enrolment, id } = await enrolled('sunita', 'limit');
  const attempt = () => submitAttempt(ctx, { enrolmentId: enrolment.id, lessonId: id('quiz'), answers: {} });
  await attempt();
  await attempt();
  await assert.rejects(attempt(), (error) => error instanceof Refusal && error.reason === 'attempts_used');
});

test('withdrawing and enrolling again gives no new attempts', async () => {
  await course('limit-again');
  const attempt = ({ ctx, enrolment, id }: Awaited<ReturnType<typeof enrolled>>) =>
    submitAttempt(ctx, { enrolmentId: enrolment.id, lessonId: id('quiz'), answers: {} });
  const first = await enrolled('sunita', 'limit-again');
  assert.equal((await attempt(first)).attemptsLeft, 1);
  await withdrawLearner(first.ctx, first.enrolment.id);
  const second = await enrolled('sunita', 'limit-again');
  const last = await attempt(second);
  assert.deepEqual([last.number, last.attemptsLeft], [2, 0]);
  await assert.rejects(
    attempt(second),
    (error) => error instanceof Refusal && error.reason === 'attempts_used',
  );
});

test("somebody else's enrolment is not found, and a withdrawn one takes no reports", async () => {
  await course('mine');
  const { ctx, enrolment, report, id } = await enrolled('sunita', 'mine');
  const other = world.as('imran');
  await assert.rejects(enrolmentDetail(other, enrolment.id), { code: 'not_found' });
  await assert.rejects(
    reportEngagement(other, { enrolmentId: enrolment.id, lessonId: id('l1'), seconds: 1 }),
    { code: 'not_found' },
  );
  await withdrawLearner(ctx, enrolment.id);
  await assert.rejects(report('l1', 1), { code: 'not_found' });
});

test('enrolling twice answers the same enrolment', async () => {
  await course('again');
  const ctx = world.as('sunita');
  const both = await Promise.all([
    enrolLearner(ctx, { courseCode: 'again' }),
    enrolLearner(ctx, { courseCode: 'again' }),
  ]);
  assert.equal(both[0].enrolment.id, both[1].enrolment.id);
});
