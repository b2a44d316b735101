import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { signedIn } from '../../test/signed-in.ts';
import { openWorld } from '../../test/world.ts';
import { courseInput, createCourse, publishCourse } from '../catalogue/index.ts';
import { reconcileCounters } from '../insight/index.ts';
import { enrolLearner, enrolmentDetail } from '../learning/index.ts';
import { beginPaper } from './begin-paper.ts';
import type { BlueprintRulesInput } from './rules.ts';
import { saveAnswer } from './save-answer.ts';
import { createBank } from './save-bank.ts';
import { addQuestions } from './save-bank-question.ts';
import { createBlueprint, saveBlueprint } from './save-blueprint.ts';
import { bankInput, blueprintInput } from './schema.ts';
import { submitPaper } from './submit-paper.ts';
import { keysOfPaper } from './test-questions.ts';

const world = await openWorld();
after(() => world.close());
const author = world.as('author');
const app = await world.app();
const question = (code: string) => ({
  ...{ code, kind: 'single' as const, text: { hi: `प्रश्न ${code}` }, points: 1 },
  options: ['x', 'y'].map((one) => ({ code: one, text: { hi: one }, correct: one === 'y' })),
});

await createBank(author, bankInput.parse({ code: 'again', title: 'बैंक' }));
await addQuestions(
  author,
  'again',
  Array.from({ length: 4 }, (_, at) => ({ tags: [], difficulty: 1, content: question(`q${at}`) })),
);

function blueprint(code: string, rules: Partial<BlueprintRulesInput> = {}) {
  const sections = [{ parts: [{ bank: 'again', count: 2 }] }];
  return blueprintInput.parse({ code, title: 'परीक्षा', rules: { sections, passShare: 0.5, ...rules } });
}

const reading = { code: 'read', kind: 'text', title: 'पाठ', body: 'पाठ', minimumSeconds: 600 };

async function course(code: string, lessons: object[]) {
  await createCourse(author, courseInput.parse({ code, title: 'कोर्स', language: 'hi', lessons }));
  await publishCourse(author, code);
}

async function courseWithTest(code: string, rules: Partial<BlueprintRulesInput> = {}, more: object[] = []) {
  await createBlueprint(author, blueprint(code, rules));
  const exam = { code: 'test', kind: 'quiz', title: 'परीक्षा', quiz: { blueprint: code } };
  await course(code, [exam, ...more]);
}

/** Enrols by the API and answers where the lessons are. */
async function enrol(key: string, courseCode: string) {
  const ctx = world.as(key);
  const { enrolment } = await enrolLearner(ctx, { courseCode });
  const at = { enrolmentId: enrolment.id, lessonId: enrolment.lessons[0]?.id ?? '' };
  return { ctx, enrolment, at };
}

async function leave(key: string, enrolmentId: string) {
  const { headers } = await signedIn(world, key);
  const url = `/api/v1/enrolments/${enrolmentId}/withdrawal`;
  assert.equal((await app.inject({ method: 'POST', url, headers })).statusCode, 204);
}

async function attempt(key: string, at: { enrolmentId: string; lessonId: string }, answer: string) {
  const { headers } = await signedIn(world, key);
  const url = `/api/v1/enrolments/${at.enrolmentId}/lessons/${at.lessonId}/attempts`;
  return app.inject({ method: 'POST', url, headers, payload: { answers: { q1: answer } } });
}

async function page(key: string, url: string) {
  const { headers } = await signedIn(world, key);
  return (await app.inject({ url, headers })).body;
}

async function answerAll(key: string, paperId: string) {
  const ctx = world.as(key);
  const keys = await keysOfPaper(ctx, { paperId, personId: world.personId(key) });
  for (const [place, answer] of keys.entries()) await saveAnswer(ctx, { paperId, place, answer });
}

test('who takes a course up again goes on where he left: lessons met, a quiz passed, seconds read', async () => {
  const quiz = { questions: [{ ...question('q1') }], passShare: 1, attempts: 2 };
  await course('a-quiz', [{ code: 'quiz', kind: 'quiz', title: 'प्रश्नोत्तरी', quiz }, reading]);
  const { enrolment, at } = await enrol('sunita', 'a-quiz');
  assert.equal((await attempt('sunita', at, 'x')).json().isPassed, false);
  assert.equal((await attempt('sunita', at, 'y')).json().isPassed, true);
  await leave('sunita', enrolment.id);
  const again = await enrol('sunita', 'a-quiz');
  assert.notEqual(again.enrolment.id, enrolment.id);
  assert.deepEqual(
    again.enrolment.lessons.map((one) => one.met),
    [true, false],
  );
  assert.equal(again.enrolment.status, 'inProgress');
  assert.equal((await reconcileCounters(world.system)).ok, true);
});

