import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { castOffices } from '../../demo/cast.ts';
import { signedIn } from '../../test/signed-in.ts';
import { openWorld } from '../../test/world.ts';
import { createCollection, saveCollection } from '../catalogue/collections/save-collection.ts';
import { courseInput, createCourse, publishCourse } from '../catalogue/index.ts';
import { type Ctx, grantsOf } from '../kernel/context.ts';
import { newId } from '../kernel/ids.ts';
import { approvePlan, setPlanApproval } from './plans/approve-plan.ts';
import { discardPlanDraft } from './plans/discard-draft.ts';
import { beginPlan, savePlan } from './plans/save-plan.ts';
import { discardSyllabusDraft } from './programmes/discard-draft.ts';
import { publishSyllabus } from './programmes/publish-syllabus.ts';
import { createProgramme } from './programmes/save-programme.ts';
import { beginSyllabus, saveSyllabus } from './programmes/save-syllabus.ts';
import { wholePlan, wholeProgramme } from './read.ts';
import { giveReason } from './rules/give-reason.ts';
import { curriculumCoverage, failingSubjects, totalOf } from './rules/read-coverage.ts';
import { endRule, saveRule } from './rules/save-rule.ts';
import { staleSyllabi } from './rules/stale-syllabi.ts';
import { lineInput, partInput, ruleInput } from './schema.ts';

const world = await openWorld();
after(() => world.close());

const nodal = world.as('anita'); // of SW
const below = world.as('ramesh'); // of SW-BBK
const leader = world.as('secretary');
/** The manager of the school in Barabanki, as an institute. */
const centre: Ctx = {
  ...world.as('imran'),
  actor: {
    ...world.as('imran').actor,
    kind: 'token',
    tokenId: newId(),
    grants: [{ role: 'centre', scopeId: world.officeId('SW-BBK-SCH') }],
  },
};
const at = (day: string) => world.clock.set(new Date(`${day}T06:00:00Z`));

const about = { revisedOn: '2026-01-10', isInduction: false };
const part = (title: string, tags: string[], hours = 2) =>
  partInput.parse({ title, tags: tags.join(','), hours });
const ethics = partInput.parse({ title: 'आचरण नियम', hours: 4 });
const both = [ethics, part('AI का परिचय', ['ai']), part('साइबर स्वच्छता', ['cyber'])];

async function programmeOf(code: string, parts = both): Promise<void> {
  await createProgramme(centre, { code, titleHi: code, officeCode: 'SW-BBK-SCH' });
  await saveSyllabus(centre, code, { ...about, parts });
  await publishSyllabus(centre, code);
}

const rule = (more: object) =>
  saveRule(
    nodal,
    ruleInput.parse({
      ...{ orderNumber: '12/2026', orderDate: '2026-01-16', issuer: 'मुख्य सचिव', titleHi: 'AI और साइबर' },
      ...{ officeCode: 'SW', kinds: ['programme'], tags: 'ai, cyber', enforcement: 'warning' },
      ...{ validFrom: '2026-06-01', ...more },
    }),
  );

async function course(code: string, tags: string[]): Promise<void> {
  const lesson = { code: 'l1', kind: 'text', title: { hi: 'पाठ' }, body: { hi: 'पढ़ें।' }, durationMinutes: 60 };
  const input = { code, title: { hi: code }, language: 'hi', tags, lessons: [lesson] };
  await createCourse(world.as('author'), courseInput.parse(input));
  await publishCourse(world.as('author'), code);
}

const failingCodes = async (asOf?: string) =>
  (await failingSubjects(leader, { office: 'SW', asOf })).items.map(({ subject }) => subject.code);

before(async () => {
  at('2026-02-02');
  await course('ai-basics', ['ai']);
  await course('cyber-basics', ['cyber']);
  await course('plain', []);
  // The trigger takes the database's clock; the test's days are the fixed clock's.
  await sql`update course_tag_history set recorded_at = ${world.clock.now()}`.execute(world.runtime.db.read);
  await programmeOf('WHOLE');
  await programmeOf('ETHICS', [ethics]);
  at('2026-07-01');
  await rule({});
  at('2026-11-22');
});

