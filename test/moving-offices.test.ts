import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { rebuildCounters, reconcileCounters, settleMarks } from '../src/insight/index.ts';
import { Refusal } from '../src/kernel/errors.ts';
import { changeFacts } from '../src/kernel/facts.ts';
import { newId } from '../src/kernel/ids.ts';
import { commitImport, undoImport } from '../src/kernel/imports/index.ts';
import { closeOffice } from '../src/organisations/desk/close-office.ts';
import { addOffice, editOffice } from '../src/organisations/desk/keep-office.ts';
import { designationIdOf } from '../src/organisations/index.ts';
import { addPerson } from '../src/people/desk/add-person.ts';
import { addPosting } from '../src/people/desk/add-posting.ts';
import { mergePersons } from '../src/people/desk/merge-persons.ts';
import { movePerson } from '../src/people/desk/move-person.ts';
import { grantRole } from '../src/people/roles/grant-role.ts';
import { commit, csv, receive } from './imports/files.ts';
import { openWorld } from './world.ts';

const world = await openWorld();
after(() => world.close());
before(() => rebuildCounters(world.system));
const { db } = world.runtime;
const { system } = world;

async function assertClean(): Promise<void> {
  assert.deepEqual((await reconcileCounters(system)).differences.slice(0, 5), []);
}

let made = 0;

async function newcomer(officeCode: string): Promise<string> {
  made += 1;
  const { personId } = await addPerson(system, {
    nameHi: 'आगंतुक',
    code: `MV${made}`,
    issuer: 'EHRMS',
    language: 'hi',
    officeCode,
    startsOn: '2025-04-01',
  });
  return personId;
}

/** Its district is now one, now the other. */
async function moveOnTheMap(code: string, round: number): Promise<void> {
  await editOffice(system, { code, areaCode: round % 2 === 0 ? '129' : '153' });
}

/** Some rounds of the same at once, for some seconds at most. */
async function rounds(count: number, one: (round: number) => Promise<unknown>): Promise<void> {
  const end = Date.now() + 1000;
  for (let round = 0; round < count && Date.now() < end; round += 1) await one(round);
}

test('whoever is posted while his office gets another area is counted in one of the two', async () => {
  await rounds(20, async (round) => {
    const id = await newcomer('SW-DIR');
    await Promise.all([
      ...Array.from({ length: 4 }, () => newcomer('SW-JHS')),
      movePerson(system, { personId: id, officeCode: 'SW-JHS', startsOn: '2026-01-01', reason: 'आदेश' }),
      addPosting(system, {
        personId: world.personId('imran'),
        officeCode: 'SW-JHS',
        kind: 'additional_charge',
        startsOn: `2010-01-${String(round + 1).padStart(2, '0')}`,
        endsOn: `2010-01-${String(round + 1).padStart(2, '0')}`,
      }),
      moveOnTheMap('SW-JHS', round),
    ]);
  });
  await assertClean();
});

test('a roster of many people and three edits of their office meanwhile leave right counters', async () => {
  const people = Array.from({ length: 1500 }, (_, index) => `RM${index},क,SW-JHS,2025-01-01`);
  await Promise.all([
    commit(system, 'roster', csv('employee_code,name_hi,office_code,posted_on', ...people)),
    (async () => {
      for (let round = 0; round < 3; round += 1) {
        await pause(60);
        await moveOnTheMap('SW-JHS', round);
      }
    })(),
  ]);
  await assertClean();
});

test('a merge that brings postings and courses to an office that moves leaves right counters', async () => {
  await rounds(12, async (round) => {
    const [survivorId, mergedId] = [await newcomer('SW-DIR'), await newcomer('SW-JHS')];
    await db.transaction((tx) =>
      changeFacts(tx, { ids: [mergedId] }, () =>
        sql`insert into completion (person_id, completion_id, course_id, completed_day, source, minutes, office_id)
          values (${mergedId}, ${newId()}, ${newId()}, '2025-06-01', 'test', 30, ${world.officeId('SW-JHS')})`.execute(
          tx,
        ),
      ),
    );
    await Promise.all([mergePersons(system, { survivorId, mergedId }), moveOnTheMap('SW-JHS', round)]);
  });
  await assertClean();
});

