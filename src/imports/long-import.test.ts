import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { openWorld } from '../../test/world.ts';
import { lockGroup } from '../kernel/facts.ts';
import { commitImport, findImportKind, receiveFile } from '../kernel/imports/index.ts';
import { makeToken } from '../people/index.ts';

const world = await openWorld({ database: { poolSize: 3, patienceMs: 700 } });
const { db } = world.runtime;
const app = await world.app();
const bearer = {
  authorization: `Bearer ${await makeToken(world.system, { officeCode: 'UP', role: 'nodal' })}`,
};
after(() => world.close());

const people = Array.from({ length: 1500 }, (_, index) => `LI${index}`);

async function importRoster(office: string, from: string): Promise<number> {
  const kind = findImportKind('roster');
  assert.ok(kind);
  const text = `employee_code,name_hi,office_code,posted_on\n${people.map((code) => `${code},क,${office},${from}\n`).join('')}`;
  const options = { complete: false, allOrNothing: false, allowManyEnded: false };
  const scope = { scopes: ['*'] };
  const source = Readable.from([Buffer.from(text)]);
  const id = await receiveFile(world.system, { kind, source, fileName: null, options, scope });
  const result = await commitImport(world.system, id);
  return result.added + result.changed;
}

async function someIds(count: number): Promise<string[]> {
  const found = await sql<{ id: string }>`select person_id as id from person where employee_code like 'LI%'
    order by employee_code limit ${count}`.execute(db.read);
  return found.rows.map((row) => row.id);
}

const transfer = (id: string) =>
  app.inject({
    method: 'POST',
    url: `/api/v1/persons/${id}/transfers`,
    headers: bearer,
    payload: { officeCode: 'SW-JHS', startsOn: '2026-01-01', reason: 'आदेश' },
  });

test('an import of 1,500 people and 14 transfers of listed people on 3 connections all come to an end', async () => {
  assert.equal(await importRoster('SW-BBK', '2024-01-01'), 1500);
  const ids = await someIds(14);
  const [moved, ...answers] = await Promise.all([importRoster('SW-DIR', '2025-01-01'), ...ids.map(transfer)]);
  assert.ok(moved >= 1486, `${moved} rows were taken`);
  for (const answer of answers) assert.ok([201, 409, 503].includes(answer.statusCode), answer.body);
  assert.equal(db.pool.waitingCount, 0);
});

test('three imports at once end one after the other', async () => {
  const moved = await Promise.all(
    ['SW-BBK', 'SW-DIR', 'SW-BBK'].map((office) => importRoster(office, '2025-06-01')),
  );
  assert.equal(moved.length, 3);
});

test('who finds a record held by a long import is told so with 503 and when to come again', async () => {
  const [id = ''] = await someIds(1);
  const answers = await db.longTransaction(async (tx) => {
    await lockGroup(tx, [id], 'wait');
    return Promise.all([transfer(id), transfer(id), transfer(id), transfer(id), transfer(id)]);
  });
  for (const answer of answers) {
    assert.equal(answer.statusCode, 503, answer.body);
    assert.ok(Number(answer.headers['retry-after']) > 0);
    assert.match(answer.json().title, /फिर|अभी/);
  }
});