test('a rule holds from its first day to its last, and neither the day before nor the day after', async () => {
  assert.deepEqual(await failingCodes('2026-05-31'), []);
  assert.deepEqual(await failingCodes('2026-06-01'), ['ETHICS']);
  const id = await rule({ kinds: 'programme', tags: 'posh', validFrom: '2026-08-01' });
  assert.deepEqual(await failingCodes('2026-08-15'), ['ETHICS', 'WHOLE']);
  await endRule(nodal, id, { lastDay: '2026-08-31', orderNumber: '40/2026' });
  assert.deepEqual(await failingCodes('2026-08-31'), ['ETHICS', 'WHOLE']);
  assert.deepEqual(await failingCodes('2026-09-01'), ['ETHICS']);
  await assert.rejects(endRule(nodal, id, { lastDay: '2026-08-20', orderNumber: '41/2026' }), {
    code: 'invalid',
  });
});

test('coverage says what it is of, by department, institute and month, and adds up', async () => {
  const coverage = await curriculumCoverage(leader, { office: 'SW' });
  const counts = { inForce: 2, underRule: 2, complying: 1, failing: 1, reasoned: 0 };
  assert.deepEqual(coverage.kinds.programme, counts);
  assert.deepEqual(totalOf(coverage), counts);
  assert.deepEqual(
    coverage.departments.map(({ code, failing }) => [code, failing]),
    [['SW', 1]],
  );
  assert.deepEqual(
    coverage.institutes.map(({ code, underRule }) => [code, underRule]),
    [['SW-BBK-SCH', 2]],
  );
  const months = coverage.trend.map(({ month, underRule, complying }) => [
    month.slice(0, 7),
    underRule,
    complying,
  ]);
  assert.deepEqual(months.slice(5, 7), [
    ['2026-05', 0, 0],
    ['2026-06', 2, 1],
  ]);
  assert.equal(coverage.trend.at(-1)?.isUnfinished, true);
  const past = await curriculumCoverage(leader, { office: 'SW', asOf: '2026-06-30' });
  assert.deepEqual(past.trend.at(-1), { ...coverage.trend[6], isUnfinished: false });
});

test('a warning lets a syllabus be published and names what is missing; a blocking rule refuses it', async () => {
  await createProgramme(centre, { code: 'HALF', titleHi: 'आधा', officeCode: 'SW-BBK-SCH' });
  await saveSyllabus(centre, 'HALF', { ...about, parts: [ethics, part('AI', ['ai'])] });
  const missing = await publishSyllabus(centre, 'HALF');
  assert.deepEqual(
    missing.map(({ tag }) => tag),
    ['cyber'],
  );
  const id = await rule({ enforcement: 'blocking', validFrom: '2026-11-22', minimumHours: '2' });
  await saveSyllabus(centre, 'HALF', {
    ...about,
    parts: [part('AI', ['ai']), part('साइबर', ['cyber'], 1.5)],
  });
  await assert.rejects(
    publishSyllabus(centre, 'HALF'),
    (error: { reason: string; details: { missing: object[] } }) => {
      assert.equal(error.reason, 'curriculum_rule');
      assert.deepEqual(error.details.missing, [
        { tag: 'cyber', orderNumber: '12/2026', enforcement: 'blocking', minutes: 90, minimumMinutes: 120 },
      ]);
      return true;
    },
  );
  await saveSyllabus(centre, 'HALF', { ...about, parts: both });
  assert.deepEqual(await publishSyllabus(centre, 'HALF'), []);
  assert.equal((await wholeProgramme(leader, 'HALF')).syllabi.length, 2);
  await endRule(nodal, id, { lastDay: '2026-11-22', orderNumber: '50/2026' });
  at('2026-11-23');
});

test('an office is named as people call it, or by its code; one of others’ is not there', async () => {
  const key = (officeCode: string) => ({ officeCode, year: '2028-29' });
  const { nameHi = '' } = castOffices.find(({ code }) => code === 'SW-BBK') ?? {};
  assert.deepEqual(await beginPlan(nodal, key(nameHi), {}), key('SW-BBK'));
  const unknown = beginPlan(nodal, key('स्वास्थ्य विभाग की कोई शाखा'), {});
  await assert.rejects(unknown, { code: 'invalid' });
  const other = castOffices.find(({ code }) => code === 'HF-BBK')?.nameHi ?? '';
  await assert.rejects(beginPlan(nodal, key(other), {}), { code: 'invalid' });
});

test('a next version that was begun by mistake is thrown away; the one in force stays', async () => {
  const states = async () => (await wholeProgramme(centre, 'WHOLE')).syllabi.map((one) => one.state);
  const before = await states();
  await assert.rejects(discardSyllabusDraft(centre, 'WHOLE'), { code: 'not_found' });
  await beginSyllabus(centre, 'WHOLE');
  assert.equal((await states()).length, before.length + 1);
  await assert.rejects(discardSyllabusDraft(world.as('cmo'), 'WHOLE'), { code: 'not_found' });
  await discardSyllabusDraft(centre, 'WHOLE');
  assert.deepEqual(await states(), before);
});

