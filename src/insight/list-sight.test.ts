import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { commit, csv } from '../../test/imports/files.ts';
import { openWorld } from '../../test/world.ts';
import { exportPersons, listPersons } from './list-persons.ts';

const world = await openWorld();
after(() => world.close());
const march = { code: 'SW-BBK', asOf: '2026-03-15' } as const;

async function sunitaOf(who: 'ramesh' | 'system', search = 'SW1001') {
  const ctx = who === 'system' ? world.system : world.as(who);
  const { items, total } = await listPersons(ctx, { ...march, search, numbers: 'full' });
  assert.equal(items.length, total);
  return items.find((one) => one.employeeCode === 'SW1001');
}

test('of whoever has left the reader’s offices since, the list of a past day has no mobile number', async () => {
  assert.ok((await sunitaOf('ramesh'))?.mobile, 'a mobile before she leaves');
  const moved = csv(
    'employee_code,name_hi,office_code,posted_on,designation,mobile',
    'SW1001,सुनीता वर्मा,HF-BBK-CHC,2026-04-01,नया पद,9999912345',
  );
  await commit(world.system, 'roster', moved);
  const { nameHi, mobile, officeCode } = (await sunitaOf('ramesh')) ?? {};
  assert.equal(nameHi, 'सुनीता वर्मा');
  assert.match(officeCode ?? '', /^SW-BBK/);
  assert.equal(mobile, null);
  assert.equal(await sunitaOf('ramesh', '9999912345'), undefined, 'nor is she found by it');
  assert.equal((await sunitaOf('system', '9999912345'))?.mobile, '9999912345');
  const { chunks } = await exportPersons(world.as('ramesh'), { ...march, format: 'csv' });
  for await (const chunk of chunks)
    for (const one of chunk) assert.equal(one.mobile === null, one.employeeCode === 'SW1001');
});
