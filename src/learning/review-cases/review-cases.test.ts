import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { signedIn } from '../../../test/signed-in.ts';
import { openWorld } from '../../../test/world.ts';
import { createCourse, publishCourse } from '../../catalogue/index.ts';
import { courseInput } from '../../catalogue/schema.ts';
import { Refusal } from '../../kernel/errors.ts';
import { mergePersons } from '../../people/desk/merge-persons.ts';
import { enrolLearner } from '../enrol-learner.ts';
import { reportEngagement } from '../report-engagement.ts';
import { answerReviewCase } from './answer-review-case.ts';
import { decideReviewCase } from './decide-review-case.ts';
import { lapseReviewCases } from './lapse-review-cases.ts';
import { setEngagementLimit } from './limits.ts';
import {
  caseNotices,
  deskReviewCases,
  hasOpenReviewCase,
  ownReviewCases,
  readOwnCase,
} from './review-case-views.ts';

const world = await openWorld();
after(() => world.close());
const app = await world.app();
let now = Date.parse('2026-11-22T06:00:00Z');
function advance(seconds: number) {
  now += seconds * 1000;
  world.clock.set(new Date(now));
}
const day = 86_400;
const lesson = { code: 'l1', kind: 'text', title: 'पाठ', body: 'पाठ', minimumSeconds: 50_000 };
await createCourse(
  world.system,
  courseInput.parse({ code: 'long', title: { hi: 'लंबा' }, lessons: [lesson] }),
);
await publishCourse(world.system, 'long');

async function learner(key: string) {
  const ctx = world.as(key);
  const { enrolment } = await enrolLearner(ctx, { courseCode: 'long' });
  const at = { enrolmentId: enrolment.id, lessonId: enrolment.lessons[0]?.id ?? '' };
  const report = (seconds: number) => reportEngagement(ctx, { ...at, seconds });
  return { ctx, report, personId: world.personId(key) };
}

const refusedAs = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code;

async function caseOf(key: string) {
  const { ctx, report, personId } = await learner(key);
  await report(0);
  advance(20);
  await report(40_000);
  const [found] = await ownReviewCases(ctx);
  assert.ok(found);
  return { ctx, report, personId, key: { personId, reviewCaseId: found.reviewCaseId } };
}

async function acts(reviewCaseId: string) {
  const found = await sql<{
    action: string;
  }>`select action from audit_event where subject_id = ${reviewCaseId}
    order by happened_at, audit_event_id`.execute(world.runtime.db.read);
  return found.rows.map((row) => row.action);
}

test('two phones at once, a slow clock and a long break on the line open no case', async () => {
  const { ctx, report, personId } = await learner('geeta');
  await report(0);
  for (let n = 0; n < 200; n += 1) {
    advance(10);
    await report(20);
  }
  advance(5000);
  await report(5000);
  await report(600);
  assert.deepEqual(await ownReviewCases(ctx), []);
  assert.equal(await hasOpenReviewCase(ctx, personId), false);
});

test('impossible speed earns nothing, opens one case, and blocks no honest time afterwards', async () => {
  const { ctx, report, personId } = await learner('sunita');
  await report(0);
  advance(20);
  const all = await Promise.all(Array.from({ length: 20 }, () => report(3000)));
  assert.equal(
    all.reduce((sum, one) => sum + one.creditedSeconds, 0),
    20,
  );
  const cases = await ownReviewCases(ctx);
  assert.deepEqual(
    cases.map((one) => [one.state, one.day, one.lapsesOn]),
    [['open', '2026-11-22', '2026-12-22']],
  );
  assert.equal(await hasOpenReviewCase(ctx, personId), true);
  advance(30);
  assert.equal((await report(30)).creditedSeconds, 30);
  assert.deepEqual(await acts(cases[0]?.reviewCaseId ?? ''), ['review_case.opened']);
});

test('the learner sees it on the home, answers, and the nodal officer above decides with a reason', async () => {
  const { ctx, key } = await caseOf('imran');
  assert.equal((await caseNotices(ctx, key.personId))[0]?.href, `/review-cases/${key.reviewCaseId}`);
  await answerReviewCase(ctx, { reviewCaseId: key.reviewCaseId, text: 'फ़ोन की घड़ी गड़बड़ थी' });
  const decision = { ...key, decision: 'cleared' as const, reason: 'फ़ोन बदला गया था, बात ठीक है' };
  await assert.rejects(decideReviewCase(world.as('cmo'), decision), refusedAs('not_found'));
  await assert.rejects(decideReviewCase(ctx, decision), refusedAs('forbidden'));
  await assert.rejects(decideReviewCase(world.as('secretary'), decision), refusedAs('forbidden'));
  await decideReviewCase(world.as('ramesh'), decision);
  await assert.rejects(decideReviewCase(world.as('ramesh'), decision), refusedAs('conflict'));
  await assert.rejects(answerReviewCase(ctx, { ...key, text: 'और' }), refusedAs('conflict'));
  assert.equal((await caseNotices(ctx, key.personId)).length, 1);
  const { found, events } = await readOwnCase(ctx, key.reviewCaseId);
  assert.deepEqual([found.state, found.reason], ['cleared', decision.reason]);
  assert.deepEqual(
    events.map((event) => event.kind),
    ['opened', 'answered', 'cleared'],
  );
  assert.deepEqual(await caseNotices(ctx, key.personId), []);
  assert.deepEqual(await acts(key.reviewCaseId), [
    'review_case.opened',
    'review_case.answered',
    'review_case.decided',
  ]);
});

