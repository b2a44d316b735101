import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { openWorld } from '../../../test/world.ts';
import { Refusal } from '../../kernel/errors.ts';
import { addPerson } from './add-person.ts';
import { addPosting } from './add-posting.ts';
import { correctPosting } from './correct-posting.ts';
import { editPerson } from './edit-person.ts';
import { endPosting } from './end-posting.ts';
import { findPersons } from './list-query.ts';
import { movePerson } from './move-person.ts';
import { refreshNameSearch } from './refresh-name-search.ts';
import { personRecord } from './stores/person-record.ts';

const world = await openWorld();
after(() => world.close());

const refusedAs = (code: string, reason?: string) => (error: unknown) =>
  error instanceof Refusal && error.code === code && (reason === undefined || error.reason === reason);
const fieldRefused = (code: string) => (error: unknown) =>
  error instanceof Refusal && error.fields[0]?.code === code;

async function record(key: string) {
  const found = await personRecord(world.runtime.db.read, world.personId(key));
  assert.ok(found);
  return found;
}

test('a nodal officer changes names, contacts and dates of a person of the subtree', async () => {
  const ramesh = world.as('ramesh');
  const personId = world.personId('sunita');
  await editPerson(ramesh, { personId, nameHi: 'सुनीता वर्मा सिंह', nameReason: 'विवाह', mobile: '9111111111' });
  const after = await record('sunita');
  assert.equal(after.nameHi, 'सुनीता वर्मा सिंह');
  assert.equal(after.mobile, '9111111111');
  const names = await sql<{
    name: string;
  }>`select name_hi as name from person_name where person_id = ${personId}
    order by recorded_at, starts_on`.execute(world.runtime.db.read);
  assert.deepEqual(
    names.rows.map((row) => row.name),
    ['सुनीता वर्मा', 'सुनीता वर्मा सिंह'],
  );
  const contacts = await sql<{
    value: string;
  }>`select value from person_contact where person_id = ${personId}`.execute(world.runtime.db.read);
  assert.deepEqual(contacts.rows, [{ value: '9111111111' }]);
});

test('a name is not changed without a reason, nor taken away whole', async () => {
  const ramesh = world.as('ramesh');
  const personId = world.personId('sunita');
  await assert.rejects(editPerson(ramesh, { personId, nameHi: 'क ख' }), fieldRefused('reason_needed'));
  await assert.rejects(
    editPerson(ramesh, { personId, nameHi: null, nameEn: null, nameReason: 'x' }),
    fieldRefused('name_needed'),
  );
});

test('people of another subtree are not found, and readers may not change anything', async () => {
  const personId = world.personId('kamla');
  await assert.rejects(editPerson(world.as('ramesh'), { personId, mobile: null }), refusedAs('not_found'));
  await assert.rejects(editPerson(world.as('auditor'), { personId, mobile: null }), refusedAs('forbidden'));
  await assert.rejects(editPerson(world.as('sunita'), { personId, mobile: null }), refusedAs('forbidden'));
});

test('a transfer ends the posting the day before and opens another, a day to come included', async () => {
  const personId = world.personId('imran');
  const anita = world.as('anita');
  await movePerson(anita, { personId, officeCode: 'SW-JHS', startsOn: '2026-12-01' });
  const { postings } = await record('imran');
  assert.deepEqual(
    postings.map((p) => [p.officeCode, p.startsOn, p.endsOn, p.endReason, p.isPrimary]),
    [
      ['SW-JHS', '2026-12-01', null, null, true],
      ['SW-BBK-SCH', '2018-07-02', '2026-11-30', 'transferred', true],
    ],
  );
  await assert.rejects(
    movePerson(anita, { personId, officeCode: 'SW-JHS', startsOn: '2026-12-05' }),
    fieldRefused('already_there'),
  );
  await assert.rejects(
    movePerson(anita, { personId, officeCode: 'SW-DIR', startsOn: '2026-11-25' }),
    fieldRefused('before_posting'),
  );
  await assert.rejects(
    movePerson(anita, { personId, officeCode: 'NO-SUCH', startsOn: '2027-01-01' }),
    fieldRefused('unknown_office'),
  );
});

