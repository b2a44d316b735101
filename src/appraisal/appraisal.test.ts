import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import { openWorld } from '../../test/world.ts';
import { changeFacts } from '../kernel/facts.ts';
import { newId } from '../kernel/ids.ts';
import { mergePersons } from '../people/desk/merge-persons.ts';
import { saveCalendar } from './calendars/save-calendar.ts';
import { readFeed } from './feed/read-feed.ts';
import type { StatementContent } from './index.ts';
import { decideObjection } from './objections/decide-objection.ts';
import { raiseObjection } from './objections/raise-objection.ts';
import { previewStatement } from './statements/preview.ts';
import { chooseVisibility, readStatement } from './statements/read-statement.ts';
import { recomputeStatement } from './statements/recompute.ts';
import { askStatements, runStatements } from './statements/run-job.ts';
import { verifyStatements } from './statements/verify.ts';
import { objectionsOfStatement } from './stores/objections.ts';
import { officerIn } from './test-officer.ts';

const world = await openWorld();
const officer = officerIn(world);
after(() => world.close());

async function course(code: string): Promise<string> {
  const id = newId();
  await sql`insert into course (course_id, code, title_hi, title_en, state, provider, competencies)
    values (${id}, ${code}, ${`कोर्स ${code}`}, ${`Course ${code}`}, 'published', 'iGOT', '{}')`.execute(
    world.runtime.db.read,
  );
  return id;
}

async function complete(key: string, courseId: string, day: string): Promise<string> {
  const id = newId();
  const personId = world.personId(key);
  await world.runtime.db.transaction((tx) =>
    changeFacts(tx, { ids: [personId] }, async () => {
      await sql`insert into completion (person_id, completion_id, course_id, completed_day, source, minutes)
        values (${personId}, ${id}, ${courseId}, ${day}, 'igot', 90)`.execute(tx);
    }),
  );
  return id;
}

async function freeze(year: string, officeCode: string, ctx = officer()) {
  const job = await askStatements(ctx, { kind: 'freeze', year, officeCode });
  await runStatements(ctx, job.jobId);
}

async function statementOf(key: string, year: string) {
  const found = await sql<{ no: string; content: string }>`select statement_no as no, content from statement
    where person_id = ${world.personId(key)} and year = ${year} and replaced_by_no is null`.execute(
    world.runtime.db.read,
  );
  const [row] = found.rows;
  assert.ok(row);
  return { no: row.no, content: JSON.parse(row.content) as StatementContent };
}

test('a frozen statement holds the year’s items and comes out again byte for byte', async () => {
  const ai = await course('H4-AI');
  await complete('sunita', ai, '2025-06-01');
  await complete('sunita', ai, '2025-08-01');
  await complete('sunita', await course('H4-OLD'), '2024-08-01');
  await freeze('2025-26', 'SW');
  const { no, content } = await statementOf('sunita', '2025-26');
  assert.deepEqual(
    content.items.map((item) => [item.code, item.completedOn, item.isRenewal]),
    [
      ['H4-AI', '2025-06-01', false],
      ['H4-AI', '2025-08-01', true],
    ],
  );
  assert.equal(content.totals.minutes, 90);
  assert.equal(content.person.name.en, 'Sunita Verma');
  assert.equal((await recomputeStatement(world.system, no)).isEqual, true);
  const verified = await verifyStatements(world.system, { officeIds: ['*'] });
  assert.ok(verified.checked >= 7);
  assert.deepEqual(verified.faults, []);
});

test('an objection marks the statement; upheld, a corrected one cites it; the old one comes out again all the same', async () => {
  const { no } = await statementOf('imran', '2025-26');
  const ctx = world.as('imran');
  const objectionId = await raiseObjection(ctx, { number: no, body: 'जून का कोर्स छूट गया है' });
  const fed = await readFeed(officer(), { limit: 500 });
  assert.equal(fed.items.findLast((item) => item.statementNo === no)?.state, 'disputed');
  const decision = { objectionId, verdict: 'upheld', reason: 'कोर्स अब दर्ज है' } as const;
  await assert.rejects(decideObjection(officer(), decision), { reason: 'nothing_changed' });
  await complete('imran', await course('H4-JUNE'), '2025-06-09');
  const { correctedNo } = await decideObjection(officer(), decision);
  const { content } = await statementOf('imran', '2025-26');
  assert.equal(content.number, correctedNo);
  assert.deepEqual(content.replaces, { number: no, reason: 'कोर्स अब दर्ज है', orderNumber: null });
  assert.equal(content.items.length, 1);
  for (const one of [no, correctedNo ?? ''])
    assert.equal((await recomputeStatement(world.system, one)).isEqual, true);
  const later = await readFeed(officer(), { after: fed.items.at(-1)?.cursor, limit: 500 });
  assert.deepEqual(
    // Both happened at one instant, which has no order.
    later.items.map((item) => [item.event, item.statementNo]).toSorted(),
    [
      ['corrected', correctedNo],
      ['upheld', no],
    ],
  );
});