test('nobody decides his own case, nor the controlling officer one of his people', async () => {
  const own = await caseOf('ramesh');
  const decision = { decision: 'upheld' as const, reason: 'कारण यहाँ लिखा है' };
  assert.ok(
    !(await deskReviewCases(world.as('ramesh'), 'open')).some((one) => one.personId === own.personId),
  );
  await assert.rejects(
    decideReviewCase(world.as('ramesh'), { ...own.key, ...decision }),
    refusedAs('not_found'),
  );
  const personId = world.personId('sunita');
  const [open] = await ownReviewCases(world.as('sunita'));
  const seenBy = async (who: string) =>
    (await deskReviewCases(world.as(who), 'open')).some((one) => one.personId === personId);
  assert.equal(await seenBy('ramesh'), true);
  for (const code of ['sw1002', 'SW1002']) {
    await sql`update person set controlling_officer_code = ${code} where person_id = ${personId}`.execute(
      world.runtime.db.read,
    );
    assert.deepEqual([await seenBy('ramesh'), await seenBy('anita')], [false, true]);
  }
  const key = { personId, reviewCaseId: open?.reviewCaseId ?? '' };
  await assert.rejects(decideReviewCase(world.as('ramesh'), { ...key, ...decision }), refusedAs('not_found'));
  await decideReviewCase(world.as('anita'), { ...own.key, ...decision });
});

test('what nobody decides lapses in the favour of the learner after the days that held when it was opened', async () => {
  const { ctx, key, report } = await caseOf('pushpa');
  advance(29 * day);
  assert.equal(await hasOpenReviewCase(ctx, key.personId), true);
  advance(day);
  assert.ok((await lapseReviewCases(world.system)) >= 1);
  assert.equal(await lapseReviewCases(world.system), 0);
  assert.equal(await hasOpenReviewCase(ctx, key.personId), false);
  const { found, events } = await readOwnCase(ctx, key.reviewCaseId);
  assert.deepEqual([found.state, events.at(-1)?.kind], ['lapsed', 'lapsed']);
  advance(10);
  assert.equal((await report(10)).creditedSeconds, 10);
});

test('an operator sets limits from a later day on, and nobody else', async () => {
  const limit = { startsOn: '2027-06-01', excessSeconds: 600, times: 3, lapseDays: 20 };
  await assert.rejects(setEngagementLimit(world.as('anita'), limit), refusedAs('forbidden'));
  await assert.rejects(
    setEngagementLimit(world.as('operator'), { ...limit, startsOn: '2026-11-22' }),
    refusedAs('invalid'),
  );
  await setEngagementLimit(world.as('operator'), limit);
  await assert.rejects(setEngagementLimit(world.as('operator'), limit), refusedAs('conflict'));
  now = Date.parse('2027-06-02T06:00:00Z');
  advance(0);
  const { report, ctx } = await learner('geeta');
  await report(0);
  advance(10);
  await report(700);
  assert.equal((await ownReviewCases(ctx))[0]?.lapsesOn, '2027-06-22');
});

test('pages and programs: the case with its form, the desk, the limits; invalid forms come back', async () => {
  const [geeta, ramesh, operator] = await Promise.all(
    ['geeta', 'ramesh', 'operator'].map((key) => signedIn(world, key)),
  );
  assert.ok(geeta && ramesh && operator);
  const list = await app.inject({ url: '/api/v1/me/review-cases', headers: geeta.headers });
  const { id } = (list.json() as { items: { id: string }[] }).items[0] ?? { id: '' };
  const page = await app.inject({ url: `/review-cases/${id}`, headers: geeta.headers });
  assert.equal(page.statusCode, 200);
  assert.match(page.body, /यह आरोप नहीं है/);
  const form = { ...geeta.headers, 'content-type': 'application/x-www-form-urlencoded' };
  const empty = await app.inject({
    method: 'POST',
    url: `/review-cases/${id}/answers`,
    headers: form,
    payload: 'text=',
  });
  assert.equal(empty.statusCode, 422);
  assert.equal((await app.inject({ url: `/review-cases/${id}`, headers: ramesh.headers })).statusCode, 404);
  assert.equal((await app.inject({ url: '/office/review-cases', headers: ramesh.headers })).statusCode, 200);
  assert.equal((await app.inject({ url: '/office/review-cases', headers: geeta.headers })).statusCode, 403);
  assert.equal(
    (await app.inject({ url: '/office/engagement-limits', headers: operator.headers })).statusCode,
    200,
  );
  assert.equal((await app.inject({ url: '/api/v1/review-cases', headers: {} })).statusCode, 401);
});

test('cases follow a merge; of two open ones, or of one day, that of the survivor stays', async () => {
  const survivorId = world.personId('sunita');
  const before = (await ownReviewCases(world.as('sunita'))).length;
  const mergedId = world.personId('imran');
  now = Date.parse('2027-07-01T06:00:00Z');
  for (const key of ['sunita', 'imran']) await caseOf(key);
  await mergePersons(world.as('anita'), { survivorId, mergedId });
  const states = (await ownReviewCases(world.as('sunita'))).map((one) => one.state);
  assert.equal(states.filter((state) => state === 'open').length, 1);
  assert.equal(states.length, before + 1);
  assert.equal(await hasOpenReviewCase(world.system, mergedId), false);
});

test('who was the controlling officer when a case was opened does not decide it by having somebody else entered', async () => {
  const personId = world.personId('imran');
  const enter = (code: string) =>
    sql`update person set controlling_officer_code = ${code} where person_id = ${personId}`.execute(
      world.runtime.db.read,
    );
  await enter('sw1002');
  advance(day);
  const { key } = await caseOf('imran');
  await enter('SW1003');
  const decision = { decision: 'upheld' as const, reason: 'कारण यहाँ लिखा है' };
  await assert.rejects(decideReviewCase(world.as('ramesh'), { ...key, ...decision }), refusedAs('not_found'));
});