test('once a transfer out is recorded, the posting there belongs to the other officer', async () => {
  const personId = world.personId('pushpa');
  await movePerson(world.as('anita'), { personId, officeCode: 'HF-BBK', startsOn: '2026-12-01' });
  await assert.rejects(
    movePerson(world.as('anita'), { personId, officeCode: 'SW-DIR', startsOn: '2027-01-01' }),
    refusedAs('conflict', 'posted_elsewhere'),
  );
  await movePerson(world.as('cmo'), { personId, officeCode: 'HF-BBK-CHC', startsOn: '2027-01-01' });
  assert.equal((await record('pushpa')).postings[0]?.officeCode, 'HF-BBK-CHC');
});

test('of two transfers at once one wins, and the person has one open main posting', async () => {
  const personId = world.personId('geeta');
  const cmo = world.as('cmo');
  const moves = await Promise.allSettled([
    movePerson(cmo, { personId, officeCode: 'HF-BBK', startsOn: '2026-12-01' }),
    movePerson(cmo, { personId, officeCode: 'SW-JHS', startsOn: '2026-12-01' }),
  ]);
  assert.equal(moves.filter((move) => move.status === 'fulfilled').length, 1);
  const open = (await record('geeta')).postings.filter((posting) => posting.endsOn === null);
  assert.equal(open.length, 1);
});

test('an additional charge stands beside the main posting and takes its rank when that ends', async () => {
  const personId = world.personId('author');
  const anita = world.as('anita');
  const { postingId } = await addPosting(anita, {
    personId,
    officeCode: 'SW-JHS',
    kind: 'additional_charge',
    startsOn: '2026-11-01',
  });
  await assert.rejects(
    addPosting(anita, { personId, officeCode: 'SW-JHS', kind: 'attached', startsOn: '2026-11-10' }),
    refusedAs('conflict', 'posting_overlaps'),
  );
  const main = (await record('author')).postings.find((posting) => posting.isPrimary);
  assert.ok(main && main.postingId !== postingId);
  await endPosting(anita, { personId, postingId: main.postingId, endsOn: '2026-11-20', endReason: 'other' });
  const charge = (await record('author')).postings.find((posting) => posting.postingId === postingId);
  assert.equal(charge?.isPrimary, true);
});

test('retirement ends every open posting, and one that was to come never begins', async () => {
  const personId = world.personId('imran');
  const main = (await record('imran')).postings.find((posting) => posting.officeCode === 'SW-BBK-SCH');
  assert.ok(main);
  const done = await endPosting(world.as('anita'), {
    personId,
    postingId: main.postingId,
    endsOn: '2026-11-22',
    endReason: 'retired',
  });
  assert.equal(done.ended, 2);
  const { postings } = await record('imran');
  assert.deepEqual(
    postings.map((posting) => [posting.officeCode, posting.endsOn, posting.endReason]),
    [['SW-BBK-SCH', '2026-11-22', 'retired']],
  );
});

test('a posting is ended once; its day is corrected with a reason, or opened again', async () => {
  const personId = world.personId('imran');
  const anita = world.as('anita');
  const posting = (await record('imran')).postings[0];
  assert.ok(posting);
  const key = { personId, postingId: posting.postingId };
  await assert.rejects(
    endPosting(anita, { ...key, endsOn: '2026-11-30', endReason: 'retired' }),
    refusedAs('conflict', 'already_ended'),
  );
  await correctPosting(anita, { ...key, startsOn: '2018-07-01', endsOn: null, reason: 'आदेश वापस' });
  const mended = (await record('imran')).postings[0];
  assert.deepEqual([mended?.startsOn, mended?.endsOn, mended?.endReason], ['2018-07-01', null, null]);
});

test('an account that came by import counts from its first posting, also where the desk corrects it', async () => {
  const personId = world.personId('sunita');
  await sql`update person set account_source = 'import', registered_on = null where person_id = ${personId}`.execute(
    world.runtime.db.read,
  );
  const posting = (await record('sunita')).postings.at(-1);
  assert.ok(posting);
  const key = { personId, postingId: posting.postingId, reason: 'कार्यभार प्रमाण पत्र' };
  await correctPosting(world.as('ramesh'), { ...key, startsOn: '2015-03-02' });
  assert.equal((await record('sunita')).accountDay, '2015-03-02');
  await correctPosting(world.as('ramesh'), { ...key, startsOn: posting.startsOn });
  assert.equal((await record('sunita')).accountDay, posting.startsOn);
});

