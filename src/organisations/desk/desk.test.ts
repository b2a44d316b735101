import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { signedIn } from '../../../test/signed-in.ts';
import { openWorld } from '../../../test/world.ts';
import { Refusal } from '../../kernel/errors.ts';
import { findOffices } from '../office-search.ts';
import { officeByCode } from '../scope.ts';
import { officeNames } from '../stores/desk.ts';
import { closeOffice, reopenOffice } from './close-office.ts';
import { addOffice, editOffice } from './keep-office.ts';
import { viewOffice } from './office-view.ts';
import { savePost } from './save-post.ts';

const world = await openWorld();
after(() => world.close());
const app = await world.app();

const refusedAs = (code: string, reason?: string) => (error: unknown) =>
  error instanceof Refusal && error.code === code && (reason === undefined || error.reason === reason);
const fieldRefused = (code: string) => (error: unknown) =>
  error instanceof Refusal && error.fields[0]?.code === code;

test('a nodal officer adds an office below, and it is found by the sound of its name', async () => {
  const ramesh = world.as('ramesh');
  await addOffice(ramesh, {
    parentCode: 'SW-BBK',
    code: 'SW-BBK-HOSTEL',
    nameHi: 'छात्रावास, बाराबंकी',
    strength: 4,
  });
  const office = await officeByCode(ramesh, 'SW-BBK-HOSTEL');
  assert.equal(office?.path.length, 4);
  const found = await findOffices(ramesh, { text: 'chhatravas' });
  assert.deepEqual(
    found.map((row) => row.code),
    ['SW-BBK-HOSTEL'],
  );
  await assert.rejects(
    addOffice(ramesh, { parentCode: 'SW-BBK', code: 'SW-JHS', nameHi: 'दूसरा' }),
    fieldRefused('code_taken'),
  );
  await assert.rejects(
    addOffice(ramesh, { parentCode: 'SW', code: 'X', nameHi: 'क' }),
    refusedAs('not_found'),
  );
  await assert.rejects(
    addOffice(world.as('secretary'), { parentCode: 'SW', code: 'X', nameHi: 'क' }),
    refusedAs('forbidden'),
  );
});

test('a renamed office keeps its former name with the days', async () => {
  const ramesh = world.as('ramesh');
  await editOffice(ramesh, { code: 'SW-BBK-HOSTEL', nameHi: 'राजकीय छात्रावास, बाराबंकी' });
  const office = await officeByCode(ramesh, 'SW-BBK-HOSTEL');
  assert.equal(office?.strength, 4, 'what is not named stays');
  const names = await officeNames(world.runtime.db.read, office?.officeId ?? '');
  assert.deepEqual(
    names.map((name) => name.nameHi),
    ['राजकीय छात्रावास, बाराबंकी', 'छात्रावास, बाराबंकी'],
  );
  await assert.rejects(
    editOffice(ramesh, { code: 'SW-BBK-HOSTEL', nameHi: 'क', areaCode: '999999' }),
    fieldRefused('unknown_area'),
  );
});

test('sanctioned posts stand beside who fills them; zero takes the line away', async () => {
  const ramesh = world.as('ramesh');
  await savePost(ramesh, { code: 'SW-BBK', designation: 'पर्यवेक्षक', serviceGroup: 'C', sanctioned: 3 });
  const view = await viewOffice(ramesh, 'SW-BBK');
  assert.deepEqual(
    view.posts.map((post) => [post.designation, post.sanctioned]),
    [['पर्यवेक्षक', 3]],
  );
  assert.equal(view.posted.find((row) => row.designationId === view.posts[0]?.designationId)?.count, 1);
  await savePost(ramesh, { code: 'SW-BBK', designation: 'पर्यवेक्षक', serviceGroup: 'C', sanctioned: 0 });
  assert.deepEqual((await viewOffice(ramesh, 'SW-BBK')).posts, []);
});

test('an office closes only when nobody is posted there and none below is open; it can be opened again', async () => {
  const ramesh = world.as('ramesh');
  const day = '2026-11-30';
  await assert.rejects(
    closeOffice(ramesh, { code: 'SW-BBK', validUntil: day }),
    refusedAs('has_dependents', 'office_not_empty'),
  );
  await closeOffice(ramesh, { code: 'SW-BBK-HOSTEL', validUntil: day });
  assert.equal((await officeByCode(ramesh, 'SW-BBK-HOSTEL'))?.validUntil, day);
  await reopenOffice(ramesh, 'SW-BBK-HOSTEL');
  assert.equal((await officeByCode(ramesh, 'SW-BBK-HOSTEL'))?.validUntil, null);
});

test('pages of offices open for readers of the subtree, and others are not found', async () => {
  const ramesh = await signedIn(world, 'ramesh');
  for (const url of [
    '/office/offices',
    '/office/offices?q=barabanki',
    '/office/offices/SW-BBK',
    '/office/offices/SW-BBK/details',
    '/office/offices/SW-BBK/child',
    '/office/offices/SW-BBK/posts',
    '/office/offices/SW-BBK/closing',
    '/office/areas',
  ])
    assert.equal((await app.inject({ url, headers: ramesh.headers })).statusCode, 200, url);
  assert.equal(
    (await app.inject({ url: '/office/offices/HF-BBK', headers: ramesh.headers })).statusCode,
    404,
  );
  assert.equal((await app.inject({ url: '/office/offices' })).statusCode, 401);
  const learner = await signedIn(world, 'sunita');
  assert.equal((await app.inject({ url: '/office/offices', headers: learner.headers })).statusCode, 403);
  const wrong = await app.inject({
    method: 'POST',
    url: '/office/offices/SW-BBK/posts',
    headers: { ...ramesh.headers, 'content-type': 'application/x-www-form-urlencoded' },
    payload: 'designation=&sanctioned=-1',
  });
  assert.equal(wrong.statusCode, 422);
  assert.match(wrong.body, /पदनाम लिखें/);
});
