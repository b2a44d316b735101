import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { runJobsOnce } from '../../test/run-jobs.ts';
import { signedIn } from '../../test/signed-in.ts';
import { openWorld } from '../../test/world.ts';
import type { Answer } from '../catalogue/index.ts';
import { courseInput, createCourse, publishCourse } from '../catalogue/index.ts';
import { enrolLearner, enrolmentDetail } from '../learning/index.ts';
import { beginPaper } from './begin-paper.ts';
import { paperView, resultView } from './paper-view.ts';
import type { BlueprintRulesInput } from './rules.ts';
import { saveAnswer } from './save-answer.ts';
import { createBank } from './save-bank.ts';
import { addQuestions } from './save-bank-question.ts';
import { createBlueprint } from './save-blueprint.ts';
import { bankInput, blueprintInput } from './schema.ts';
import { moveLearnersPapers } from './stores/papers.ts';
import { submitPaper } from './submit-paper.ts';
import { keysOfPaper } from './test-questions.ts';

const world = await openWorld();
after(() => world.close());
const author = world.as('author');
const app = await world.app();
let made = 0;

/** A course whose only lesson is a test by these rules, with twelve easy questions to draw from. */
async function courseWithTest(rules: Partial<BlueprintRulesInput> = {}) {
  made += 1;
  const [bank, blueprint, course] = [`bank-${made}`, `test-${made}`, `course-${made}`];
  await createBank(author, bankInput.parse({ code: bank, title: { hi: 'साइबर', en: 'Cyber' } }));
  await addQuestions(
    author,
    bank,
    Array.from({ length: 12 }, (_, at) => ({
      ...{ tags: [at % 2 ? 'otp' : 'phishing'], difficulty: 1 + (at % 3) },
      content: {
        ...{ code: 'q', kind: 'single' as const, text: { hi: `प्रश्न ${at}` }, points: 1 },
        explanation: { hi: `क्योंकि ${at}` },
        options: ['a', 'b', 'c'].map((code) => ({
          code,
          text: { hi: `${at}${code}` },
          correct: code === 'b',
        })),
      },
    })),
  );
  const sections = [{ parts: [{ bank, count: 4 }] }];
  await createBlueprint(
    author,
    blueprintInput.parse({
      code: blueprint,
      title: 'अंतिम परीक्षा',
      rules: { sections, passShare: 0.5, ...rules },
    }),
  );
  await createCourse(
    author,
    courseInput.parse({
      ...{ code: course, title: 'कोर्स', language: 'hi' },
      lessons: [{ code: 'test', kind: 'quiz', title: 'परीक्षा', quiz: { blueprint } }],
    }),
  );
  await publishCourse(author, course);
  return { bank, blueprint, course };
}

async function enrolled(key: string, course: string) {
  const ctx = world.as(key);
  const { enrolment } = await enrolLearner(ctx, { courseCode: course });
  const lessonId = enrolment.lessons[0]?.id ?? '';
  return { ctx, enrolmentId: enrolment.id, lessonId };
}

async function keysOf(paperId: string, ctx = world.as('sunita')): Promise<Answer[]> {
  return keysOfPaper(ctx, { paperId, personId: ctx.actor.kind === 'person' ? ctx.actor.personId : '' });
}

async function answerAll(ctx: ReturnType<typeof world.as>, paperId: string, answers: (Answer | null)[]) {
  for (const [place, answer] of answers.entries()) await saveAnswer(ctx, { paperId, place, answer });
}

