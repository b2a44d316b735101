import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { signedIn } from '../../test/signed-in.ts';
import { openWorld } from '../../test/world.ts';
import { loadDemonstrationCourses } from '../catalogue/index.ts';
import { changeFacts } from '../kernel/facts.ts';
import { newId } from '../kernel/ids.ts';
import { assignCourse, withdrawAssignment } from './assignments/assign-course.ts';
import { countAssignment } from './assignments/count-assignment.ts';
import { addPortion, lastCount, lockedPlace, nextPortion, reachingById } from './assignments/count-store.ts';
import { reachOf } from './assignments/store.ts';
import { askedOfMe, assignmentWithReach, listAssignments, personsOfAssignment } from './assignments/views.ts';
import { enrolLearner } from './enrol-learner.ts';
import { homeOf } from './home-view.ts';
import {
  arrangePrerequisites,
  prerequisitesFor,
  savePrerequisites,
} from './prerequisites/save-prerequisites.ts';
import { courseWordsOf, decideWords, rateCourse, removeRating, reportWords } from './ratings/rate-course.ts';
import { ratingTotal } from './ratings/store.ts';
import { dropCourse, keepCourse, ownShelf } from './shelf/keep-course.ts';

const world = await openWorld();
after(() => world.close());
await loadDemonstrationCourses(world.system, world.runtime);
const { db } = world.runtime;
// Before any home is read: the newest courses are kept for some seconds.
await sql`update course set competencies = (select array[key || ':2'] from competency order by key limit 1)
  where code = 'asha-home-visits'`.execute(db.read);

async function courseId(code: string): Promise<string> {
  const found = await sql<{ id: string }>`select course_id as id from course where code = ${code}`.execute(
    db.read,
  );
  return found.rows[0]?.id ?? '';
}

async function complete(key: string, code: string): Promise<void> {
  const personId = world.personId(key);
  const id = await courseId(code);
  await db.transaction((tx) =>
    changeFacts(tx, { ids: [personId] }, async () => {
      await sql`insert into completion (person_id, completion_id, course_id, completed_day, source, minutes)
        values (${personId}, ${newId()}, ${id}, '2026-11-20', 'igot', 30)`.execute(tx);
    }),
  );
}

async function designation(name: string): Promise<string> {
  const found = await sql<{
    id: string;
  }>`select designation_id as id from designation where name = ${name}`.execute(db.read);
  return found.rows[0]?.id ?? '';
}

const asked = async (key: string) => (await askedOfMe(world.as(key))).map((one) => one.code);

test('a course asked of a post stands on the homes of those who hold it, with who and why, until it is done', async () => {
  const { assignmentId } = await assignCourse(world.as('anita'), {
    courseCode: 'cyber-hygiene',
    officeCode: 'SW',
    target: 'posts',
    designationId: await designation('पर्यवेक्षक'),
    wishDay: '2026-12-15',
    reason: 'नया पोर्टल',
  });
  assert.deepEqual(await asked('sunita'), ['cyber-hygiene']);
  assert.deepEqual(await asked('imran'), []);
  const home = await homeOf(world.as('sunita'));
  const [row] = home.asked;
  assert.equal(row?.designation, 'पर्यवेक्षक');
  assert.equal(row?.byHi, 'अनीता सिंह');
  assert.equal(row?.wishDay, '2026-12-15');
  assert.ok(!home.suggestions.some((course) => course.code === 'cyber-hygiene'));
  assert.deepEqual(await reach(assignmentId), { asked: 1, done: 0, begun: 0 });
  await complete('sunita', 'cyber-hygiene');
  assert.deepEqual(await asked('sunita'), []);
  assert.deepEqual(await reach(assignmentId), { asked: 1, done: 1, begun: 0 });
});

async function reach(assignmentId: string) {
  const { asked, done, begun } = await assignmentWithReach(world.as('anita'), assignmentId);
  return { asked, done, begun };
}