test('a helper’s name stays with the objection, and a helper does not decide it', async () => {
  const { no } = await statementOf('pushpa', '2025-26');
  const objectionId = await raiseObjection(officer(), { number: no, body: 'कार्मिक के कहने पर दर्ज' });
  const [objection] = await objectionsOfStatement(world.runtime.db.read, no);
  assert.deepEqual([objection?.isByHelper, objection?.helperEn], [true, 'Anita Singh']);
  const decision = { objectionId, verdict: 'rejected', reason: 'अभिलेख सही हैं' } as const;
  await assert.rejects(decideObjection(officer(), decision), { reason: 'own_objection' });
  await assert.rejects(decideObjection(world.as('ramesh'), decision), { code: 'forbidden' });
  assert.deepEqual(await decideObjection(officer('secretary'), decision), { correctedNo: null });
  await assert.rejects(decideObjection(officer('secretary'), decision), { reason: 'objection_decided' });
});

test('after the days that run from the service nobody objects any more', async () => {
  const { no } = await statementOf('author', '2025-26');
  const now = world.clock.now();
  world.clock.set('2026-12-20T06:00:00Z');
  await assert.rejects(raiseObjection(world.as('author'), { number: no, body: 'बहुत देर हो गई है' }), {
    reason: 'objection_time_over',
  });
  world.clock.set(now);
});

test('two freezes at once make one statement for each', async () => {
  const before = await countOf('2024-25');
  await Promise.all([freeze('2024-25', 'SW'), freeze('2024-25', 'SW-BBK', officer('anita', 'SW-BBK'))]);
  const found = await sql<{
    persons: number;
    rows: number;
  }>`select count(distinct person_id) as persons, count(*) as rows
    from statement where year = '2024-25'`.execute(world.runtime.db.read);
  assert.equal(before, 0);
  assert.equal(found.rows[0]?.persons, found.rows[0]?.rows);
  assert.equal((await statementOf('sunita', '2024-25')).content.items[0]?.code, 'H4-OLD');
});

test('one changed letter is found', async () => {
  const { no } = await statementOf('ramesh', '2024-25');
  await sql`update statement set content = replace(content, 'Ramesh', 'Suresh') where statement_no = ${no}`.execute(
    world.runtime.db.read,
  );
  const { faults } = await verifyStatements(world.system, { officeIds: ['*'] });
  assert.deepEqual(faults, [{ statementNo: no, fault: 'digest' }]);
  const app = await world.app();
  const answer = await app.inject({ url: `/statements/${no}`, headers: { accept: 'application/json' } });
  assert.equal(answer.json().genuine, false);
  const found = await recomputeStatement(world.system, no);
  assert.deepEqual(found.differences, ['$.person.name.en: "Suresh Chandra" -> "Ramesh Chandra"']);
  await sql`update statement set content = replace(content, 'Suresh', 'Ramesh') where statement_no = ${no}`.execute(
    world.runtime.db.read,
  );
});

test('the public check tells strangers the year and nothing else until the holder allows more', async () => {
  const { no } = await statementOf('sunita', '2025-26');
  const app = await world.app();
  const ask = async () =>
    (await app.inject({ url: `/statements/${no}`, headers: { accept: 'application/json' } })).json();
  assert.deepEqual(await ask(), { genuine: true, number: no, year: '2025-26', state: 'frozen' });
  assert.equal((await app.inject({ url: '/statements/ST26-0000-0000-0000' })).statusCode, 404);
  await assert.rejects(chooseVisibility(officer(), no, 'items'), { code: 'not_found' });
  await chooseVisibility(world.as('sunita'), no, 'items');
  assert.equal((await ask()).items.length, 2);
});

