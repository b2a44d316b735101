import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { openWorld } from '../../test/world.ts';
import { courseInput, createCourse, publishCourse } from '../catalogue/index.ts';
import { changeFacts } from '../kernel/facts.ts';
import { newId } from '../kernel/ids.ts';
import { onCoursesCompleted } from './complete-courses.ts';
import { enrolLearner } from './enrol-learner.ts';
import { reportEngagement } from './report-engagement.ts';
import { submitAttempt } from './submit-attempt.ts';

const world = await openWorld();
after(() => world.close());

/** Whoever is in here fails in the handler that the last test has. */
const failing = new Set<string>();
onCoursesCompleted(async (_tx, completions) => {
  if (completions.some(({ personId }) => failing.has(personId))) throw new Error('a handler failed');
});

async function quizCourse(code: string): Promise<void> {
  const quiz = { attempts: 2, questions: [{ code: 'q1', kind: 'numeric', text: '1 + 1?', answer: 2 }] };
  await publish(code, { code: 'only', kind: 'quiz', title: 'जाँच', quiz });
}

async function publish(code: string, lesson: object): Promise<void> {
  const title = { hi: `समूह ${code}`, en: `Group ${code}` };
  await createCourse(world.system, courseInput.parse({ code, title, tags: ['ai'], lessons: [lesson] }));
  await publishCourse(world.system, code);
}

async function learner(key: string, courseCode: string) {
  const ctx = world.as(key);
  const { enrolment } = await enrolLearner(ctx, { courseCode });
  const at = { enrolmentId: enrolment.id, lessonId: enrolment.lessons[0]?.id ?? '' };
  return {
    ...{ ctx, at, personId: world.personId(key) },
    answer: (value: number) => submitAttempt(ctx, { ...at, answers: { q1: value } }),
    report: (seconds: number) => reportEngagement(ctx, { ...at, seconds }),
  };
}