const bbk = 'जिला समाज कल्याण कार्यालय, बाराबंकी';
const below = (parent: string) => csv('office_code,name_hi,parent_code', `SW-BBK,${bbk},${parent}`);

test('an office added below one that a file moves stands below it', async () => {
  let done = false;
  let added = 0;
  const adding = (async () => {
    while (!done) {
      added += 1;
      await addOffice(system, { parentCode: 'SW-BBK-SCH', code: `SW-N${added}`, nameHi: 'नया' });
    }
  })();
  await rounds(8, (round) => commit(system, 'offices', below(round % 2 === 0 ? 'HF' : 'SW')));
  done = true;
  await adding;
  assert.ok(added > 3, `${added} were added`);
  await assertClean();
});

test('nobody is posted at an office that an undo takes away', async () => {
  for (let round = 0; round < 6; round += 1) {
    const code = `SW-U${round}`;
    const id = await receive(system, 'offices', csv('office_code,name_hi,parent_code', `${code},नया,SW`));
    await commitImport(system, id);
    const told = await Promise.allSettled([undoImport(system, id), newcomer(code), newcomer(code)]);
    for (const one of told)
      if (one.status === 'rejected') assert.ok(one.reason instanceof Refusal, String(one.reason));
  }
  const lost = await sql`select 1 from posting where office_id not in (select office_id from office)`.execute(
    db.read,
  );
  assert.equal(lost.rows.length, 0);
});

test('nobody is given a role over an office that an undo is taking away', async () => {
  const id = await receive(system, 'offices', csv('office_code,name_hi,parent_code', 'SW-UR,नया,SW'));
  await commitImport(system, id);
  let told: Promise<PromiseSettledResult<unknown>[]> | undefined;
  await db.transaction(async (tx) => {
    // The undo looks what rests on the office, and waits here before it takes it away.
    await sql`lock table office_name in share mode`.execute(tx);
    const undone = undoImport(system, id);
    await pause(300);
    const given = grantRole(system, {
      employeeCode: 'SW2001',
      role: 'nodal',
      officeCode: 'SW-UR',
      kind: 'open',
    });
    told = Promise.allSettled([undone, given]);
    await pause(300);
  });
  const [undone, given] = (await told) ?? [];
  assert.equal(undone?.status, 'fulfilled');
  assert.ok(given?.status === 'rejected' && given.reason instanceof Refusal);
  const lost =
    await sql`select 1 from role_grant where office_id not in (select office_id from office)`.execute(
      db.read,
    );
  assert.equal(lost.rows.length, 0);
});

test('what is being given to an office stands in the way of the undo that takes the office away', async () => {
  const id = await receive(system, 'offices', csv('office_code,name_hi,parent_code', 'SW-UC,नया,SW'));
  await commitImport(system, id);
  let undone: Promise<unknown> | undefined;
  await db.transaction(async (tx) => {
    await sql`insert into collection (collection_id, code, title_hi, changed_at, office_id)
      select ${newId()}, 'UC', 'क', now(), office_id from office where code = 'SW-UC'`.execute(tx);
    undone = undoImport(system, id);
    undone.catch(() => undefined);
    await pause(300);
  });
  await assert.rejects(undone ?? Promise.resolve(), { reason: 'has_dependents', message: /collection UC/ });
});

test('a roster and the desk that both bring one new designation do not wait for each other in a circle', async () => {
  const line = 'MVD,क,SW-JHS,2025-01-01';
  await commit(system, 'roster', csv('employee_code,name_hi,office_code,posted_on', line));
  const found = await sql<{
    id: string;
  }>`select person_id as id from person where employee_code = 'MVD'`.execute(db.read);
  let roster: Promise<unknown> | undefined;
  await db.transaction((tx) =>
    changeFacts(tx, { ids: [found.rows[0]?.id ?? ''] }, async () => {
      const file = csv('employee_code,name_hi,office_code,posted_on,designation', `${line},नया पदनाम`);
      roster = commit(system, 'roster', file);
      await pause(500);
      await designationIdOf(tx, 'नया पदनाम');
    }),
  );
  await roster;
});

