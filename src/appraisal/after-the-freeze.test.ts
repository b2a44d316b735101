import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { runJobsOnce } from '../../test/run-jobs.ts';
import { signedIn } from '../../test/signed-in.ts';
import { openWorld } from '../../test/world.ts';
import type { Tx } from '../kernel/db.ts';
import { changeFacts } from '../kernel/facts.ts';
import { newId } from '../kernel/ids.ts';
import { commitMandate } from '../mandates/import-mandate.ts';
import { settleMandates } from '../mandates/index.ts';
import { readOrder } from '../mandates/rules/order-file.ts';
import { trainingYear } from '../mandates/year.ts';
import { mergePersons } from '../people/desk/merge-persons.ts';
import { grantRole } from '../people/index.ts';
import { saveCalendar } from './calendars/save-calendar.ts';
import { readFeed } from './feed/read-feed.ts';
import { askFile, takeFile } from './files/ask-files.ts';
import { decideObjection } from './objections/decide-objection.ts';
import { raiseObjection, withdrawObjection } from './objections/raise-objection.ts';
import type { StatementContent } from './statements/content.ts';
import { previewStatement } from './statements/preview.ts';
import { recomputeStatement } from './statements/recompute.ts';
import { askStatements, runStatements, serveStatements } from './statements/run-job.ts';
import { listCalendars } from './stores/calendars.ts';
import { statementsOfPerson } from './stores/statements.ts';
import { officerIn } from './test-officer.ts';

const world = await openWorld();
const officer = officerIn(world);
const db = world.runtime.db.read;
after(() => world.close());

async function enter(number: string, more: object): Promise<void> {
  const order = { number, date: '2026-04-01', issuer: 'समाज कल्याण विभाग' };
  await commitMandate(world.system, readOrder({ order, title: { hi: number }, ...more }));
  await settleMandates(world.system);
}

const rules = {
  scope: { offices: ['SW'] },
  window: { from: '2026-04-01', to: '2027-03-31' },
  condition: { courses: { atLeast: 1 } },
};

async function freeze(year: string, officeCode = 'SW', key = 'anita'): Promise<void> {
  const job = await askStatements(officer(key, officeCode), { kind: 'freeze', year, officeCode });
  await runStatements(officer(key, officeCode), job.jobId);
}

async function correct(year: string, orderNumber: string): Promise<number> {
  const reason = 'आदेश बाद में बदला';
  const job = await askStatements(officer(), {
    kind: 'correct',
    year,
    officeCode: 'SW',
    orderNumber,
    reason,
  });
  let made = 0;
  await runStatements(officer(), job.jobId, {
    told: (step) => {
      made = step.made;
    },
  });
  return made;
}

async function complete(key: string, code: string, day: string): Promise<void> {
  const [personId, course] = [world.personId(key), newId()];
  await sql`insert into course (course_id, code, title_hi, state) values (${course}, ${code}, 'कोर्स', 'published')`.execute(
    db,
  );
  await world.runtime.db.transaction((tx) =>
    changeFacts(tx, { ids: [personId] }, async () => {
      await sql`insert into completion (person_id, completion_id, course_id, completed_day, source, minutes)
        values (${personId}, ${newId()}, ${course}, ${day}, 'igot', 60)`.execute(tx);
    }),
  );
}

async function live(key: string, year: string) {
  const all = await statementsOfPerson(db, world.personId(key));
  const one = all.find((row) => row.year === year && row.replacedByNo === null);
  assert.ok(one);
  return one;
}

async function ordersIn(key: string): Promise<string[]> {
  const { content } = await live(key, '2026-27');
  return (JSON.parse(content) as StatementContent).mandates.map(
    ({ number, status }) => `${number} ${status}`,
  );
}