test('a test drawn from a bank is taken, passed, and completes its course', async () => {
  const { course } = await courseWithTest();
  const { ctx, enrolmentId, lessonId } = await enrolled('sunita', course);
  const { paperId, isNew } = await beginPaper(ctx, { enrolmentId, lessonId });
  assert.ok(isNew);
  assert.deepEqual(await beginPaper(ctx, { enrolmentId, lessonId }), { paperId, isNew: false });
  await answerAll(ctx, paperId, await keysOf(paperId));
  assert.deepEqual(await submitPaper(ctx, paperId), { paperId, courseCompleted: true });
  // Handed in again: the same paper, which completes nothing a second time.
  assert.deepEqual(await submitPaper(ctx, paperId), { paperId, courseCompleted: false });
  const { paper } = await resultView(ctx, paperId);
  assert.deepEqual([paper.score, paper.maxScore, paper.isPassed], [4, 4, true]);
  const { view } = await enrolmentDetail(ctx, enrolmentId);
  assert.equal(view.status, 'completed');
  assert.deepEqual(view.lessons[0]?.conditions, [{ kind: 'quiz', required: 50, done: 100, met: true }]);
});

test('a paper that is not passed completes nothing; attempts and the pause between them are kept', async () => {
  const { course } = await courseWithTest({ attempts: 2, coolingMinutes: 60 });
  const { ctx, enrolmentId, lessonId } = await enrolled('sunita', course);
  const first = await beginPaper(ctx, { enrolmentId, lessonId });
  assert.equal((await submitPaper(ctx, first.paperId)).courseCompleted, false);
  await assert.rejects(beginPaper(ctx, { enrolmentId, lessonId }), { reason: 'cooling_down' });
  const before = world.clock.now();
  world.clock.set(new Date(before.getTime() + 61 * 60_000));
  const second = await beginPaper(ctx, { enrolmentId, lessonId });
  assert.notEqual(second.paperId, first.paperId);
  await submitPaper(ctx, second.paperId);
  world.clock.set(new Date(before.getTime() + 200 * 60_000));
  await assert.rejects(beginPaper(ctx, { enrolmentId, lessonId }), { reason: 'attempts_used' });
  world.clock.set(before);
});

test('the server’s clock decides: answers are taken to the end of the grace, then the paper is closed with what it holds', async () => {
  const { course } = await courseWithTest({ minutes: 10, graceSeconds: 30 });
  const { ctx, enrolmentId, lessonId } = await enrolled('sunita', course);
  const { paperId } = await beginPaper(ctx, { enrolmentId, lessonId });
  const [first, second, third] = await keysOf(paperId);
  const start = world.clock.now();
  await saveAnswer(ctx, { paperId, place: 0, answer: first ?? null });
  world.clock.set(new Date(start.getTime() + 10 * 60_000 + 25_000));
  await saveAnswer(ctx, { paperId, place: 1, answer: second ?? null });
  world.clock.set(new Date(start.getTime() + 10 * 60_000 + 31_000));
  await assert.rejects(saveAnswer(ctx, { paperId, place: 2, answer: third ?? null }), {
    reason: 'paper_closed',
  });
  const { paper } = await resultView(ctx, paperId);
  assert.deepEqual([paper.score, paper.submittedBy, paper.isPassed], [2, 'clock', true]);
  world.clock.set(start);
});

test('a paper that nobody comes back to is closed by the job', async () => {
  const { course } = await courseWithTest({ minutes: 1 });
  const { ctx, enrolmentId, lessonId } = await enrolled('ramesh', course);
  const { paperId } = await beginPaper(ctx, { enrolmentId, lessonId });
  await answerAll(ctx, paperId, await keysOf(paperId, ctx));
  const start = world.clock.now();
  world.clock.set(new Date(start.getTime() + 5 * 60_000));
  await sql`select graphile_worker.reschedule_jobs(array(select id from graphile_worker.jobs
    where task_identifier = 'assessment:close-paper'), run_at => now())`.execute(world.runtime.db.read);
  await runJobsOnce(world);
  const kept = await sql<{
    by: string;
    passed: boolean;
  }>`select submitted_by as by, is_passed as passed from paper
    where paper_id = ${paperId}`.execute(world.runtime.db.read);
  assert.deepEqual(kept.rows, [{ by: 'clock', passed: true }]);
  world.clock.set(start);
});