test('nobody is posted at an office after the day on which it is being closed', async () => {
  for (let round = 0; round < 5; round += 1) {
    const code = `SW-C${round}`;
    await addOffice(system, { parentCode: 'SW', code, nameHi: 'अस्थायी' });
    const validUntil = '2024-12-31';
    const told = await Promise.allSettled([
      newcomer(code),
      closeOffice(system, { code, validUntil }),
      newcomer(code),
    ]);
    const [posted, closed] = [[told[0], told[2]].some((one) => one?.status === 'fulfilled'), told[1]];
    assert.equal(closed?.status, posted ? 'rejected' : 'fulfilled');
  }
});

test('files, their undo, merges, edits, closings, courses and marks at once never wait for each other in a circle', async () => {
  const end = Date.now() + 1800;
  const turns: Record<string, (round: number) => Promise<unknown>> = {
    async roster(round) {
      const rows = Array.from({ length: 40 }, (_, at) => {
        const office = ['SW-JHS', 'SW-BBK-SCH', 'SW-BBK', 'SW-DIR'][(at + round) % 4];
        return `MX${round}x${at},क,${office},2025-01-01`;
      });
      const id = await receive(system, 'roster', csv('employee_code,name_hi,office_code,posted_on', ...rows));
      await commitImport(system, id);
      if (round % 2 === 0) await undoImport(system, id);
    },
    offices: (round) => commit(system, 'offices', below(round % 2 === 0 ? 'HF' : 'SW')),
    map: (round) => moveOnTheMap(round % 3 === 0 ? 'SW' : 'SW-JHS', round),
    added: (round) => addOffice(system, { parentCode: 'SW-BBK', code: `SW-X${round}`, nameHi: 'नया' }),
    closed: (round) =>
      closeOffice(system, { code: `SW-X${Math.max(0, round - 3)}`, validUntil: '2026-12-31' }),
    async merged() {
      const [survivorId, mergedId] = [await newcomer('SW-BBK-SCH'), await newcomer('SW-JHS')];
      await mergePersons(system, { survivorId, mergedId });
    },
    async completed(round) {
      const personId = world.personId(round % 2 === 0 ? 'sunita' : 'pushpa');
      await db.transaction((tx) =>
        changeFacts(tx, { ids: [personId] }, () =>
          sql`insert into completion (person_id, completion_id, course_id, completed_day, source, minutes)
            select ${personId}, ${newId()}, course_id, '2026-01-01'::date + ${round}::integer, 'test', 30
            from course limit 1`.execute(tx),
        ),
      );
    },
    async marks(round) {
      await sql`update cadre set is_field = ${round % 2 === 0}`.execute(db.read);
      await settleMarks(system);
    },
  };
  await sql`insert into course (course_id, code, title_en) values (${newId()}, 'MV', 'MV')`.execute(db.read);
  await Promise.all(
    Object.values(turns).map(async (turn) => {
      for (let round = 0; Date.now() < end; round += 1)
        await turn(round).catch((error: unknown) => assert.ok(error instanceof Refusal, String(error)));
    }),
  );
  await assertClean();
});

test('an office whose path is not the way by its parents is named', async () => {
  await sql`update office set path = array[office_id] where code = 'SW-BBK-SCH'`.execute(db.read);
  const { differences } = await reconcileCounters(system);
  const named = differences.find((one) => one.metric === 'path');
  assert.deepEqual([named?.officeCode, named?.counted, named?.expected], ['SW-BBK-SCH', 1, 4]);
});

test('postings at an office that is not there are named', async () => {
  const lost = newId();
  const personId = world.personId('sunita');
  const postingId = newId();
  await sql`insert into posting (person_id, posting_id, office_id, starts_on, ends_on, is_primary)
    values (${personId}, ${postingId}, ${lost}, '2020-01-01', '2020-02-01', false)`.execute(db.read);
  const { differences } = await reconcileCounters(world.system);
  assert.ok(
    differences.some((one) => one.officeCode === lost && one.metric === 'postings without an office'),
  );
  await sql`delete from posting where posting_id = ${postingId}`.execute(db.read);
});