test('a correction by the number of an order that withdraws another goes by it, and so do those after it', async () => {
  await enter('R/1', rules);
  await enter('R/5', { ...rules, window: { from: '2026-04-01', to: '2026-12-31' } });
  world.clock.set('2027-04-25T06:00:00Z');
  await freeze('2026-27');
  assert.deepEqual(await ordersIn('sunita'), ['R/1 open', 'R/5 overdue']);
  await enter('R/2', { withdraws: { number: 'R/1', effectiveOn: '2026-04-01' } });
  await enter('R/6', { extends: { number: 'R/5', until: '2027-06-30' } });
  await sql`update mandate set known_at = clock_timestamp() + interval '1 minute' where number in ('R/2', 'R/6')`.execute(
    db,
  );
  const raised = { number: (await live('sunita', '2026-27')).statementNo, body: 'आदेश वापस हो चुका है' };
  const objectionId = await raiseObjection(world.as('sunita'), raised);
  const decision = { objectionId, verdict: 'upheld', reason: 'आदेश वापस हो चुका है' } as const;
  await assert.rejects(decideObjection(officer(), decision), { reason: 'nothing_changed' });
  await decideObjection(officer(), { ...decision, orderNumber: ' R/2\u00A0' });
  assert.deepEqual(await ordersIn('sunita'), ['R/5 overdue']);
  assert.equal(await correct('2026-27', 'सु-1'), 0, 'an order of another kind changes nothing');
  const standing = await sql`select from statement where year = '2026-27' and replaced_by_no is null`.execute(
    db,
  );
  assert.equal(await correct('2026-27', 'R/2'), standing.rows.length - 1);
  assert.equal(await correct('2026-27', 'R/6'), standing.rows.length);
  assert.deepEqual(await ordersIn('sunita'), ['R/5 open'], 'what was withdrawn before stays so');
  assert.deepEqual(await ordersIn('imran'), ['R/5 open']);
  const { isEqual } = await recomputeStatement(officer(), (await live('sunita', '2026-27')).statementNo);
  assert.equal(isEqual, true);
});

test('an order that gives more days after the freeze moves those of the statements that stand', async () => {
  const before = await live('sunita', '2026-27');
  world.clock.set('2027-05-11T06:00:00Z');
  const late = { number: before.statementNo, body: 'एक कोर्स छूट गया है' };
  await assert.rejects(raiseObjection(world.as('sunita'), late), { reason: 'objection_time_over' });
  const order = { code: 'up_acr_2024_25', year: '2026-27', orderNumber: 'EXT/1', objectionDays: 60 };
  const calendarId = await saveCalendar(officer(), { ...order, officeCode: 'SW', serviceOn: '2027-06-01' });
  await serveStatements(world.system);
  assert.equal((await live('sunita', '2026-27')).objectionUntil, '2027-07-31');
  await raiseObjection(world.as('sunita'), late);
  const listed = (await listCalendars(db)).find((one) => one.calendarId === calendarId);
  const standing = await sql`select from statement where year = '2026-27' and replaced_by_no is null`.execute(
    db,
  );
  assert.equal(listed?.movedCount, standing.rows.length);
  const fewer = { ...order, orderNumber: 'EXT/2', objectionDays: 5, extendsId: calendarId };
  await saveCalendar(officer(), { ...fewer, officeCode: 'SW' });
  await serveStatements(world.system);
  assert.equal((await live('sunita', '2026-27')).objectionUntil, '2027-07-31', 'nobody loses a day');
  assert.equal((await recomputeStatement(officer(), before.statementNo)).isEqual, true);
});

test('whoever was not served yet when the order came is served on its day', async () => {
  await saveCalendar(officer(), {
    code: 'x',
    year: '2025-26',
    officeCode: 'SW',
    orderNumber: 'C/1',
    serviceOn: '2027-06-20',
  });
  await freeze('2025-26');
  assert.equal((await live('sunita', '2025-26')).servedOn, null);
  await saveCalendar(officer(), {
    code: 'x',
    year: '2025-26',
    officeCode: 'SW-BBK',
    orderNumber: 'C/2',
    serviceOn: '2027-07-01',
    objectionDays: 30,
  });
  await serveStatements(world.system);
  world.clock.set('2027-06-20T06:00:00Z');
  await serveStatements(world.system);
  assert.deepEqual(
    [(await live('sunita', '2025-26')).servedOn, (await live('anita', '2025-26')).servedOn],
    [null, '2027-06-20'],
  );
  world.clock.set('2027-07-01T06:00:00Z');
  await serveStatements(world.system);
  assert.equal((await live('sunita', '2025-26')).objectionUntil, '2027-07-31');
});

test('the feed tells no reader that there is no more while events of another department wait for their places', async () => {
  const ctx = officer();
  const first = await readFeed(ctx, { limit: 1000 });
  assert.equal(first.next, null);
  await freeze('2026-27', 'HF-BBK', 'cmo');
  await readFeed(ctx, { limit: 1 });
  const { personId, statementId } = await live('kamla', '2026-27');
  await sql`insert into statement_event (person_id, statement_event_id, statement_id, kind)
    select ${personId}::uuid, new_id(), ${statementId}::uuid, 'served' from generate_series(1, 10500)`.execute(
    db,
  );
  const { statementNo: number } = await live('imran', '2026-27');
  await raiseObjection(world.as('imran'), { number, body: 'एक कोर्स छूट गया है' });
  const { items, next } = await readFeed(ctx, { after: first.items.at(-1)?.cursor ?? '0', limit: 1000 });
  assert.deepEqual([items.map((item) => item.event), next], [['disputed'], null]);
});

