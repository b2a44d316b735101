import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { openWorld } from '../../test/world.ts';
import type { Tx } from '../kernel/db.ts';
import { changeFacts } from '../kernel/facts.ts';
import { newId } from '../kernel/ids.ts';
import { keepDesignation } from '../organisations/designations/keep-designation.ts';
import { commitMandate } from './import-mandate.ts';
import { mandateFigures } from './mandate-summary.ts';
import { reconcileMandates } from './reconcile-mandates.ts';
import { readOrder } from './rules/order-file.ts';
import { settleMandates } from './settle.ts';
import { standingOfPerson } from './standing.ts';
import { progressLines } from './words.ts';

const world = await openWorld();
after(() => world.close());
const db = world.runtime.db;
const [sunita, imran, pushpa] = ['sunita', 'imran', 'pushpa'].map((key) => world.personId(key));
let made = 0;

async function order(more: Record<string, unknown>): Promise<string> {
  made += 1;
  const number = `E/${made}`;
  const head = { order: { number, date: '2026-04-01', issuer: 'शासन' }, title: { hi: 'आदेश' } };
  const rules = {
    scope: { offices: ['SW'] },
    window: { from: '2026-04-01', to: '2026-09-30' },
    condition: { courses: { atLeast: 1 } },
    joinersMinimumDays: 10,
  };
  await commitMandate(world.system, readOrder({ ...head, ...('extends' in more ? {} : rules), ...more }));
  return number;
}

function change(personId: string | undefined, work: (tx: Tx) => Promise<unknown>): Promise<void> {
  const id = personId ?? '';
  return db.transaction((tx) => changeFacts(tx, { ids: [id] }, async () => void (await work(tx))));
}

const away = (personId: string | undefined, from: string, to: string | null) =>
  change(personId, (tx) =>
    sql`insert into service_event (person_id, service_event_id, kind, starts_on, ends_on)
      values (${personId}, ${newId()}, 'long_leave', ${from}, ${to})`.execute(tx),
  );

async function standing(personId: string | undefined, number: string, asOf?: string) {
  const all = await standingOfPerson(world.system, personId ?? '', asOf ? { asOf } : {});
  const found = all.find((one) => one.mandate.number === number);
  assert.equal((await reconcileMandates(world.system)).length, 0);
  return found;
}

test('hours that were attended are not taken away by completing the course of the programme', async () => {
  const [courseId, sessionId] = [newId(), newId()];
  await sql`insert into course (course_id, code, title_en, state) values (${courseId}, 'E1', 'X', 'published')`.execute(
    db.read,
  );
  await sql`insert into training_session (session_id, code, programme_code, title_en, day, minutes, course_id)
    values (${sessionId}, 'E1', 'P', 'X', '2026-05-01', 600, ${courseId})`.execute(db.read);
  const number = await order({ condition: { hours: { atLeast: 10 } } });
  await change(imran, (tx) =>
    sql`insert into attendance (person_id, attendance_id, session_id, minutes, status)
      values (${imran}, ${newId()}, ${sessionId}, 600, 'present')`.execute(tx),
  );
  await change(imran, (tx) =>
    sql`insert into completion (person_id, completion_id, course_id, completed_day, source, minutes)
      values (${imran}, ${newId()}, ${courseId}, '2026-07-01', 'import', 30)`.execute(tx),
  );
  await settleMandates(world.system);
  for (const asOf of ['2026-06-01', '2026-07-01', undefined]) {
    const own = await standing(imran, number, asOf);
    assert.deepEqual([own?.status, own?.reachedOn, own?.conditions[0]?.done], ['met', '2026-05-01', 10]);
  }
});

test('hours in proportion are said as hours and minutes, not as tenths', () => {
  const words = { hi: 'कम से कम 1 घंटा', en: '1 hour at least' };
  const told = (done: number, required: number) =>
    progressLines(
      {
        conditions: [{ words, done, required, group: 0 }],
        groups: [{ match: 'all', met: false, parent: null }],
      },
      'hi',
    );
  assert.deepEqual(told(0, 0.6), ['कम से कम 1 घंटा: 36 मिनट में से 0 मिनट']);
  assert.deepEqual(told(22 / 60, 1), ['कम से कम 1 घंटा: 60 मिनट में से 22 मिनट']);
  assert.deepEqual(told(1.5, 4), ['कम से कम 1 घंटा: 4 घंटे में से 1 घंटा 30 मिनट']);
  assert.deepEqual(told(1, 2), ['कम से कम 1 घंटा: 2 में से 1']);
});

