import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { openWorld } from '../../../test/world.ts';
import { makeToken } from '../../people/index.ts';

const world = await openWorld();
const app = await world.app();
after(() => world.close());

const tokens = {
  nodal: await makeToken(world.system, { officeCode: 'SW-BBK', role: 'nodal' }),
  leader: await makeToken(world.system, { officeCode: 'SW', role: 'leader' }),
  learner: await makeToken(world.system, { employeeCode: 'SW1001' }),
};
type Who = keyof typeof tokens | 'nobody';
type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

async function call(who: Who, line: `${Method} ${string}`, payload?: object, language = 'hi') {
  const [method, url] = line.split(' ') as [Method, string];
  const headers: Record<string, string> = { 'accept-language': language };
  if (who !== 'nobody') headers['authorization'] = `Bearer ${tokens[who]}`;
  const answer = await app.inject({ method, url: `/api/v1/offices${url}`, headers, payload });
  return {
    status: answer.statusCode,
    json: answer.body ? answer.json() : undefined,
    headers: answer.headers,
  };
}

const code = 'SW-BBK-API';

test('a program adds an office, changes part of it, closes and opens it; each is audited', async () => {
  const input = { code, parentCode: 'SW-BBK', nameHi: 'पुस्तकालय', kind: 'institution', strength: 3 };
  const made = await call('nodal', 'POST ', input);
  assert.equal(made.status, 201);
  assert.equal(made.headers.location, `/api/v1/offices/${code}`);
  assert.deepEqual(made.json, {
    code,
    nameHi: 'पुस्तकालय',
    nameEn: null,
    parentCode: 'SW-BBK',
    kind: 'institution',
    areaCode: null,
    strength: 3,
    validFrom: '2026-11-22',
    validUntil: null,
  });
  const edited = await call('nodal', `PATCH /${code}`, { nameEn: 'Library', strength: null });
  assert.deepEqual(
    [edited.status, edited.json.nameHi, edited.json.nameEn, edited.json.strength],
    [200, 'पुस्तकालय', 'Library', null],
  );
  const closed = await call('nodal', `POST /${code}/closure`, { validUntil: '2026-12-31' });
  assert.deepEqual([closed.status, closed.json.validUntil], [200, '2026-12-31']);
  const opened = await call('nodal', `DELETE /${code}/closure`);
  assert.deepEqual([opened.status, opened.json.validUntil], [200, null]);
  assert.deepEqual((await call('leader', `GET /${code}`)).json, opened.json);
  const audited = await sql<{ action: string }>`select action from audit_event
    where subject_id = (select office_id::text from office where code = ${code}) order by audit_event_id`.execute(
    world.runtime.db.read,
  );
  assert.deepEqual(
    audited.rows.map((row) => row.action),
    ['office.added', 'office.edited', 'office.closed', 'office.reopened'],
  );
});

test('sanctioned posts are put line by line, and zero takes the line away', async () => {
  const line = { designation: 'लिपिक', serviceGroup: 'C', sanctioned: 2 };
  assert.deepEqual((await call('nodal', 'PUT /SW-BBK/posts', line)).json, { items: [line] });
  assert.deepEqual((await call('leader', 'GET /SW-BBK/posts')).json, { items: [line] });
  assert.deepEqual((await call('nodal', 'PUT /SW-BBK/posts', { ...line, sanctioned: 0 })).json, {
    items: [],
  });
});

test('what is wrong is named field by field, in the language asked for', async () => {
  const taken = await call('nodal', 'POST ', { code: 'SW-JHS', parentCode: 'SW-BBK', nameHi: 'क' }, 'en');
  assert.deepEqual([taken.status, taken.json.errors[0].path], [422, 'code']);
  assert.match(taken.json.errors[0].text, /belongs to an office already/);
  const bad = [
    ['POST ', { code: 'X1', parentCode: 'SW-BBK' }, 'nameHi'],
    ['POST ', { code: 'X1', nameHi: 'क' }, 'parentCode'],
    ['PATCH /SW-BBK', { nameHi: '' }, 'nameHi'],
    ['PATCH /SW-BBK', { nameHi: null }, 'nameHi'],
    ['PATCH /SW-BBK', { areaCode: '999999' }, 'areaCode'],
    ['POST /SW-BBK/closure', { validUntil: '2026-02-31' }, 'validUntil'],
    ['PUT /SW-BBK/posts', { designation: 'क', sanctioned: -1 }, 'sanctioned'],
  ] as const;
  for (const [line, payload, path] of bad) {
    const { status, json } = await call('nodal', line, payload);
    assert.deepEqual([status, json.errors?.[0]?.path], [422, path], line);
  }
  assert.equal((await call('nodal', 'PATCH /SW-BBK', { parentCode: 'SW' })).status, 422);
  const full = await call('nodal', 'POST /SW-BBK/closure', { validUntil: '2026-12-31' });
  assert.deepEqual([full.status, full.json.code], [409, 'office_not_empty']);
});

test('only who keeps the subtree changes its offices; elsewhere they are not there', async () => {
  const input = { code: 'X2', parentCode: 'SW-JHS', nameHi: 'क' };
  for (const [line, payload] of [
    ['POST ', input],
    ['PATCH /SW-JHS', { nameHi: 'क' }],
    ['POST /SW-JHS/closure', { validUntil: '2026-12-31' }],
    ['DELETE /SW-JHS/closure', undefined],
    ['PUT /SW-JHS/posts', { designation: 'क', sanctioned: 1 }],
  ] as const) {
    assert.equal((await call('nodal', line, payload)).status, 404, line);
    assert.equal((await call('leader', line, payload)).status, 403, line);
    assert.equal((await call('learner', line, payload)).status, 403, line);
    assert.equal((await call('nobody', line, payload)).status, 401, line);
  }
  assert.equal((await call('nodal', 'GET /SW-JHS')).status, 404);
  assert.equal((await call('nodal', 'GET /SW-JHS/posts')).status, 404);
});