test('one’s own page of the year adds up as the statement does', async () => {
  const [personId, course] = [world.personId('sunita'), newId()];
  await sql`insert into course (course_id, code, title_hi, state) values (${course}, 'PX', 'कोर्स', 'published')`.execute(
    db,
  );
  const add = async (tx: Tx) => {
    await sql`insert into completion (person_id, completion_id, course_id, completed_day, source, minutes)
      values (${personId}, ${newId()}, ${course}, '2027-05-10', 'igot', 300)`.execute(tx);
    await sql`insert into claim (person_id, claim_id, course_title, course_id, minutes, completed_on, state, decided_at)
      values (${personId}, ${newId()}, 'वही कोर्स', ${course}, 100, '2027-05-12', 'accepted', now()),
        (${personId}, ${newId()}, 'दूसरा कोर्स', null, 40, '2027-05-13', 'accepted', now())`.execute(tx);
    for (const [mode, of] of [
      ['classroom', course],
      ['online', null],
      ['residential', null],
    ] as const) {
      const session = newId();
      await sql`insert into training_session (session_id, code, programme_code, title_hi, day, minutes, mode, course_id)
        values (${session}, ${session}, 'P', 'सत्र', '2027-05-09', 90, ${mode}, ${of})`.execute(tx);
      await sql`insert into attendance (person_id, attendance_id, session_id, minutes, status)
        values (${personId}, ${newId()}, ${session}, 90, 'present')`.execute(tx);
    }
  };
  await world.runtime.db.transaction((tx) => changeFacts(tx, { ids: [personId] }, () => add(tx)));
  const { totals } = await trainingYear(world.as('sunita'), '2027-28');
  const preview = await previewStatement(world.as('sunita'), personId, '2027-28');
  assert.deepEqual(totals, preview.content.totals);
  assert.deepEqual(totals, {
    courses: 2,
    renewals: 1,
    onlineMinutes: 390,
    elsewhereMinutes: 40,
    classroomMinutes: 90,
    minutes: 520,
    days: 1,
  });
});

test('what is learnt after an early cut-off comes into the next year’s statement, and into its corrections', async () => {
  const early = { code: 'x', year: '2027-28', officeCode: 'SW', orderNumber: 'C/3', cutOff: '2028-02-29' };
  await saveCalendar(officer(), early);
  world.clock.set('2029-04-25T06:00:00Z');
  await complete('imran', 'E-1', '2028-02-29');
  await complete('imran', 'E-2', '2028-03-15');
  await freeze('2027-28');
  await freeze('2028-29');
  const codesOf = async (year: string) => {
    const content = JSON.parse((await live('imran', year)).content) as StatementContent;
    return [content.period.from, ...content.items.map((item) => item.code)];
  };
  assert.deepEqual(await codesOf('2027-28'), ['2027-04-01', 'E-1']);
  assert.deepEqual(await codesOf('2028-29'), ['2028-03-01', 'E-2']);
  const { content } = await previewStatement(world.as('imran'), world.personId('imran'), '2028-29');
  assert.deepEqual(
    content.items.map((item) => item.code),
    ['E-2'],
  );
  assert.equal(await correct('2028-29', 'सु-2'), 0);
  await complete('imran', 'E-3', '2028-03-20');
  assert.equal(await correct('2028-29', 'सु-3'), 1);
  assert.deepEqual(await codesOf('2028-29'), ['2028-03-01', 'E-2', 'E-3']);
  const { isEqual } = await recomputeStatement(officer(), (await live('imran', '2028-29')).statementNo);
  assert.equal(isEqual, true);
});

test('the words of an objection are for the person, for who raised it and for who decides; each look is kept', async () => {
  const { statementNo } = await live('sunita', '2028-29');
  await raiseObjection(world.as('sunita'), { number: statementNo, body: 'GUPTSHABD कोर्स दर्ज नहीं' });
  const app = await world.app();
  const reads = async (key: string) => {
    const { headers } = await signedIn(world, key);
    const page = await app.inject({ url: `/statement/${statementNo}`, headers });
    return [page.statusCode, page.body.includes('GUPTSHABD'), page.body.includes('विचाराधीन')];
  };
  const looks = async () =>
    (await sql`select from audit_event where action = 'objection.viewed'`.execute(db)).rows.length;
  assert.deepEqual(await reads('sunita'), [200, true, true]);
  for (const key of ['ramesh', 'anita', 'auditor']) assert.deepEqual(await reads(key), [200, false, true]);
  assert.equal(await looks(), 0);
  await grantRole(world.system, {
    employeeCode: 'SW1003',
    role: 'appraisal',
    officeCode: 'SW',
    kind: 'charge',
  });
  assert.deepEqual(await reads('anita'), [200, true, true]);
  assert.equal(await looks(), 1);
});