test('twenty hand-ins at once are one, and an answer that races them is in it or refused', async () => {
  const { course } = await courseWithTest();
  const { ctx, enrolmentId, lessonId } = await enrolled('sunita', course);
  const { paperId } = await beginPaper(ctx, { enrolmentId, lessonId });
  const keys = await keysOf(paperId);
  await answerAll(ctx, paperId, keys.slice(0, 3));
  const late = saveAnswer(ctx, { paperId, place: 3, answer: keys[3] ?? null }).then(
    () => 'kept',
    () => 'refused',
  );
  await Promise.all(Array.from({ length: 20 }, () => submitPaper(ctx, paperId)));
  const { paper } = await resultView(ctx, paperId);
  assert.equal(paper.score, (await late) === 'kept' ? 4 : 3);
  const acts = await sql<{ n: number }>`select count(*)::int as n from audit_event
    where action = 'paper.submitted' and subject_id = ${paperId}`.execute(world.runtime.db.read);
  assert.equal(acts.rows[0]?.n, 1);
});

test('twenty beginnings at once draw one paper', async () => {
  const { course } = await courseWithTest({ attempts: 1 });
  const { ctx, enrolmentId, lessonId } = await enrolled('sunita', course);
  const begun = await Promise.all(
    Array.from({ length: 20 }, () => beginPaper(ctx, { enrolmentId, lessonId })),
  );
  assert.equal(new Set(begun.map((one) => one.paperId)).size, 1);
});

test('over the API: no key before the hand-in, feedback as the author set it, somebody else’s paper is not found', async () => {
  const { course } = await courseWithTest({ feedback: 'explanations' });
  const { enrolmentId, lessonId } = await enrolled('sunita', course);
  const { headers } = await signedIn(world, 'sunita');
  const url = `/api/v1/enrolments/${enrolmentId}/lessons/${lessonId}/papers`;
  const begun = await app.inject({ method: 'POST', url, headers });
  assert.equal(begun.statusCode, 201);
  for (const word of ['correct', 'क्योंकि', 'explanation']) assert.ok(!begun.body.includes(word), word);
  const { id } = begun.json();
  const answerUrl = `/api/v1/papers/${id}/answers/0`;
  const wrong = await app.inject({ method: 'PUT', url: answerUrl, headers, payload: { answer: 'zz' } });
  assert.deepEqual([wrong.statusCode, wrong.json().reason ?? wrong.json().code], [422, 'answer_misfits']);
  const [key] = await keysOf(id);
  const own = await app.inject({ method: 'PUT', url: answerUrl, headers, payload: { answer: 'b' } });
  assert.equal(own.statusCode, 422, 'the author’s own code is no answer');
  const saved = await app.inject({ method: 'PUT', url: answerUrl, headers, payload: { answer: key } });
  assert.deepEqual([saved.statusCode, Object.keys(saved.json())], [200, ['savedAt']]);
  const early = await app.inject({ method: 'GET', url: `/api/v1/papers/${id}/result`, headers });
  assert.equal(early.statusCode, 404);
  const other = await signedIn(world, 'ramesh');
  assert.equal(
    (await app.inject({ method: 'GET', url: `/api/v1/papers/${id}`, headers: other.headers })).statusCode,
    404,
  );
  assert.equal((await app.inject({ method: 'GET', url: `/api/v1/papers/${id}` })).statusCode, 401);
  const done = await app.inject({ method: 'POST', url: `/api/v1/papers/${id}/submission`, headers });
  assert.deepEqual([done.statusCode, done.json().score, done.json().isPassed], [200, 1, false]);
  assert.match(done.json().answers[0].explanation.hi, /क्योंकि/);
});