async function count(table: 'completion' | 'certificate' | 'quiz_attempt', keys: string[], code: string) {
  const ids = keys.map((key) => world.personId(key));
  const found = await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}
    where person_id = any(${ids}::uuid[]) and ${
      table === 'quiz_attempt'
        ? sql`enrolment_id in (select enrolment_id from enrolment join course using (course_id) where code = ${code})`
        : sql`course_id = (select course_id from course where code = ${code})`
    }`.execute(world.runtime.db.read);
  return found.rows[0]?.n;
}

/** Of what was audited of these subjects: in how many transactions, and by whom. */
async function audited(action: string, code: string) {
  const found = await sql<{ transactions: number; actors: string[]; requests: number }>`
    select count(distinct written_by)::int as transactions, count(distinct request_id)::int as requests,
      array_agg(actor_person_id::text order by actor_person_id) as actors
    from audit_event where action = ${action} and actor_person_id = person_id and (detail ->> 'course' = ${code}
      or subject_id in (select quiz_attempt_id::text from quiz_attempt q join enrolment e using (person_id, enrolment_id)
        join course c using (course_id) where c.code = ${code}))`.execute(world.runtime.db.read);
  return found.rows[0];
}

test('several persons finish the same course in one transaction, each with a certificate and an act of his own', async () => {
  const keys = ['sunita', 'imran', 'pushpa'];
  await quizCourse('G-SAME');
  const all = await Promise.all(keys.map((key) => learner(key, 'G-SAME')));
  const results = await Promise.all(all.map((one) => one.answer(2)));
  assert.deepEqual(
    results.map((one) => [one.number, one.attemptsLeft, one.isPassed, one.courseCompleted]),
    keys.map(() => [1, 1, true, true]),
  );
  assert.equal(await count('completion', keys, 'G-SAME'), 3);
  assert.equal(await count('certificate', keys, 'G-SAME'), 3);
  const actors = all.map((one) => one.personId).sort();
  assert.deepEqual(await audited('course.completed', 'G-SAME'), { transactions: 1, requests: 3, actors });
  assert.deepEqual(await audited('quiz.submitted', 'G-SAME'), { transactions: 1, requests: 3, actors });
});

test('who is refused in a group is told so alone: attempts used, not found, not passed', async () => {
  await quizCourse('G-MIXED');
  const [used, stranger, wrong, right] = await Promise.all(
    ['sunita', 'imran', 'pushpa', 'kamla'].map((key) => learner(key, 'G-MIXED')),
  );
  assert.ok(used && stranger && wrong && right);
  await used.answer(1);
  await used.answer(1);
  const foreign = { ...right.at, answers: { q1: 2 } };
  const results = await Promise.allSettled([
    used.answer(2),
    submitAttempt(stranger.ctx, foreign),
    wrong.answer(5),
    right.answer(2),
    submitAttempt(world.as('geeta'), { enrolmentId: newId(), lessonId: newId(), answers: {} }),
  ]);
  assert.deepEqual(
    results.map((one) => (one.status === 'fulfilled' ? one.value.courseCompleted : one.reason.reason)),
    ['attempts_used', 'not_found', false, true, 'not_found'],
  );
  assert.equal(await count('quiz_attempt', ['sunita', 'imran', 'pushpa', 'kamla'], 'G-MIXED'), 4);
  assert.equal(await count('certificate', ['sunita', 'imran', 'pushpa', 'kamla'], 'G-MIXED'), 1);
});

test('the same person racing twice completes once, has one certificate, and uses two attempts', async () => {
  await quizCourse('G-RACE');
  const one = await learner('geeta', 'G-RACE');
  const both = await Promise.all([one.answer(2), one.answer(2)]);
  assert.deepEqual(
    both.map((result) => [result.number, result.courseCompleted, result.attemptsLeft]),
    [
      [1, true, 1],
      [2, false, 0],
    ],
  );
  assert.equal(await count('completion', ['geeta'], 'G-RACE'), 1);
  assert.equal(await count('certificate', ['geeta'], 'G-RACE'), 1);
});

test('reports that reach the time complete courses in one transaction, a quiz in the same moment beside them', async () => {
  await publish('G-TIME', { code: 'only', kind: 'text', title: 'पाठ', body: 'पाठ', minimumSeconds: 60 });
  await quizCourse('G-BESIDE');
  const keys = ['sunita', 'imran', 'pushpa'];
  const all = await Promise.all(keys.map((key) => learner(key, 'G-TIME')));
  const beside = await learner('sunita', 'G-BESIDE');
  await Promise.all(all.map((one) => one.report(0)));
  world.clock.set(new Date(world.clock.now().getTime() + 61_000));
  const [quiz, ...results] = await Promise.all([beside.answer(2), ...all.map((one) => one.report(61))]);
  assert.equal(quiz.courseCompleted, true);
  assert.deepEqual(
    results.map((one) => [one.creditedSeconds, one.lessonMet, one.courseCompleted]),
    keys.map(() => [61, true, true]),
  );
  assert.equal(await count('certificate', keys, 'G-TIME'), 3);
  // Two, where the quiz holds one of the three: he comes by himself.
  assert.ok(((await audited('course.completed', 'G-TIME'))?.transactions ?? 3) < 3);
  assert.deepEqual(
    (await Promise.all(all.map((one) => one.report(1)))).map((one) => one.courseCompleted),
    [false, false, false],
  );
});

test('a handler that fails for one person takes back his completion alone', async () => {
  await quizCourse('G-FAIL');
  const keys = ['sunita', 'imran', 'pushpa', 'kamla'];
  const all = await Promise.all(keys.map((key) => learner(key, 'G-FAIL')));
  failing.add(world.personId('imran'));
  const results = await Promise.allSettled(all.map((one) => one.answer(2)));
  failing.clear();
  assert.deepEqual(
    results.map((one) => (one.status === 'fulfilled' ? one.value.courseCompleted : one.reason.message)),
    [true, 'a handler failed', true, true],
  );
  assert.equal(await count('completion', ['imran'], 'G-FAIL'), 0);
  assert.equal(await count('quiz_attempt', ['imran'], 'G-FAIL'), 0);
  assert.equal(await count('certificate', keys, 'G-FAIL'), 3);
  assert.equal((await all[1]?.answer(2))?.courseCompleted, true);
});

test('who is held by an import is waited for; his neighbours in the group are not', async () => {
  await quizCourse('G-HELD');
  const keys = ['sunita', 'imran', 'pushpa'];
  const [held, ...others] = await Promise.all(keys.map((key) => learner(key, 'G-HELD')));
  assert.ok(held);
  const ending = Promise.withResolvers<void>();
  const isLocked = Promise.withResolvers<void>();
  const importing = world.runtime.db.transaction((tx) =>
    changeFacts(tx, { ids: [held.personId] }, () => {
      isLocked.resolve();
      return ending.promise;
    }),
  );
  await isLocked.promise;
  const waiting = held.answer(2);
  const results = await Promise.all(others.map((one) => one.answer(2)));
  assert.deepEqual(
    results.map((one) => one.courseCompleted),
    [true, true],
  );
  assert.equal(await count('completion', ['sunita'], 'G-HELD'), 0);
  ending.resolve();
  await importing;
  assert.equal((await waiting).courseCompleted, true);
  assert.equal(await count('certificate', keys, 'G-HELD'), 3);
});
