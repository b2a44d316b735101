import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { signedIn } from '../../../test/signed-in.ts';
import { openWorld } from '../../../test/world.ts';
import type { Ctx } from '../../kernel/context.ts';
import { newId } from '../../kernel/ids.ts';
import { openNoticesOf } from '../../notices/index.ts';
import { addLesson } from '../authoring/add-lesson.ts';
import { courseDesk } from '../authoring/course-desk.ts';
import { discardDraft } from '../authoring/discard-draft.ts';
import { publishCourse } from '../publish-course.ts';
import { createCourse, saveCourseDraft } from '../save-course.ts';
import { courseInput } from '../schema.ts';
import { resolveComment, writeComment } from './comment.ts';
import { decideReview } from './decide-review.ts';
import { reviewDesk, whatWaits } from './review-desk.ts';
import { setReviewRule } from './review-rule.ts';
import { sendToReview, withdrawFromReview } from './send-to-review.ts';

const world = await openWorld();
after(() => world.close());

const author = world.as('author');
const withRole = (key: string, role: string, office: string): Ctx => {
  const ctx = world.as(key);
  const actor = { ...ctx.actor, grants: [{ role, scopeId: world.officeId(office) }] };
  return { ...ctx, actor } as Ctx;
};
const reviewer = withRole('imran', 'reviewer', 'SW');
const stranger = withRole('kamla', 'reviewer', 'HF');
const textCourse = (code: string) =>
  courseInput.parse({
    code,
    title: { hi: 'नशा मुक्ति की जानकारी', en: 'About de-addiction' },
    lessons: [
      { code: 'l1', kind: 'text', title: 'परिचय', body: { hi: 'पाठ का मूल विचार।' }, durationMinutes: 4 },
    ],
  });

async function newCourse(code: string) {
  await createCourse(author, textCourse(code));
  return code;
}

const reason = (wanted: string) => (error: { reason?: string }) => error.reason === wanted;

async function asking(office: string, secondPerson: boolean) {
  await setReviewRule(world.as('operator'), office, { secondPerson });
}

test('what is in review is changed by nobody until it is decided on or taken back', async () => {
  const code = await newCourse('R-1');
  await sendToReview(author, code, { note: 'देखें' });
  await assert.rejects(saveCourseDraft(author, code, textCourse(code)), reason('in_review'));
  await assert.rejects(
    addLesson(author, code, { kind: 'text', titleHi: 'दो', titleEn: null }),
    reason('in_review'),
  );
  await assert.rejects(discardDraft(author, code), reason('in_review'));
  await withdrawFromReview(author, code);
  await addLesson(author, code, { kind: 'text', titleHi: 'दो', titleEn: null });
});

test('a draft with something missing is not sent', async () => {
  const code = await newCourse('R-2');
  await addLesson(author, code, { kind: 'text', titleHi: 'खाली', titleEn: null });
  await assert.rejects(sendToReview(author, code, {}), reason('not_ready_for_publication'));
});

test('nobody reviews his own text, and a reviewer of other offices finds nothing', async () => {
  const code = await newCourse('R-3');
  await sendToReview(author, code, {});
  await assert.rejects(decideReview(author, code, { decision: 'approved' }), reason('own_text'));
  await assert.rejects(decideReview(world.system, code, { decision: 'approved' }), reason('person_needed'));
  const nobody: Ctx = {
    ...reviewer,
    actor: { kind: 'token', tokenId: newId(), grants: [{ role: 'reviewer', scopeId: world.officeId('SW') }] },
  };
  await assert.rejects(decideReview(nobody, code, { decision: 'approved' }), reason('person_needed'));
  await assert.rejects(decideReview(stranger, code, { decision: 'approved' }), reason('not_found'));
  await decideReview(reviewer, code, { decision: 'approved' });
  assert.equal((await reviewDesk(author, code)).standing?.state, 'approved');
});

test('who wrote one lesson of a draft that another sent does not approve it', async () => {
  const code = await newCourse('R-4');
  const second = withRole('imran', 'publisher', 'SW');
  await saveCourseDraft(second, code, textCourse(code));
  await sendToReview(author, code, {});
  await assert.rejects(decideReview(second, code, { decision: 'approved' }), reason('own_text'));
});

test('a returned draft says why, tells its sender and can be changed again', async () => {
  const code = await newCourse('R-5');
  await sendToReview(author, code, {});
  await assert.rejects(decideReview(reviewer, code, { decision: 'returned' }), { code: 'invalid' });
  await decideReview(reviewer, code, { decision: 'returned', reason: 'उदाहरण जोड़ें' });
  const [last] = (await reviewDesk(author, code)).reviews;
  assert.deepEqual([last?.state, last?.reason], ['returned', 'उदाहरण जोड़ें']);
  assert.equal((await courseDesk(author, code)).returned?.reason, 'उदाहरण जोड़ें', 'the desk says so too');
  const told = await openNoticesOf(author, world.personId('author'));
  assert.ok(told.some((one) => one.text.includes('लौटाया') && one.href.startsWith('/notices/')));
  assert.deepEqual(
    (await whatWaits(author)).filter((row) => row.code === code).map((row) => row.kind),
    ['mend'],
  );
  await saveCourseDraft(author, code, textCourse(code));
});