test('a page holds no author’s code and is the same when drawn again; another attempt shows other codes', async () => {
  const { course } = await courseWithTest({ attempts: 2 });
  const { ctx, enrolmentId, lessonId } = await enrolled('sunita', course);
  const { headers } = await signedIn(world, 'sunita');
  const shown = async (paperId: string) => {
    const url = `/papers/${paperId}/questions/1`;
    const { body } = await app.inject({ method: 'GET', url, headers });
    return [...body.matchAll(/name="q0"[^>]*value="([^"]*)"|value="([^"]*)"[^>]*name="q0"/g)].map(
      (found) => found[1] ?? found[2],
    );
  };
  const first = await beginPaper(ctx, { enrolmentId, lessonId });
  const codes = await shown(first.paperId);
  assert.equal(codes.length, 3);
  for (const code of ['a', 'b', 'c']) assert.ok(!codes.includes(code));
  assert.deepEqual(await shown(first.paperId), codes);
  await submitPaper(ctx, first.paperId);
  const second = await beginPaper(ctx, { enrolmentId, lessonId });
  const again = await shown(second.paperId);
  assert.ok(again.every((code) => !codes.includes(code)));
});

test('somebody else’s paper is not found, whatever is asked of it', async () => {
  const { course } = await courseWithTest();
  const { ctx, ...at } = await enrolled('sunita', course);
  const { paperId } = await beginPaper(ctx, at);
  const { headers } = await signedIn(world, 'ramesh');
  const asked = [
    ['GET', `/papers/${paperId}`],
    ['GET', `/papers/${paperId}/questions/1`],
    ['POST', `/papers/${paperId}/questions/1`],
    ['GET', `/papers/${paperId}/review`],
    ['POST', `/papers/${paperId}/submission`],
    ['GET', `/papers/${paperId}/result`],
    ['GET', `/api/v1/papers/${paperId}`],
    ['PUT', `/api/v1/papers/${paperId}/answers/0`],
    ['POST', `/api/v1/papers/${paperId}/submission`],
    ['GET', `/api/v1/papers/${paperId}/result`],
    ['POST', `/api/v1/enrolments/${at.enrolmentId}/lessons/${at.lessonId}/papers`],
  ] as const;
  for (const [method, url] of asked) {
    const payload = method === 'GET' ? undefined : { answer: 'a' };
    const reply = await app.inject({ method, url, headers, payload });
    assert.equal(reply.statusCode, 404, `${method} ${url}`);
  }
  assert.equal((await paperView(ctx, paperId)).paper.submittedAt, null);
});

test('the lesson’s own attempts API refuses a drawn test, and its page leads to the paper', async () => {
  const { course } = await courseWithTest();
  const { enrolmentId, lessonId } = await enrolled('sunita', course);
  const { headers } = await signedIn(world, 'sunita');
  const page = await app.inject({ method: 'GET', url: `/courses/${course}/lessons/test`, headers });
  assert.deepEqual([page.statusCode, page.headers.location], [303, `/courses/${course}/lessons/test/paper`]);
  const url = `/api/v1/enrolments/${enrolmentId}/lessons/${lessonId}/attempts`;
  const tried = await app.inject({ method: 'POST', url, headers, payload: { answers: {} } });
  assert.notEqual(tried.statusCode, 200);
});