test('a corrected first day after the last day that is kept is refused at its field', async () => {
  const posting = (await record('sunita')).postings.at(-1);
  assert.ok(posting);
  const key = { personId: world.personId('sunita'), postingId: posting.postingId, reason: 'त्रुटि' };
  await correctPosting(world.as('ramesh'), { ...key, startsOn: posting.startsOn, endsOn: '2026-11-30' });
  const late = correctPosting(world.as('ramesh'), { ...key, startsOn: '2027-01-01' });
  await assert.rejects(late, fieldRefused('end_before_start'));
  await correctPosting(world.as('ramesh'), { ...key, startsOn: posting.startsOn, endsOn: null });
});

test('the list finds a name in either script, a code, or the end of a mobile, and no others', async () => {
  await refreshNameSearch(world.system);
  const ramesh = world.as('ramesh');
  const find = async (q: string) =>
    (await findPersons(ramesh, { q, state: 'posted' })).persons.map((p) => p.code);
  assert.deepEqual(await find('suneeta'), ['SW1001']);
  assert.deepEqual(await find('सुनिता'), ['SW1001']);
  assert.deepEqual(await find('varma sunita'), ['SW1001'], 'in any order and spelling');
  assert.deepEqual(await find('sw1002'), ['SW1002']);
  assert.deepEqual(await find('0002'), ['SW1002']);
  assert.deepEqual(await find('kamla'), []);
  assert.deepEqual(await find('ASHA-BBK-0417'), []);
});

test('the list of one office is asked for by its name in either script, or its code', async () => {
  const of = async (office: string) => findPersons(world.as('ramesh'), { state: 'posted', office });
  const [byCode, byHindi, byEnglish] = [
    await of('SW-BBK-SCH'),
    await of('आश्रम पद्धति'),
    await of('ashram paddhati'),
  ];
  assert.ok(byCode.persons.length > 0);
  assert.deepEqual(byHindi.persons, byCode.persons);
  assert.deepEqual(byEnglish.persons, byCode.persons);
  const several = await of('SW-BBK');
  assert.equal(several.office?.code, 'SW-BBK', 'a code means its own office');
  const none = await of('nowhere at all');
  assert.deepEqual([none.persons, none.office, none.others], [[], undefined, []]);
  const heard = await of('shram padd');
  assert.deepEqual([heard.persons, heard.office], [[], undefined]);
  assert.deepEqual(
    heard.others.map(({ code }) => code),
    ['SW-BBK-SCH'],
    'what is only like a name is offered',
  );
});

test('whoever has left is found among the former by the last posting, and nowhere else', async () => {
  world.clock.set('2026-12-05T06:00:00Z');
  const codes = async (key: string, state: 'posted' | 'former') =>
    (await findPersons(world.as(key), { state })).persons.map((person) => person.code);
  const personId = world.personId('kamla');
  const posting = (await record('kamla')).postings[0];
  await endPosting(world.as('cmo'), {
    personId,
    postingId: posting?.postingId ?? '',
    endsOn: '2026-12-01',
    endReason: 'other',
  });
  assert.ok(!(await codes('cmo', 'posted')).includes('ASHA-BBK-0417'));
  assert.deepEqual(await codes('cmo', 'former'), ['ASHA-BBK-0417']);
  assert.deepEqual(await codes('ramesh', 'former'), []);
  assert.ok((await codes('cmo', 'posted')).includes('SW2002'), 'who has come by transfer');
  assert.ok(!(await codes('anita', 'posted')).includes('SW2002'), 'who has gone by transfer');
});

test('nobody is transferred to an office where another posting of his stands in that time', async () => {
  const personId = await somebodyNew();
  const anita = world.as('anita');
  await addPosting(anita, {
    personId,
    officeCode: 'SW-JHS',
    kind: 'additional_charge',
    startsOn: '2026-11-01',
    endsOn: '2026-12-31',
  });
  await assert.rejects(
    movePerson(anita, { personId, officeCode: 'SW-JHS', startsOn: '2026-12-01' }),
    refusedAs('conflict', 'posting_overlaps'),
  );
  await movePerson(anita, { personId, officeCode: 'SW-JHS', startsOn: '2027-01-01' });
});

async function somebodyNew(): Promise<string> {
  const added = await addPerson(world.as('anita'), {
    code: 'MOVES1',
    issuer: 'EHRMS',
    nameHi: 'नया कार्मिक',
    language: 'hi',
    officeCode: 'SW-BBK',
    startsOn: '2024-01-01',
  });
  return added.personId;
}
