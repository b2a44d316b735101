import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { importById } from '../../src/kernel/imports/index.ts';
import { signedIn } from '../signed-in.ts';
import { openWorld } from '../world.ts';
import { commit, csv, look } from './files.ts';

const world = await openWorld();
after(() => world.close());
const app = await world.app();
const ramesh = await signedIn(world, 'ramesh');
const head = 'employee_code,name_hi,office_code,designation,group,mobile';

test('headings that mean nothing are told before the commit, in the result and on both pages', async () => {
  const { result } = await look(
    world.as('ramesh'),
    'roster',
    csv('employee_code,name_hi,office_code,तैनाती का दिन,line', 'T1,तारा,SW-BBK,2020-01-01,2'),
  );
  assert.deepEqual(result.unknownHeadings, ['तैनाती का दिन']);
  for (const path of ['', '/commitment']) {
    const page = await app.inject({ url: `/office/imports/${result.id}${path}`, headers: ramesh.headers });
    assert.equal(page.statusCode, 200);
    assert.match(page.body, /तैनाती का दिन/);
  }
});

test('the difference names each column that changes, with numbers masked and words for codes', async () => {
  await commit(world.system, 'roster', csv(head, 'T2,तारा,SW-BBK,लिपिक,C,9876543210'));
  const { result } = await look(
    world.as('ramesh'),
    'roster',
    csv(`${head},joined_on`, 'T2,तारा देवी,SW-BBK,प्रधान लिपिक,B,9876500001,', 'T3,तीजा,SW-BBK,,,,31-02-2020'),
  );
  const row = await importById(world.runtime.db.read, result.id);
  assert.doesNotMatch(JSON.stringify(row?.samples?.changed), /98765/);
  const { body } = await app.inject({ url: `/office/imports/${result.id}`, headers: ramesh.headers });
  assert.match(body, /मोबाइल: 98••••••10 → 98••••••01/);
  assert.match(body, /पदनाम: लिपिक → प्रधान लिपिक/);
  assert.match(body, /समूह: ग → ख/);
  assert.match(body, /असंभव तिथि \(कार्यभार ग्रहण तिथि\)/);
  assert.doesNotMatch(body, /9876543210/);
});

test('an area code that is on no list is told, and the office is taken', async () => {
  const file = csv('office_code,name_hi,parent_code,area_code', 'SW-NOAREA,नया,SW,999999999');
  const { result } = await look(world.system, 'offices', file);
  assert.equal(result.added, 1);
  assert.deepEqual(result.warnings, [{ code: 'unknown_area', count: 1, sample: ['999999999'] }]);
});

const broken = [
  ['no boundary', 'multipart/form-data', 'x'],
  ['no part', 'multipart/form-data; boundary=x', 'nothing'],
  ['an empty body', 'multipart/form-data; boundary=x', ''],
  [
    'a form cut off in its file',
    'multipart/form-data; boundary=x',
    '--x\r\ncontent-disposition: form-data; name="kind"\r\n\r\nroster\r\n--x\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\nemployee_code,name_hi,office_code\nT9,त',
  ],
  ['no form at all', 'application/x-www-form-urlencoded', 'kind=roster'],
] as const;

for (const [name, type, payload] of broken) {
  test(`a broken upload is refused, never a fault of the server: ${name}`, async () => {
    for (const url of ['/office/imports', '/api/v1/imports/roster']) {
      const headers = { ...ramesh.headers, 'content-type': type };
      const answer = await app.inject({ method: 'POST', url, headers, payload });
      assert.ok(answer.statusCode >= 400 && answer.statusCode < 500, `${url}: ${answer.statusCode}`);
    }
  });
}