test('without script: rules, questions one by one, a look over them, the result', async () => {
  const { course } = await courseWithTest({ minutes: 20, negativeShare: 0.25 });
  const { ctx } = await enrolled('sunita', course);
  const { headers } = await signedIn(world, 'sunita');
  const form = { ...headers, 'content-type': 'application/x-www-form-urlencoded' };
  const start = await app.inject({ method: 'GET', url: `/courses/${course}/lessons/test/paper`, headers });
  assert.match(start.body, /20 मिनट/);
  assert.match(start.body, /25%/);
  const begun = await app.inject({
    method: 'POST',
    url: `/courses/${course}/lessons/test/paper`,
    headers: form,
    payload: '',
  });
  const paperUrl = String(begun.headers.location);
  const paperId = paperUrl.split('/').at(-1) ?? '';
  const keys = await keysOf(paperId, ctx);
  for (const [place, key] of keys.entries()) {
    const url = `${paperUrl}/questions/${place + 1}`;
    const page = await app.inject({ method: 'GET', url, headers });
    assert.equal(page.statusCode, 200);
    assert.ok(!page.body.includes('क्योंकि'));
    const go = place === 3 ? 'review' : 'next';
    const sent = await app.inject({
      method: 'POST',
      url,
      headers: form,
      payload: `q${place}=${key}&go=${go}`,
    });
    assert.equal(
      sent.headers.location,
      place === 3 ? `${paperUrl}/review` : `${paperUrl}/questions/${place + 2}`,
    );
  }
  const review = await app.inject({ method: 'GET', url: `${paperUrl}/review`, headers });
  assert.match(review.body, /4 में से 4/);
  const done = await app.inject({
    method: 'POST',
    url: `${paperUrl}/submission`,
    headers: form,
    payload: '',
  });
  const result = await app.inject({ method: 'GET', url: String(done.headers.location), headers });
  assert.match(result.body, /आप उत्तीर्ण हुए/);
});

test('papers follow the survivor of two records, and his open paper stays the only one', async () => {
  const { course } = await courseWithTest();
  const [survivor, merged] = [await enrolled('sunita', course), await enrolled('ramesh', course)];
  const done = await beginPaper(merged.ctx, merged);
  await submitPaper(merged.ctx, done.paperId);
  const lost = await beginPaper(merged.ctx, merged);
  const kept = await beginPaper(survivor.ctx, survivor);
  const pair = { survivorId: world.personId('sunita'), mergedId: world.personId('ramesh') };
  await world.runtime.db.transaction((tx) => moveLearnersPapers(tx, pair, world.clock.now()));
  const rows = await sql<{ id: string; number: number; open: boolean }>`select paper_id as id, number,
      submitted_at is null as open from paper where person_id = ${pair.survivorId} and course_id =
      (select course_id from course where code = ${course}) order by number`.execute(world.runtime.db.read);
  assert.deepEqual(
    rows.rows.map((row) => [row.id, row.number, row.open]),
    [
      [kept.paperId, 1, true],
      [done.paperId, 2, false],
      [lost.paperId, 3, false],
    ],
  );
  const left = await sql<{
    n: number;
  }>`select count(*)::int as n from paper where person_id = ${pair.mergedId}
    and paper_id = any(${[done.paperId, lost.paperId]}::uuid[])`.execute(world.runtime.db.read);
  assert.equal(left.rows[0]?.n, 0);
});

test('two hundred answers and a hand-in at once are kept, each once', async () => {
  const { course } = await courseWithTest();
  const people = await Promise.all(
    ['sunita', 'ramesh', 'anita', 'author'].map((key) => enrolled(key, course)),
  );
  const papers = await Promise.all(
    people.map(async (one) => {
      const { paperId } = await beginPaper(one.ctx, one);
      return { ...one, paperId, view: await paperView(one.ctx, paperId) };
    }),
  );
  const writes = Array.from({ length: 200 }, (_, at) => {
    const one = papers[at % papers.length];
    assert.ok(one);
    const { options = [] } = one.view.questions[at % 3] ?? {};
    return saveAnswer(one.ctx, {
      ...{ paperId: one.paperId, place: at % 3 },
      answer: options[at % 2]?.code ?? '',
    });
  });
  await Promise.all(writes);
  const done = await Promise.all(papers.map((one) => submitPaper(one.ctx, one.paperId)));
  assert.equal(done.length, 4);
  const rows = await sql<{ n: number }>`select count(*)::int as n from paper_answer
    where paper_id = any(${papers.map((one) => one.paperId)}::uuid[]) and share is not null`.execute(
    world.runtime.db.read,
  );
  assert.equal(rows.rows[0]?.n, 16);
});