test('days of leave are added to an extended last day, and nobody’s due day falls into his leave', async () => {
  const number = await order({});
  await away(sunita, '2026-05-01', '2026-05-30');
  await order({ extends: { number, until: '2026-10-31' } });
  await settleMandates(world.system);
  const ramesh = world.personId('ramesh');
  const reasons = async (who: typeof sunita) =>
    (await standing(who, number))?.dueReasons.map(({ kind }) => kind);
  assert.equal((await standing(sunita, number))?.dueOn, '2026-11-30');
  assert.deepEqual([await reasons(sunita), await reasons(ramesh)], [['extension', 'leave'], ['extension']]);
  await away(sunita, '2026-11-20', '2026-12-25');
  await settleMandates(world.system);
  // 5 January: back on 26 December, and ten days more.
  assert.equal((await standing(sunita, number))?.dueOn, '2027-01-05');
  await away(sunita, '2027-01-01', null);
  await settleMandates(world.system);
  assert.deepEqual(
    [(await standing(sunita, number))?.dueOn, (await standing(sunita, number))?.status],
    [null, 'open'],
  );
});

test('an order that binds the lent binds them by roster as by a service entry', async () => {
  const bound = await order({ scope: { offices: ['SW-JHS'] }, clocks: { deputation: 'bound' } });
  const free = await order({ scope: { offices: ['SW-JHS'] } });
  await change(pushpa, (tx) =>
    sql`insert into posting (person_id, posting_id, office_id, kind, starts_on)
      values (${pushpa}, ${newId()}, ${world.officeId('HF-BBK')}, 'deputation', '2026-05-01')`.execute(tx),
  );
  await settleMandates(world.system);
  assert.equal((await standing(pushpa, bound))?.boundBy.office.code, 'SW-JHS');
  assert.equal(await standing(pushpa, free), undefined);
});

test('a designation’s corrected name binds the same people, and counts anew who had the name', async () => {
  const number = await order({ scope: { offices: ['SW'], designations: ['पर्यवेक्षक'] } });
  const later = await order({ scope: { offices: ['SW'], designations: ['पर्यवेक्षक (ग्रेड 1)'] } });
  const counts = async () => {
    await settleMandates(world.system);
    const figures = [number, later].map((one) => mandateFigures(world.system, { number: one, office: 'SW' }));
    assert.equal((await reconcileMandates(world.system)).length, 0);
    return (await Promise.all(figures)).map((one) => one.bound);
  };
  assert.deepEqual(await counts(), [1, 0]);
  const found = await sql<{
    id: string;
  }>`select designation_id as id from designation where name = 'पर्यवेक्षक'`.execute(db.read);
  await keepDesignation(world.system, { designationId: found.rows[0]?.id ?? '', name: 'पर्यवेक्षक (ग्रेड 1)' });
  assert.deepEqual(await counts(), [1, 1]);
});

test('who retired before the window and serves again is bound; who retires in it is exempt', async () => {
  const statusOf = async (retiresOn: string, number: string) => {
    await change(imran, (tx) =>
      sql`update person set retires_on = ${retiresOn} where person_id = ${imran}`.execute(tx),
    );
    await settleMandates(world.system);
    const standings = await standingOfPerson(world.system, imran ?? '');
    return standings.find((one) => one.mandate.number === number)?.status;
  };
  const number = await order({
    ...{ scope: { offices: ['UP'] }, window: { from: '2026-04-01', to: '2027-03-31' } },
    condition: { courses: { atLeast: 100 } },
    clocks: { retirementMonths: 6 },
  });
  assert.equal(await statusOf('2020-06-30', number), 'open');
  assert.equal(await statusOf('2026-12-31', number), 'exempt');
});