test('an assignment counted in portions finds what is found at once, also after a stop on the way', async () => {
  const { assignmentId } = await assignCourse(world.as('anita'), {
    courseCode: 'cyber-hygiene',
    officeCode: 'SW',
    target: 'posts',
  });
  const atOnce = await reach(assignmentId);
  assert.ok(atOnce.asked > 3);
  const before = await lastCount(db.read, assignmentId);
  assert.equal(before.countedAt, null);
  // As a job that was killed after its first portion.
  await db.transaction(async (tx) => {
    const row = await reachingById(db.read, assignmentId);
    const among = await nextPortion(tx, await lockedPlace(tx, assignmentId), 3);
    assert.ok(row && among);
    const found = await reachOf(tx, row, { today: '2026-11-22', among });
    await addPortion(tx, assignmentId, { ...found, upTo: among.upTo });
  });
  await countAssignment(world.system, assignmentId, 2);
  const { countedAt, ...counted } = await lastCount(db.read, assignmentId);
  assert.deepEqual(counted, atOnce);
  assert.ok(countedAt);
  await countAssignment(world.system, assignmentId, 1000);
  assert.equal((await lastCount(db.read, assignmentId)).asked, atOnce.asked);
  await withdrawAssignment(world.as('anita'), assignmentId);
});

test('the people of an assignment can be listed for an office below it, not beside it', async () => {
  const { assignmentId } = await assignCourse(world.as('anita'), {
    courseCode: 'cyber-hygiene',
    officeCode: 'SW-BBK',
    target: 'posts',
  });
  const ofOffice = (office: string) =>
    personsOfAssignment(world.as('anita'), assignmentId, { state: 'all', from: 0, office });
  const { items, choose } = await ofOffice('SW-BBK-SCH');
  assert.equal(choose, null);
  assert.ok(items.length < (await ofOffice('SW-BBK')).items.length);
  await assert.rejects(ofOffice('SW'), { code: 'not_found' });
  await withdrawAssignment(world.as('anita'), assignmentId);
});

test('an assignment follows people as they join and leave', async () => {
  const { assignmentId } = await assignCourse(world.as('ramesh'), {
    courseCode: 'posh-2013',
    officeCode: 'SW-BBK',
    target: 'posts',
  });
  const before = await reach(assignmentId);
  assert.deepEqual(await asked('pushpa'), []);
  const personId = world.personId('pushpa');
  await db.transaction((tx) =>
    changeFacts(tx, { ids: [personId] }, async () => {
      await sql`update posting set ends_on = '2026-11-21' where person_id = ${personId}`.execute(tx);
      await sql`insert into posting (person_id, posting_id, office_id, is_primary, starts_on)
        values (${personId}, ${newId()}, ${world.officeId('SW-BBK-SCH')}, true, '2026-11-22')`.execute(tx);
    }),
  );
  assert.deepEqual(await asked('pushpa'), ['posh-2013']);
  assert.equal((await reach(assignmentId)).asked, before.asked + 1);
  await db.transaction((tx) =>
    changeFacts(tx, { ids: [personId] }, async () => {
      await sql`update posting set voided_at = now(), void_reason = 'test' where person_id = ${personId}
        and office_id = ${world.officeId('SW-BBK-SCH')}`.execute(tx);
    }),
  );
  assert.deepEqual(await asked('pushpa'), []);
  await withdrawAssignment(world.as('ramesh'), assignmentId);
  await withdrawAssignment(world.as('ramesh'), assignmentId);
  assert.deepEqual(await asked('imran'), []);
});

test('persons are asked by their codes, and only those who are posted there', async () => {
  const input = { courseCode: 'gem-procurement', officeCode: 'SW-BBK', target: 'persons' } as const;
  await assert.rejects(
    assignCourse(world.as('ramesh'), { ...input, personCodes: ['SW1001', 'SW2002'] }),
    /SW2002/,
  );
  await assert.rejects(assignCourse(world.as('ramesh'), { ...input, personCodes: [] }), { code: 'invalid' });
  const { assignmentId } = await assignCourse(world.as('ramesh'), { ...input, personCodes: ['sw1001'] });
  assert.deepEqual(await asked('sunita'), ['gem-procurement']);
  const { items } = await personsOfAssignment(world.as('ramesh'), assignmentId, { state: 'open', from: 0 });
  assert.deepEqual(
    items.map((one) => one.code),
    ['SW1001'],
  );
});