test('where an office wants it, publication waits for the second person; a lower office does not lift it', async () => {
  await asking('SW', true);
  await asking('SW-DIR', false);
  const code = await newCourse('R-6');
  await assert.rejects(publishCourse(author, code), reason('review_needed'));
  await sendToReview(author, code, {});
  await assert.rejects(publishCourse(author, code), reason('review_needed'));
  assert.deepEqual(
    (await whatWaits(reviewer)).filter((row) => row.code === code).map((row) => row.kind),
    ['review'],
  );
  await decideReview(reviewer, code, { decision: 'approved' });
  const waits = await whatWaits(author);
  assert.equal(waits.find((row) => row.code === code)?.kind, 'publish');
  assert.deepEqual(await publishCourse(author, code), { version: 1, isNew: true });
  assert.equal((await reviewDesk(author, code)).reviews[0]?.state, 'published');
  await asking('SW', false);
});

test('an approval ends when the draft is taken back', async () => {
  await asking('SW', true);
  const code = await newCourse('R-7');
  await sendToReview(author, code, {});
  await decideReview(reviewer, code, { decision: 'approved' });
  await withdrawFromReview(author, code);
  await assert.rejects(publishCourse(author, code), reason('review_needed'));
  await asking('SW', false);
});

test('a publisher does not set the rule for himself', async () => {
  await assert.rejects(setReviewRule(author, 'SW', { secondPerson: false }), { code: 'forbidden' });
  await assert.rejects(setReviewRule(world.as('ramesh'), 'SW', { secondPerson: true }), {
    code: 'not_found',
  });
});

test('two reviewers at once: one decision stands', async () => {
  const code = await newCourse('R-8');
  await sendToReview(author, code, {});
  const other = withRole('pushpa', 'reviewer', 'SW');
  const both = await Promise.allSettled([
    decideReview(reviewer, code, { decision: 'approved' }),
    decideReview(other, code, { decision: 'returned', reason: 'नहीं' }),
  ]);
  assert.deepEqual(both.map((one) => one.status).sort(), ['fulfilled', 'rejected']);
});

test('a thread is answered, resolved, opened again by an answer, and kept', async () => {
  const code = await newCourse('R-9');
  await sendToReview(author, code, {});
  const { commentId } = await writeComment(reviewer, code, { text: 'स्रोत कहाँ है?', lesson: 'l1' });
  await resolveComment(author, code, { commentId, state: 'resolved' });
  assert.ok((await reviewDesk(author, code)).threads[0]?.resolvedAt);
  await writeComment(author, code, { text: 'जोड़ दिया।', thread: commentId });
  const [thread] = (await reviewDesk(reviewer, code)).threads;
  assert.deepEqual([thread?.resolvedAt, thread?.answers.length, thread?.lessonCode], [null, 1, 'l1']);
  await assert.rejects(writeComment(stranger, code, { text: 'क' }), reason('not_found'));
  await assert.rejects(writeComment(reviewer, code, { text: 'क', lesson: 'nowhere' }), reason('not_found'));
});

test('the pages send, comment, decide and show it, for who may', async () => {
  const code = await newCourse('R-10');
  const app = await world.app();
  await world.runtime.db.transaction(async (tx) => {
    await sql`insert into role_grant (person_id, role_grant_id, role, office_id, starts_on)
      values (${world.personId('imran')}, ${newId()}, 'reviewer', ${world.officeId('SW')}, '2020-01-01')`.execute(
      tx,
    );
  });
  const [writer, second] = [await signedIn(world, 'author'), await signedIn(world, 'imran')];
  const learner = await signedIn(world, 'sunita');
  const send = (path: string, fields: Record<string, string>, who = writer) =>
    app.inject({
      method: 'POST',
      url: `/office/courses/${code}/review${path}`,
      headers: { cookie: who.cookie, 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ _csrf: who.csrf, ...fields }).toString(),
    });
  const open = (url: string, who = writer) => app.inject({ url, headers: { cookie: who.cookie } });
  assert.equal((await send('', { note: 'कृपया देखें' })).statusCode, 303);
  assert.match((await open('/office/courses', second)).body, /आपकी प्रतीक्षा में/);
  assert.match((await open('/office/courses?q=R-10')).body, /अनुमोदन में/);
  assert.equal((await send('/comments', { text: 'शीर्षक छोटा करें', lesson: 'l1' }, second)).statusCode, 303);
  assert.equal((await send('/decision', { decision: 'returned' }, second)).statusCode, 422);
  assert.equal((await send('/decision', { decision: 'approved' }, writer)).statusCode, 409);
  assert.equal((await send('/decision', { decision: 'approved' }, second)).statusCode, 303);
  const page = (await open(`/office/courses/${code}/review`, second)).body;
  assert.match(page, /शीर्षक छोटा करें/);
  assert.match(page, /स्वीकृत है/);
  assert.equal((await open(`/office/courses/${code}/review`, learner)).statusCode, 403);
  assert.equal((await app.inject({ url: `/office/courses/${code}/review` })).statusCode, 401);
});

test('the API does the same with tokens, and a token does not approve what it wrote', async () => {
  const app = await world.app();
  const who = await signedIn(world, 'author');
  const code = await newCourse('R-11');
  const sent = await app.inject({
    method: 'POST',
    url: `/api/v1/courses/${code}/review`,
    headers: who.headers,
    payload: {},
  });
  assert.equal(sent.statusCode, 201);
  assert.equal(sent.json().state, 'open');
  const own = await app.inject({
    method: 'POST',
    url: `/api/v1/courses/${code}/review/decision`,
    headers: who.headers,
    payload: { decision: 'approved' },
  });
  assert.deepEqual([own.statusCode, own.json().code], [409, 'own_text']);
  const second = await signedIn(world, 'imran');
  const decided = await app.inject({
    method: 'POST',
    url: `/api/v1/courses/${code}/review/decision`,
    headers: second.headers,
    payload: { decision: 'approved' },
  });
  assert.deepEqual([decided.statusCode, decided.json().state], [200, 'approved']);
});