test('a look at another’s statement is recorded, and who is of another department finds none', async () => {
  const { no } = await statementOf('sunita', '2025-26');
  const looks = async () =>
    (
      await sql`select 1 from audit_event where action = 'statement.viewed' and person_id = ${world.personId('sunita')}`.execute(
        world.runtime.db.read,
      )
    ).rows.length;
  await readStatement(world.as('sunita'), no);
  assert.equal(await looks(), 0);
  await readStatement(officer(), no);
  assert.equal(await looks(), 1);
  await assert.rejects(readStatement(world.as('cmo'), no), { code: 'not_found' });
  await assert.rejects(readStatement(world.as('imran'), no), { code: 'forbidden' });
});

test('an extension cites its order; the later day holds, and before it nothing is frozen', async () => {
  const base = await saveCalendar(officer(), { code: 'up_acr_2024_25', year: '2026-27', officeCode: 'SW' });
  const input = {
    code: 'x',
    year: '2026-27',
    officeCode: 'SW',
    extendsId: base,
    freezeOn: '2027-05-01',
    serviceOn: '2027-05-10',
  };
  await assert.rejects(saveCalendar(officer(), input), { code: 'invalid' });
  await saveCalendar(officer(), { ...input, orderNumber: '12/2027', orderDate: '2027-04-10' });
  const { calendar } = await previewStatement(world.as('sunita'), world.personId('sunita'), '2026-27');
  assert.deepEqual([calendar.freezeOn, calendar.orderNumber], ['2027-05-01', '12/2027']);
  await assert.rejects(freeze('2026-27', 'SW'), { reason: 'before_freeze_day' });
});

test('after random undoing, editing, renaming and merging each frozen statement comes out again', async () => {
  const db = world.runtime.db.read;
  const acts = fc.constantFrom(
    'void',
    'unvoid',
    'add',
    'posting',
    'title',
    'name',
    'office',
    'designation',
    'merge',
  );
  const numbers = (await sql<{ no: string }>`select statement_no as no from statement`.execute(db)).rows.map(
    ({ no }) => no,
  );
  const persons = ['sunita', 'imran', 'pushpa', 'ramesh'].map((key) => world.personId(key));
  assert.ok(numbers.length > 3, 'there is something to make again');
  const merged = new Set<string>();
  let turn = 0;
  const run = async (act: string, personId: string) => {
    turn += 1;
    if (act === 'void')
      await sql`update completion set voided_at = now() where person_id = ${personId}`.execute(db);
    if (act === 'unvoid')
      await sql`update completion set voided_at = null where person_id = ${personId}
      and void_reason is null`.execute(db);
    if (act === 'add') {
      const key = persons.indexOf(personId) === 0 ? 'sunita' : 'imran';
      await complete(key, await course(`H4-R${turn}`), '2025-05-05');
    }
    if (act === 'posting')
      await sql`update posting set starts_on = starts_on + 40, service_group = 'B', ends_on = starts_on + 400 where person_id = ${personId}`.execute(
        db,
      );
    if (act === 'title')
      await sql`update course set title_hi = title_hi || 'क', provider = 'other'`.execute(db);
    if (act === 'name')
      await sql`update person set name_hi = name_hi || 'क', employee_code = employee_code || '1'
      where person_id = ${personId}`.execute(db);
    if (act === 'office') await sql`update office set name_hi = name_hi || 'क'`.execute(db);
    if (act === 'designation')
      await sql`update designation set name = name || 'क', name_key = name_key || 'क'`.execute(db);
    if (act === 'merge' && personId !== persons[0] && !merged.has(personId)) {
      merged.add(personId);
      await mergePersons(world.system, { survivorId: persons[0] ?? '', mergedId: personId });
    }
  };
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(acts, fc.nat(3)), { maxLength: 6 }), async (story) => {
      for (const [act, who] of story) await run(act, persons[who] ?? '');
      for (const no of numbers) {
        const found = await recomputeStatement(world.system, no);
        assert.deepEqual([found.isEqual, found.differences], [true, []], JSON.stringify(story));
      }
    }),
    { numRuns: 12 },
  );
});

async function countOf(year: string): Promise<number> {
  const found = await sql<{
    count: number;
  }>`select count(*) as count from statement where year = ${year}`.execute(world.runtime.db.read);
  return found.rows[0]?.count ?? 0;
}
