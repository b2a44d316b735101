import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import type { Refusal } from '../../src/kernel/errors.ts';
import { undoImport } from '../../src/kernel/imports/index.ts';
import { closeOffice } from '../../src/organisations/desk/close-office.ts';
import { editOffice } from '../../src/organisations/desk/keep-office.ts';
import { savePost } from '../../src/organisations/desk/save-post.ts';
import { findOffices } from '../../src/organisations/index.ts';
import { openWorld, type World } from '../world.ts';
import { commit, counts, csv, look } from './files.ts';

let world: World;
before(async () => {
  world = await openWorld();
});
after(() => world.close());

const head = 'office_code,name_hi,name_en,parent_code,kind,area_code,strength,from,to';
const take = (...rows: string[]) => commit(world.system, 'offices', csv(head, ...rows));

/** `CODE name path kind area`, the path by codes. */
async function tree(prefix: string): Promise<string[]> {
  const found = await sql<{ line: string }>`select concat_ws(' ', o.code, o.name_hi,
      (select string_agg(a.code, '>' order by array_position(o.path, a.office_id)) from office a where a.office_id = any(o.path)),
      o.kind, o.area_id, o.strength, o.valid_from) as line
    from office o where o.code like ${`${prefix}%`} order by o.code`.execute(world.runtime.db.read);
  return found.rows.map((row) => row.line);
}

test('rows come in any order, children before parents, and several roots', async () => {
  const { result } = await take('T3,ग,,T2,,,,,', 'T2,ख,,T1,,,,,', 'T1,क,,,,,,,', 'T9,ज,,,,,,,');
  assert.deepEqual(counts(result), { rows: 4, added: 4, changed: 0, unchanged: 0, ended: 0, rejected: 0 });
  assert.deepEqual(await tree('T'), ['T1 क T1', 'T2 ख T1>T2', 'T3 ग T1>T2>T3', 'T9 ज T9']);
});

test('a code of the directory becomes the area that it means: district, block, urban body', async () => {
  await take('AR1,क,,UP,district,129,40,2020-04-01,', 'AR2,ख,,AR1,block,803,,,', 'AR3,ग,,AR1,,कहीं,,,');
  assert.deepEqual(await tree('AR'), [
    'AR1 क UP>AR1 district district:129 40 2020-04-01',
    'AR2 ख UP>AR1>AR2 block block:803',
    'AR3 ग UP>AR1>AR3',
  ]);
});

test('an unknown parent, what stands below it, a circle and impossible values are rejected with the reason', async () => {
  const { result, errors } = await take(
    'R1,क,,NOPE,,,,,',
    'R2,ख,,R1,,,,,',
    'R3,ग,,R4,,,,,',
    'R4,घ,,R3,,,,,',
    ',ङ,,UP,,,,,',
    'R5,,,UP,,,,,',
    'R6,च,,UP,,,-4,,',
    'R7,छ,,UP,,,,31-02-2020,',
    'R8,ज,,UP,,,,2020-02-01,2020-01-01',
    'R9,झ,,UP,,,,,',
    'R9,ञ,,UP,,,,,',
    'R9,झ,,UP,,,,,',
  );
  assert.deepEqual(counts(result), { rows: 12, added: 1, changed: 0, unchanged: 1, ended: 0, rejected: 10 });
  const reasons = errors.map((row) => `${row['line']} ${row['reason']?.split(' / ').at(-1)}`);
  assert.deepEqual(reasons, [
    '2 the parent office is neither in the file nor known',
    '3 the row of the parent office was rejected',
    '4 the office would stand below itself',
    '5 the office would stand below itself',
    '6 no code',
    '7 no name',
    '8 not a number (strength)',
    '9 an impossible date (from)',
    '10 the end lies before the beginning',
    '12 contradicts an earlier row of this file',
  ]);
});

test('a changed parent takes the whole subtree along, and the undo brings it back', async () => {
  await take('M1,क,,UP,,,,,', 'M2,ख,,M1,,,,,', 'M3,ग,,M2,,,,,', 'M4,घ,,UP,,,,,');
  const before = await tree('M');
  await commit(
    world.system,
    'roster',
    csv('employee_code,name_hi,office_code,posted_on', 'MV1,क,M3,2020-01-01'),
  );
  const { result } = await take('M2,ख ख,,M4,,,,,');
  assert.equal(result.changed, 1);
  assert.deepEqual(await tree('M'), ['M1 क UP>M1', 'M2 ख ख UP>M4>M2', 'M3 ग UP>M4>M2>M3', 'M4 घ UP>M4']);
  await undoImport(world.system, result.id);
  assert.deepEqual(await tree('M'), before);
});

test('the same file again changes nothing, and an empty cell keeps what is known', async () => {
  await take('S1,क,A,UP,district,129,5,,');
  const { result } = await take('S1,क,A,UP,district,129,5,,');
  assert.equal(result.unchanged, 1);
  const short = await commit(world.system, 'offices', csv('office_code,name_hi', 'S1,क'));
  assert.equal(short.result.unchanged, 1);
  assert.deepEqual(await tree('S1'), ['S1 क UP>S1 district district:129 5']);
});