test('people are found by name or code and ticked in one form, which keeps what was typed', async () => {
  const app = await world.app();
  const { headers } = await signedIn(world, 'ramesh');
  const base = { courseCode: 'gem-procurement', officeCode: 'SW-BBK', target: 'persons', reason: 'नया नियम' };
  const url = '/office/assignments/new';
  const found = await app.inject({ method: 'POST', url, headers, payload: { ...base, find: 'sw1001' } });
  assert.equal(found.statusCode, 200);
  assert.match(found.body, /value="SW1001"/);
  assert.match(found.body, /नया नियम/);
  const more = { ...base, find: 'SW1002', personCodes: 'SW1001' };
  const ticked = await app.inject({ method: 'POST', url, headers, payload: more });
  assert.match(ticked.body, /value="SW1001" checked/);
  const list = '/office/assignments';
  const none = await app.inject({ method: 'POST', url: list, headers, payload: base });
  assert.equal(none.statusCode, 422);
  const sent = { ...base, personCodes: ['SW1001'], pasted: 'sw1001' };
  const made = await app.inject({ method: 'POST', url: list, headers, payload: sent });
  assert.match(String(made.headers.location), /^\/office\/assignments\/[0-9a-f-]{36}$/);
  await withdrawAssignment(world.as('ramesh'), String(made.headers.location).split('/').at(-1) ?? '');
});

test('an assignment is seen and changed only by nodal officers over its office', async () => {
  const { items } = await listAssignments(world.as('ramesh'), { state: 'live' });
  const id = items[0]?.assignmentId ?? '';
  await assert.rejects(assignmentWithReach(world.as('cmo'), id), { code: 'not_found' });
  await assert.rejects(withdrawAssignment(world.as('cmo'), id), { code: 'not_found' });
  await assert.rejects(assignmentWithReach(world.as('sunita'), id), { code: 'forbidden' });
  const input = { courseCode: 'posh-2013', officeCode: 'SW', target: 'posts' } as const;
  await assert.rejects(assignCourse(world.as('ramesh'), input), { code: 'not_found' });
  const past = { ...input, officeCode: 'SW-BBK', wishDay: '2026-11-21' };
  await assert.rejects(assignCourse(world.as('ramesh'), past), { code: 'invalid' });
});

test('only who completed a course rates it, once, and may change or take it away', async () => {
  const id = await courseId('ai-safe-office');
  const rate = (key: string, stars: number, words?: string) =>
    rateCourse(world.as(key), 'ai-safe-office', { stars, words });
  await assert.rejects(rate('imran', 5), { reason: 'course_not_completed' });
  for (const key of ['imran', 'pushpa']) await complete(key, 'ai-safe-office');
  await rate('imran', 5, 'उपयोगी');
  await rate('imran', 3, 'ठीक');
  await rate('pushpa', 4);
  assert.deepEqual(await ratingTotal(db.read, id), { ratings: 2, stars: 7 });
  await removeRating(world.as('pushpa'), 'ai-safe-office');
  await removeRating(world.as('pushpa'), 'ai-safe-office');
  assert.deepEqual(await ratingTotal(db.read, id), { ratings: 1, stars: 3 });
  const many = Array.from({ length: 6 }, (_, n) => rate('imran', 1 + (n % 5)).catch(() => undefined));
  await Promise.all(many);
  const sums = await sql<{
    ratings: number;
    stars: number;
  }>`select count(*)::int as ratings, sum(stars)::int as stars
    from course_rating where course_id = ${id}`.execute(db.read);
  assert.deepEqual(await ratingTotal(db.read, id), sums.rows[0]);
});

test('words of a rating are for the author and the office; reported ones wait for somebody else’s decision', async () => {
  await complete('sunita', 'posh-2013');
  await rateCourse(world.as('sunita'), 'posh-2013', { stars: 2, words: 'बेकार शब्द' });
  await sql`update course set office_id = ${world.officeId('SW')} where code = 'posh-2013'`.execute(db.read);
  await assert.rejects(courseWordsOf(world.as('sunita'), 'posh-2013'), { code: 'not_found' });
  await assert.rejects(courseWordsOf(world.as('cmo'), 'posh-2013'), { code: 'not_found' });
  const { words, mayDecide } = await courseWordsOf(world.as('author'), 'posh-2013');
  assert.equal(mayDecide, false);
  const at = { courseCode: 'posh-2013', ratingId: words[0]?.ratingId ?? '' };
  await reportWords(world.as('author'), at, 'अपमानजनक');
  await assert.rejects(reportWords(world.as('author'), at, 'फिर'), { code: 'not_found' });
  await assert.rejects(decideWords(world.as('author'), at, 'removed'), { code: 'not_found' });
  await decideWords(world.as('anita'), at, 'removed');
  assert.deepEqual((await courseWordsOf(world.as('author'), 'posh-2013')).words, []);
  await rateCourse(world.as('sunita'), 'posh-2013', { stars: 2, words: 'बेकार शब्द' });
  const [again] = (await courseWordsOf(world.as('author'), 'posh-2013')).words;
  assert.ok(again?.reportedAt && !again.decision, 'what was taken away does not come back unseen');
  await decideWords(world.as('anita'), at, 'removed');
  assert.deepEqual(await ratingTotal(db.read, await courseId('posh-2013')), { ratings: 1, stars: 2 });
});