test('a tag taken from a course later stops counting on that day and not before', async () => {
  const parts = [partInput.parse({ course: 'ai-basics' }), partInput.parse({ course: 'cyber-basics' })];
  await programmeOf('COURSES', parts);
  at('2026-12-10');
  assert.equal((await failingCodes()).includes('COURSES'), false);
  const db = world.runtime.db.read;
  await sql`update course set tags = '{}' where code = 'cyber-basics'`.execute(db);
  await sql`update course_tag_history set recorded_at = ${new Date('2026-12-05T00:00:00Z')}
    where tags = '{}' and course_id = (select course_id from course where code = 'cyber-basics')`.execute(db);
  assert.equal((await failingCodes('2026-12-04')).includes('COURSES'), false);
  assert.equal((await failingCodes('2026-12-05')).includes('COURSES'), true);
});

test('a plan complies by its courses and by its programmes, and counts until its year ends', async () => {
  await rule({ kinds: 'plan', orderNumber: '60/2026', validFrom: '2026-04-01' });
  const line = (more: object) => lineInput.parse({ owner: 'उप निदेशक', quarter: 4, headcount: 40, ...more });
  const key = { officeCode: 'SW', year: '2026-27' };
  await savePlan(nodal, key, { lines: [line({ course: 'ai-basics', role: 'पर्यवेक्षक' })] });
  await assert.rejects(approvePlan(nodal, key), { reason: 'own_plan' });
  const token = { kind: 'token', tokenId: newId(), grants: grantsOf(nodal.actor) };
  const nameless = { ...nodal, actor: token as never };
  await assert.rejects(approvePlan(nameless, key), { code: 'forbidden' }, 'a second person has a name');
  const chief: Ctx = {
    ...nodal,
    actor: { ...world.as('chief').actor, grants: [{ role: 'nodal', scopeId: '*' }] } as never,
  };
  assert.deepEqual(
    (await approvePlan(chief, key)).map(({ tag }) => tag),
    ['cyber'],
  );
  assert.equal((await failingCodes()).includes('2026-27'), true);
  await assert.rejects(savePlan(nodal, key, { lines: [] }), { code: 'invalid' });
  const lines = [line({ course: 'ai-basics' }), line({ programme: 'WHOLE' })];
  await savePlan(nodal, key, { lines, amendmentReason: 'साइबर भाग जोड़ा' });
  await assert.rejects(setPlanApproval(nodal, 'SW', { secondPerson: false }), { code: 'forbidden' });
  await setPlanApproval(world.as('operator'), 'SW', { secondPerson: false });
  await assert.rejects(discardPlanDraft(world.as('cmo'), key), { code: 'not_found' });
  await discardPlanDraft(nodal, key);
  await assert.rejects(discardPlanDraft(nodal, key), { code: 'not_found' }, 'what is approved stays');
  await savePlan(nodal, key, { lines, amendmentReason: 'साइबर भाग जोड़ा' });
  assert.deepEqual(await approvePlan(nodal, key), []);
  assert.equal((await failingCodes()).includes('2026-27'), false);
  assert.equal((await wholePlan(leader, key)).versions.length, 2);
  at('2027-04-01');
  const { kinds } = await curriculumCoverage(leader, { office: 'SW' });
  assert.equal(kinds.plan.inForce, 0);
  at('2026-12-10');
});

test('a plan that is approved ahead of its year is in force from the first day of that year', async () => {
  at('2027-02-10');
  const key = { officeCode: 'SW', year: '2027-28' };
  const lines = [lineInput.parse({ course: 'ai-basics', owner: 'उप निदेशक', quarter: 1, headcount: 4 })];
  const id = await rule({ kinds: 'plan', tags: 'posh', enforcement: 'blocking', validFrom: '2027-03-15' });
  await savePlan(nodal, key, { lines });
  await assert.rejects(approvePlan(nodal, key), { reason: 'curriculum_rule' });
  at('2027-03-16');
  await endRule(nodal, id, { lastDay: '2027-03-16', orderNumber: '62/2027' });
  await approvePlan(nodal, key);
  const inForce = async (day: string) => {
    at(day);
    return (await curriculumCoverage(leader, { office: 'SW' })).kinds.plan.inForce;
  };
  assert.deepEqual([await inForce('2027-03-31'), await inForce('2027-04-01')], [1, 1]);
  assert.equal((await failingCodes('2027-03-31')).includes('2027-28'), false);
  assert.equal((await failingCodes('2027-04-01')).includes('2027-28'), true);
  at('2026-12-10');
});

