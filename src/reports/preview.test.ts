import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { signedIn } from '../../test/signed-in.ts';
import { openWorld } from '../../test/world.ts';

const world = await openWorld();
after(() => world.close());
const app = await world.app();
const { headers } = await signedIn(world, 'ramesh');

const preview = (payload: object) =>
  app.inject({
    method: 'POST',
    url: '/api/v1/reports/preview',
    headers,
    payload: { subject: 'people', office: 'SW-BBK', ...payload },
  });

test('a preview masks mobile numbers and e-mails; whole ones stand in files, which are on record', async () => {
  const columns = ['code', 'mobile', 'email'];
  const { rows } = (await preview({ columns })).json<{ rows: (string | null)[][] }>();
  assert.ok(rows.some(([, mobile]) => mobile));
  for (const [, mobile, email] of rows) {
    if (mobile) assert.match(mobile, /^\d\d•+\d\d$/);
    if (email) assert.match(email, /^..?•+@/);
  }
  const file = await app.inject({
    method: 'POST',
    url: '/api/v1/reports/rows.csv',
    headers,
    payload: { subject: 'people', office: 'SW-BBK', columns },
  });
  assert.match(file.body, /,\d{10},/);
});

test('a column chosen twice and a sign that no text can have are refused', async () => {
  for (const columns of [
    ['office', 'office'],
    ['code', 'code'],
  ])
    assert.equal((await preview({ columns })).statusCode, 422, columns.join());
  for (const filter of ['cadre', 'district', 'designation']) {
    const asked = { columns: ['code'], filters: { [filter]: ['a\u0000b'] } };
    assert.equal((await preview(asked)).statusCode, 422, filter);
  }
});