test('attempts that are used stay used, until a nodal officer gives one more, with a reason that the learner reads', async () => {
  const quiz = { questions: [{ ...question('q1') }], passShare: 1, attempts: 1 };
  await course('a-closed', [{ code: 'quiz', kind: 'quiz', title: 'प्रश्नोत्तरी', quiz }]);
  const { enrolment, at } = await enrol('sunita', 'a-closed');
  assert.equal((await attempt('sunita', at, 'x')).statusCode, 201);
  await leave('sunita', enrolment.id);
  const again = await enrol('sunita', 'a-closed');
  assert.match((await attempt('sunita', again.at, 'y')).body, /attempts_used/);
  assert.match(await page('sunita', '/courses/a-closed'), /सभी प्रयास हो चुके हैं/);

  const give = async (key: string, person: string) =>
    (
      await app.inject({
        method: 'POST',
        url: `/api/v1/persons/${world.personId(person)}/extra-attempts`,
        headers: (await signedIn(world, key)).headers,
        payload: { course: 'a-closed', lesson: 'quiz', reason: 'बिजली चली गई थी' },
      })
    ).statusCode;
  assert.equal(await give('sunita', 'sunita'), 403);
  assert.equal(await give('ramesh', 'ramesh'), 404);
  const desk = await page('ramesh', `/office/persons/${world.personId('sunita')}`);
  assert.match(desk, /attempts\?course=a-closed&amp;lesson=quiz/);
  assert.equal(await give('ramesh', 'sunita'), 204);
  // One attempt is open: there is nothing more to give.
  assert.equal(await give('ramesh', 'sunita'), 409);
  assert.match(await page('sunita', '/courses/a-closed/lessons/quiz'), /बिजली चली गई थी/);
  assert.equal((await attempt('sunita', again.at, 'y')).json().courseCompleted, true);
});

test('a quiz page never counts below nothing, and says what to do when no attempt is left', async () => {
  const quiz = { questions: [{ ...question('q1') }], passShare: 1, attempts: 1 };
  await course('a-used', [{ code: 'quiz', kind: 'quiz', title: 'प्रश्नोत्तरी', quiz }]);
  const { at } = await enrol('geeta', 'a-used');
  await attempt('geeta', at, 'x');
  const body = await page('geeta', '/courses/a-used/lessons/quiz');
  assert.doesNotMatch(body, /इसके बाद|प्रयास 2/);
  assert.match(body, /सभी प्रयास हो चुके हैं/);
  assert.match(body, /href="\/help"/);
  const result = await page('geeta', '/courses/a-used/lessons/quiz/attempts/1');
  assert.match(result, /सभी प्रयास हो चुके हैं/);
  assert.doesNotMatch(result, /अभी 0 प्रयास/);
});

test('a paper begun before a course was left counts in the enrolment that takes it up again', async () => {
  await courseWithTest('a-open', { attempts: 1 });
  const first = await enrol('imran', 'a-open');
  const { paperId } = await beginPaper(first.ctx, first.at);
  await leave('imran', first.enrolment.id);
  const again = await enrol('imran', 'a-open');
  assert.deepEqual(await beginPaper(again.ctx, again.at), { paperId, isNew: false });
  await answerAll('imran', paperId);
  assert.equal((await submitPaper(again.ctx, paperId)).courseCompleted, true);
  const { view } = await enrolmentDetail(again.ctx, again.enrolment.id);
  assert.equal(view.status, 'completed');
});

test('a paper handed in after a course was left completes nothing then, and the course once it is taken up again', async () => {
  await courseWithTest('a-late', { attempts: 1 });
  const first = await enrol('pushpa', 'a-late');
  const { paperId } = await beginPaper(first.ctx, first.at);
  await answerAll('pushpa', paperId);
  await leave('pushpa', first.enrolment.id);
  assert.equal((await submitPaper(first.ctx, paperId)).courseCompleted, false);
  const again = await enrol('pushpa', 'a-late');
  assert.equal(again.enrolment.status, 'completed');
  assert.equal((await reconcileCounters(world.system)).ok, true);
});

test('a running test stands first on home and course page; its start page tells its own rules and time left', async () => {
  await courseWithTest('a-run', { minutes: 15, attempts: 2 });
  const { ctx, at } = await enrol('kamla', 'a-run');
  const start = '/courses/a-run/lessons/test/paper';
  assert.match(await page('kamla', start), /दबाने पर शुरू होगा/);
  const { paperId } = await beginPaper(ctx, at);
  const { code, ...changed } = blueprint('a-run', { minutes: 15, negativeShare: 0.25, coolingMinutes: 120 });
  await saveBlueprint(author, code, { ...changed, revision: 1 });
  for (const url of ['/', '/courses/a-run']) {
    const body = await page('kamla', url);
    assert.match(body, /परीक्षा चल रही है/);
    assert.match(body, new RegExp(`/papers/${paperId}`));
    assert.match(body, /शेष समय 15 मिनट/);
  }
  const running = await page('kamla', start);
  assert.match(running, /15 मिनट शेष/);
  assert.doesNotMatch(running, /दबाने पर शुरू होगा|25%/);
  await submitPaper(ctx, paperId);
  // The pause of the rules that came later does not hold for the paper that was taken before them.
  assert.match(await page('kamla', start), /25%/);
  assert.doesNotMatch(await page('kamla', start), /विराम है/);
  assert.match(await page('kamla', '/'), /फिर दे सकते हैं/);
});

test('two lessons of one course cannot share a blueprint, or they would share attempts', async () => {
  await createBlueprint(author, blueprint('a-twice'));
  const exam = (code: string) => ({ code, kind: 'quiz', title: code, quiz: { blueprint: 'a-twice' } });
  await assert.rejects(
    course('a-twice', [exam('one'), exam('two')]),
    (error: { fields?: { code: string }[] }) => Boolean(JSON.stringify(error).includes('blueprint_repeats')),
  );
});