test('whoever a rule checks does not end it: the charge that entered it does, or one above', async () => {
  const end = { lastDay: '2026-12-10', orderNumber: 'मनमाना' };
  const id = await rule({ officeCode: 'SW-BBK', enforcement: 'blocking', validFrom: '2026-12-10' });
  await assert.rejects(endRule(below, id, end), { code: 'not_found' });
  const app = await world.app();
  const rules = async (key: string) => {
    const { headers } = await signedIn(world, key);
    return (await app.inject({ url: '/office/curriculum/rules', headers })).body;
  };
  assert.equal((await rules('ramesh')).includes(`${id}/ending`), false);
  assert.equal((await rules('anita')).includes(`${id}/ending`), true);
  await endRule(nodal, id, { ...end, orderNumber: '63/2026' });
  const own = await saveRule(
    below,
    ruleInput.parse({
      ...{ orderNumber: '7/2026', orderDate: '2026-12-01', issuer: 'जनपद', titleHi: 'अपना' },
      ...{ officeCode: 'SW-BBK', kinds: 'programme', tags: 'posh', enforcement: 'warning' },
      ...{ validFrom: '2026-12-01' },
    }),
  );
  await endRule(below, own, end);
});

test('whoever wrote on a plan does not approve it by the record that his was merged into', async () => {
  const key = { officeCode: 'SW-BBK', year: '2026-27' };
  const lines = [lineInput.parse({ course: 'ai-basics', owner: 'अधिकारी', quarter: 4, headcount: 4 })];
  await assert.rejects(savePlan(below, key, { lines: [{ ...lines[0], role: 'लेखपाललल' } as never] }), {
    code: 'invalid',
  });
  await sql`update course set state = 'retired', retired_at = now() where code = 'plain'`.execute(
    world.runtime.db.read,
  );
  const retired = [lineInput.parse({ course: 'plain', owner: 'अधिकारी', quarter: 4, headcount: 4 })];
  await assert.rejects(savePlan(below, key, { lines: retired }), { code: 'invalid' });
  await sql`update course set state = 'published', retired_at = null where code = 'plain'`.execute(
    world.runtime.db.read,
  );
  await setPlanApproval(world.as('operator'), 'SW', { secondPerson: true });
  await savePlan(below, key, { lines });
  const merge = (into: string | null) =>
    sql`update person set merged_into = ${into} where person_id = ${world.personId('ramesh')}`.execute(
      world.runtime.db.read,
    );
  await merge(world.personId('anita'));
  await assert.rejects(approvePlan(nodal, key), { reason: 'own_plan' });
  await merge(null);
  await approvePlan(nodal, key);
});

test('a collection in the rule’s scope is asked at publication, one outside it is not', async () => {
  const author = world.as('author');
  const base = { titleHi: 'संग्रह', courses: ['plain'] };
  const id = await rule({ kinds: 'collection', enforcement: 'blocking', validFrom: '2026-12-01' });
  await createCollection(author, { ...base, code: 'few', state: 'draft' });
  await assert.rejects(saveCollection(author, 'few', { ...base, state: 'published' }), {
    reason: 'curriculum_rule',
  });
  const elsewhere = { ...world.system, actor: { ...world.system.actor, grants: [] } };
  await createCollection(
    { ...elsewhere, actor: world.system.actor },
    { ...base, code: 'root', state: 'published' },
  );
  await endRule(nodal, id, { lastDay: '2026-12-10', orderNumber: '61/2026' });
  at('2026-12-11');
  await saveCollection(author, 'few', { ...base, state: 'published' });
  at('2026-12-12');
  await rule({ kinds: 'collection', enforcement: 'blocking', validFrom: '2026-12-12' });
  assert.equal((await failingCodes()).includes('few'), true);
  // What is shown already may be mended step by step.
  await saveCollection(author, 'few', { ...base, courses: ['plain', 'ai-basics'], state: 'published' });
  await assert.rejects(saveCollection(author, 'few', { ...base, state: 'published' }), {
    reason: 'curriculum_rule',
  });
  at('2026-12-13');
  await saveCollection(author, 'few', { ...base, state: 'draft' });
  assert.equal((await failingCodes('2026-12-12')).includes('few'), true);
  assert.equal((await failingCodes('2026-12-13')).includes('few'), false);
});