test('offices that somebody is posted at cannot be taken back; unused ones can', async () => {
  const { result } = await take('U1,क,,UP,,,,,', 'U2,ख,,U1,,,,,');
  const people = csv('employee_code,name_hi,office_code', 'UU1,क,U2');
  const roster = await commit(world.system, 'roster', people);
  await assert.rejects(undoImport(world.system, result.id), {
    reason: 'has_dependents',
    message: /posting U2/,
  });
  await undoImport(world.system, roster.result.id);
  await undoImport(world.system, result.id);
  assert.deepEqual(await tree('U1'), []);
  await assert.rejects(undoImport(world.system, result.id), { reason: 'import_undone' });
});

test('an office is not taken back before the roster whose undo posts somebody there again', async () => {
  const { result } = await take('V1,क,,UP,,,,,', 'V2,ख,,UP,,,,,');
  const roster = (office: string) => csv('employee_code,name_hi,office_code', `VV1,क,${office}`);
  const first = await commit(world.system, 'roster', roster('V1'));
  // On the day on which it began, so that the former posting is voided.
  const second = await commit(world.system, 'roster', roster('SW-DIR'));
  await assert.rejects(undoImport(world.system, result.id), {
    reason: 'has_dependents',
    message: /posting V1/,
  });
  for (const { result: one } of [second, first]) await undoImport(world.system, one.id);
  await undoImport(world.system, result.id);
  assert.deepEqual(await tree('V1'), []);
});

test('an undo is refused where an office was edited by hand since, and names it', async () => {
  const made = await take('H1,पहला नाम,,UP,,,,,', 'H2,क,,UP,,,,,');
  const { result } = await take('H1,दूसरा नाम,,UP,,,5,,');
  await editOffice(world.system, { code: 'H1', nameHi: 'हाथ से लिखा नाम' });
  const isEdited = (error: Refusal) =>
    error.reason === 'has_dependents' && /edit H1/.test(error.message) && !/H2/.test(error.message);
  await assert.rejects(undoImport(world.system, result.id), isEdited);
  assert.deepEqual(await tree('H1'), ['H1 हाथ से लिखा नाम UP>H1 5']);
  await assert.rejects(undoImport(world.system, made.result.id), { reason: 'has_dependents' });
  const closed = await take('H3,क,,UP,,,,,');
  await closeOffice(world.system, { code: 'H3', validUntil: '2026-12-31' });
  await assert.rejects(undoImport(world.system, closed.result.id), { message: /edit H3/ });
  const posts = await take('H4,क,,UP,,,,,');
  await savePost(world.system, { code: 'H4', designation: 'लिपिक', sanctioned: 2 });
  await assert.rejects(undoImport(world.system, posts.result.id), { message: /edit H4/ });
});

test('imports of one office are taken back in reverse order, and each is found by its former name again', async () => {
  const first = await take('B1,बालिका छात्रावास,,UP,,,,,');
  const second = await take('B1,वृद्धाश्रम,,UP,,,,,');
  const third = await take('B1,पुस्तकालय,,UP,,,,,');
  const found = async (text: string) =>
    (await findOffices(world.system, { text })).some((office) => office.code === 'B1');
  assert.deepEqual([await found('pustakalay'), await found('chhatravas')], [true, false]);
  await assert.rejects(undoImport(world.system, second.result.id), { reason: 'has_dependents' });
  await undoImport(world.system, third.result.id);
  assert.deepEqual([await found('vriddhashram'), await found('pustakalay')], [true, false]);
  await undoImport(world.system, second.result.id);
  assert.deepEqual([await found('chhatravas'), await found('vriddhashram')], [true, false]);
  await undoImport(world.system, first.result.id);
  assert.deepEqual(await tree('B1'), []);
});

test('a nodal officer brings offices below his own only', async () => {
  const ramesh = world.as('ramesh');
  const file = csv(
    head,
    'N1,क,,SW-BBK,,,,,',
    'N2,ख,,N1,,,,,',
    'N3,ग,,SW,,,,,',
    'N4,घ,,,,,,,',
    'SW-JHS,झाँसी,,SW,,,,,',
  );
  const { result, errors } = await look(ramesh, 'offices', file);
  assert.deepEqual([result.added, result.rejected], [2, 3]);
  assert.ok(errors.every((row) => /outside your offices/.test(row['reason'] ?? '')));
});

test('who has no right to import is refused', async () => {
  for (const key of ['sunita', 'secretary', 'auditor'])
    await assert.rejects(look(world.as(key), 'offices', csv(head, 'Z,क,,,,,,,')), { code: 'forbidden' });
});

test('of a circle only the row that closes it is rejected; what hangs below an office that stays is taken', async () => {
  await take('CB1,क,,UP,,,,,', 'CC1,ख,,CB1,,,,,');
  const { result, errors } = await take('CB1,क,,CC1,,,,,', 'CK1,ग,,CB1,,,,,', 'CK2,घ,,CK1,,,,,');
  assert.deepEqual([result.added, result.rejected], [2, 1]);
  assert.deepEqual(
    errors.map((row) => row['office_code']),
    ['CB1'],
  );
  assert.deepEqual(await tree('CK'), ['CK1 ग UP>CB1>CK1', 'CK2 घ UP>CB1>CK1>CK2']);
});