test('a course whose competency the post needs is suggested first, with that reason', async () => {
  await sql`insert into designation_competency (office_id, designation_id, competency_id, level, set_at)
    select ${world.officeId('SW')}::uuid, designation_id, (select competency_id from competency order by key limit 1), 2, now()
    from designation where name = 'सहायक अध्यापक'`.execute(db.read);
  const { suggestions } = await homeOf(world.as('imran'));
  assert.equal(suggestions[0]?.code, 'asha-home-visits');
  assert.equal(suggestions[0]?.reason.kind, 'post');
});

test('a course put aside waits on the home until it is taken off', async () => {
  await keepCourse(world.as('imran'), 'stress-free-work');
  await keepCourse(world.as('imran'), 'stress-free-work');
  assert.deepEqual(
    (await homeOf(world.as('imran'))).shelf.map((one) => one.code),
    ['stress-free-work'],
  );
  await dropCourse(world.as('imran'), 'stress-free-work');
  assert.deepEqual(await ownShelf(world.as('imran')), []);
  await assert.rejects(keepCourse(world.as('imran'), 'nothing'), { code: 'not_found' });
});

test('without what a course needs first nobody enrols; what helps is only said', async () => {
  const save = (code: string, must: string[], hint: string[] = []) =>
    savePrerequisites(world.system, code, { must, hint });
  await save('cyber-first-response', ['cyber-hygiene'], ['ai-safe-office']);
  await assert.rejects(enrolLearner(world.as('imran'), { courseCode: 'cyber-first-response' }), {
    reason: 'prerequisite_missing',
  });
  const { isNew } = await enrolLearner(world.as('sunita'), { courseCode: 'cyber-first-response' });
  assert.equal(isNew, true);
  const first = await prerequisitesFor(
    world.system,
    await courseId('cyber-first-response'),
    world.personId('sunita'),
  );
  assert.deepEqual(
    first.map(({ code, isMust, isDone }) => [code, isMust, isDone]),
    [
      ['cyber-hygiene', true, true],
      ['ai-safe-office', false, false],
    ],
  );
  await save('posh-2013', ['cyber-first-response']);
  await assert.rejects(save('cyber-hygiene', ['posh-2013']), { code: 'invalid' });
  await assert.rejects(save('cyber-hygiene', ['cyber-hygiene']), { code: 'invalid' });
  await assert.rejects(save('cyber-hygiene', ['nothing']), { code: 'invalid' });
});

test('an author puts together what comes first step by step; circles are refused there too', async () => {
  const step = (name: 'must' | 'hint' | 'up' | 'remove', ...course: string[]) =>
    arrangePrerequisites(world.system, 'stress-free-work', { step: name, course });
  const listed = async () => {
    const rows = await prerequisitesFor(world.system, await courseId('stress-free-work'), undefined);
    return rows.map(({ code, isMust }) => `${code}:${isMust ? 'must' : 'hint'}`);
  };
  await step('must', 'cyber-hygiene', 'ai-safe-office');
  await step('hint', 'cyber-hygiene', 'gem-procurement');
  await step('up', 'ai-safe-office');
  assert.deepEqual(await listed(), ['ai-safe-office:must', 'cyber-hygiene:hint', 'gem-procurement:hint']);
  await step('remove', 'cyber-hygiene', 'gem-procurement');
  assert.deepEqual(await listed(), ['ai-safe-office:must']);
  const circle = { step: 'hint' as const, course: ['stress-free-work'] };
  await assert.rejects(arrangePrerequisites(world.system, 'ai-safe-office', circle), { code: 'invalid' });
  await step('remove', 'ai-safe-office');
});

test('the pages of assigning, ratings, shelf and prerequisites open for whom they are for', async () => {
  const app = await world.app();
  for (const url of ['/office/assignments', '/shelf', '/office/courses/posh-2013/ratings'])
    assert.ok(
      [302, 303, 401].includes((await app.inject({ url, headers: { accept: 'text/html' } })).statusCode),
    );
  const found = await app.inject({ url: '/courses?q=cyber&tag=cyber&duration=to15&sort=shortest' });
  assert.equal(found.statusCode, 200);
  assert.match(found.body, /class="chip"/);
});