test('a file of PDFs made before an objection is not handed out after it', async () => {
  const asked = { year: '2028-29', officeCode: 'SW-BBK', language: 'hi' } as const;
  const [ramesh, { headers }] = [world.as('ramesh'), await signedIn(world, 'ramesh')];
  const batchId = await askFile(ramesh, asked);
  await runJobsOnce(world);
  (await takeFile(ramesh, world.runtime.storage, batchId)).body.destroy();
  await withdrawObjection(world.as('sunita'), (await live('sunita', '2028-29')).statementNo);
  await assert.rejects(takeFile(ramesh, world.runtime.storage, batchId), { reason: 'file_outdated' });
  const page = await (await world.app()).inject({ url: `/office/appraisal/files/${batchId}`, headers });
  assert.match(page.body, /1 विवरणों की स्थिति बदली है/);
  assert.doesNotMatch(page.body, new RegExp(`${batchId}/file`));
});

test('what a decision will change is looked at before the statement is issued', async () => {
  const { statementNo } = await live('imran', '2028-29');
  const objectionId = await raiseObjection(world.as('imran'), {
    number: statementNo,
    body: 'एक कोर्स छूट गया है',
  });
  await complete('imran', 'E-4', '2028-06-10');
  const app = await world.app();
  const { headers, csrf } = await signedIn(world, 'anita');
  const send = (more: Record<string, string>) =>
    app.inject({
      ...{ method: 'POST', url: `/office/appraisal/objections/${objectionId}` },
      headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({
        _csrf: csrf,
        verdict: 'upheld',
        reason: 'कोर्स अब दर्ज है',
        ...more,
      }).toString(),
    });
  const asked = await send({});
  assert.equal(asked.statusCode, 200);
  assert.match(asked.body, /जारी करने से पहले देखें/);
  assert.match(asked.body, /10 जून 2028/);
  assert.equal((await live('imran', '2028-29')).statementNo, statementNo, 'nothing is issued yet');
  assert.match((await send({ sure: 'back' })).body, /कोर्स अब दर्ज है/);
  assert.equal((await send({ sure: 'yes' })).statusCode, 303);
  assert.equal((await live('imran', '2028-29')).replacesNo, statementNo);
});

test('what became of an objection stands on the home and among the notices, with its day', async () => {
  const app = await world.app();
  const { headers } = await signedIn(world, 'imran');
  const notices = async () => (await app.inject({ url: '/notices', headers })).body;
  assert.match(await notices(), /आपत्ति मानी गई: वर्ष 2028-29 का सुधारा हुआ/);
  assert.match(await notices(), /class="soft fact">25 अप्रैल 2029</);
  const { statementNo: number } = await live('imran', '2028-29');
  const objectionId = await raiseObjection(world.as('imran'), { number, body: 'अब भी एक कोर्स छूटा है' });
  assert.match(await notices(), /वर्ष 2028-29 के प्रशिक्षण विवरण पर आपत्ति विचाराधीन है/);
  await decideObjection(officer(), { objectionId, verdict: 'rejected', reason: 'अभिलेख पूरे हैं' });
  assert.match(await notices(), /वर्ष 2028-29 के प्रशिक्षण विवरण पर आपत्ति नहीं मानी गई/);
  assert.match((await app.inject({ url: '/', headers })).body, /आपत्ति नहीं मानी गई/);
});

test('what an early cut-off left out of a record that was merged comes into the statement of who stays', async () => {
  const early = { code: 'x', year: '2030-31', officeCode: 'SW', orderNumber: 'C/4', cutOff: '2031-02-28' };
  await saveCalendar(officer(), early);
  world.clock.set('2032-04-25T06:00:00Z');
  await complete('imran', 'E-5', '2031-03-15');
  await freeze('2030-31');
  const [survivorId, mergedId] = [world.personId('kamla'), world.personId('imran')];
  await mergePersons(world.system, { survivorId, mergedId });
  await freeze('2031-32', 'HF-BBK', 'cmo');
  const { period, items } = JSON.parse((await live('kamla', '2031-32')).content) as StatementContent;
  assert.deepEqual([period.from, ...items.map((item) => item.code)], ['2031-03-01', 'E-5']);
});