test('a reason explains and does not make anything comply; a second one is a new row', async () => {
  const found = async () =>
    (await failingSubjects(leader, { office: 'SW' })).items.find(({ subject }) => subject.code === 'ETHICS');
  const id = (await found())?.subject.id ?? '';
  await giveReason(centre, { kind: 'programme', id }, { reason: 'प्रशिक्षक नियुक्त नहीं', untilOn: '2026-12-20' });
  assert.equal((await found())?.isReasonRunning, true);
  const { kinds } = await curriculumCoverage(leader, { office: 'SW' });
  assert.equal(kinds.programme.reasoned, 1);
  at('2026-12-21');
  assert.equal((await found())?.isReasonRunning, false);
  await giveReason(nodal, { kind: 'programme', id }, { reason: 'जनवरी से', untilOn: '2027-01-31' });
  const rows = await sql`select 1 from curriculum_reason where subject_id = ${id}`.execute(
    world.runtime.db.read,
  );
  assert.equal(rows.rows.length, 2);
  const past = await failingSubjects(leader, { office: 'SW', asOf: '2026-12-15' });
  assert.equal(past.items.find((one) => one.subject.id === id)?.reason?.reason, 'प्रशिक्षक नियुक्त नहीं');
  await assert.rejects(
    giveReason(leader, { kind: 'programme', id }, { reason: 'x', untilOn: '2027-01-31' }),
    {
      code: 'forbidden',
    },
  );
});

test('a syllabus is stale from the day after its anniversary', async () => {
  await rule({ kinds: 'programme', tags: 'ai', staleAfterYears: '1', orderNumber: '70/2026' });
  const items = async (asOf: string) => (await staleSyllabi(leader, { office: 'SW', asOf })).items;
  at('2027-01-11');
  assert.deepEqual(await items('2027-01-10'), []);
  const stale = await items('2027-01-11');
  assert.equal(stale.length, 4);
  assert.equal(stale[0]?.staleFrom, '2027-01-11');
});

test('what lies outside one’s offices is not found, and reading is no right to change', async () => {
  await assert.rejects(curriculumCoverage(below, { office: 'SW' }), { code: 'not_found' });
  await assert.rejects(wholeProgramme(world.as('cmo'), 'WHOLE'), { code: 'not_found' });
  await assert.rejects(saveSyllabus(world.as('cmo'), 'WHOLE', { ...about, parts: both }), {
    code: 'not_found',
  });
  await assert.rejects(createProgramme(leader, { code: 'X', titleHi: 'x', officeCode: 'SW' }), {
    code: 'forbidden',
  });
  await assert.rejects(createProgramme(centre, { code: 'X', titleHi: 'x', officeCode: 'SW' }), {
    code: 'invalid',
  });
  assert.equal((await wholeProgramme(below, 'WHOLE')).programme.code, 'WHOLE');
});

test('the API answers as its contract says, and refuses strangers and bad input', async () => {
  const app = await world.app();
  const { headers } = await signedIn(world, 'anita');
  const get = async (url: string) => (await app.inject({ url, headers })).json();
  assert.equal((await get('/api/v1/curriculum/coverage?office=SW')).kinds.programme.inForce, 4);
  assert.ok((await get('/api/v1/curriculum/failing?office=SW&kind=programme')).items.length > 0);
  assert.ok((await get('/api/v1/curriculum/stale-syllabi?office=SW')).items.length > 0);
  assert.ok((await get('/api/v1/curriculum/rules')).items.length > 0);
  assert.deepEqual(
    (await get('/api/v1/programmes?limit=2')).items.map(({ code }: { code: string }) => code),
    ['COURSES', 'ETHICS'],
  );
  assert.equal((await get('/api/v1/plans/SW/2026-27')).versions.length, 2);
  assert.equal((await get('/api/v1/plans?year=2026-27')).items[0].lines, 2);
  const whole = (await get('/api/v1/plans')).items;
  const paged = [];
  for (let next: string | null = ''; next !== null; ) {
    const page = await get(`/api/v1/plans?limit=1${next ? `&after=${next}` : ''}`);
    paged.push(...page.items);
    next = page.next;
  }
  assert.ok(whole.length > 1);
  assert.deepEqual(paged, whole);
  assert.equal((await app.inject('/api/v1/programmes')).statusCode, 401);
  const bad = await app.inject({
    method: 'POST',
    url: '/api/v1/programmes',
    headers,
    payload: { code: 'a b' },
  });
  assert.equal(bad.statusCode, 422);
});
