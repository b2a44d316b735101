import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { signedIn } from '../../../test/signed-in.ts';
import { openWorld } from '../../../test/world.ts';
import { newId } from '../../kernel/ids.ts';
import { keepFieldCadres, listCadres } from './keep-field-cadres.ts';

const world = await openWorld();
after(() => world.close());
const [anm, clerk] = [newId(), newId()];

before(() =>
  sql`insert into cadre (cadre_id, name, name_key) values (${anm}, 'एएनएम', 'anm'), (${clerk}, 'लिपिक', 'lipik')`.execute(
    world.runtime.db.read,
  ),
);

async function field(): Promise<string[]> {
  return (await listCadres(world.system)).field.map((cadre) => cadre.cadreId);
}

test('an operator says which cadres work in the field; what was ticked off is so no more', async () => {
  const app = await world.app();
  const { headers } = await signedIn(world, 'operator');
  const page = await app.inject({ url: '/office/cadres', headers });
  assert.match(page.body, /एएनएम/);
  const send = (chosen: string) =>
    app.inject({
      method: 'POST',
      url: '/office/cadres',
      headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
      payload: `shown=${anm}&shown=${clerk}${chosen}`,
    });
  assert.equal((await send(`&field=${anm}`)).statusCode, 303);
  assert.deepEqual(await field(), [anm]);
  assert.equal((await send('')).statusCode, 303);
  assert.deepEqual(await field(), []);
});

test('a cadre’s English name is given by an operator of the root, shown on English pages, and found by', async () => {
  const app = await world.app();
  const { headers } = await signedIn(world, 'operator');
  const url = `/office/cadres/${anm}`;
  const save = (nameEn: string, who = headers) =>
    app.inject({
      method: 'POST',
      url,
      headers: { ...who, 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ nameEn }).toString(),
    });
  assert.equal((await app.inject({ url, headers })).statusCode, 200);
  assert.equal((await save('Auxiliary Nurse Midwife')).statusCode, 303);
  const english = { ...headers, cookie: `${headers['cookie']}; language=en` };
  assert.match(
    (await app.inject({ url: '/office/cadres?q=nurse', headers: english })).body,
    /Auxiliary Nurse Midwife/,
  );
  const kept = await sql`select from audit_event where action = 'cadre.renamed'`.execute(
    world.runtime.db.read,
  );
  assert.equal(kept.rows.length, 1);
  assert.equal((await save('ल'.repeat(201))).statusCode, 422);
  assert.equal((await save('')).statusCode, 303);
  assert.equal((await listCadres(world.system, { search: 'एएनएम' })).others[0]?.nameEn, null);
  for (const who of ['ramesh', 'sunita'])
    assert.equal((await save('x', (await signedIn(world, who)).headers)).statusCode, 403, who);
  assert.equal((await save('x', {})).statusCode, 401);
  const nobody = await app.inject({ url: '/office/cadres/01930000-0000-7000-8000-00000000ffff', headers });
  assert.equal(nobody.statusCode, 404);
});

test('of thousands each can be found and ticked, and those not shown stay as they are', async () => {
  await sql`insert into cadre (cadre_id, name, name_key)
    select gen_random_uuid(), 'संवर्ग ' || n, 'many' || n from generate_series(1, 2500) n`.execute(
    world.runtime.db.read,
  );
  const seen = new Set<string>();
  for (let after: string | undefined; ; ) {
    const page = await listCadres(world.system, { after });
    for (const cadre of page.others) seen.add(cadre.cadreId);
    if (!page.next) break;
    after = page.next;
  }
  assert.equal(seen.size, 2500 + 2 + (await castCadres()));
  const [last] = (await listCadres(world.system, { search: 'संवर्ग 2499' })).others;
  assert.ok(last);
  await keepFieldCadres(world.system, { shown: [anm], field: [anm] });
  await keepFieldCadres(world.system, { shown: [last.cadreId], field: [last.cadreId] });
  assert.deepEqual(new Set(await field()), new Set([anm, last.cadreId]));
  const app = await world.app();
  const { headers } = await signedIn(world, 'operator');
  const page = await app.inject({ url: '/office/cadres?q=2499', headers });
  assert.match(page.body, /संवर्ग 2499/);
  assert.doesNotMatch(page.body, /संवर्ग 2498/);
  await keepFieldCadres(world.system, { shown: [anm, last.cadreId], field: [] });
});

async function castCadres(): Promise<number> {
  const found = await sql<{ count: number }>`select count(*) as count from cadre
    where name_key !~ '^many' and cadre_id not in (${anm}, ${clerk})`.execute(world.runtime.db.read);
  return found.rows[0]?.count ?? 0;
}

test('a nodal officer of a district keeps no list of all offices', async () => {
  await assert.rejects(keepFieldCadres(world.as('ramesh'), { shown: [anm], field: [anm] }), {
    code: 'forbidden',
  });
  await assert.rejects(listCadres(world.as('sunita')));
});

test('the page and its form refuse officers below the root, learners and strangers', async () => {
  const app = await world.app();
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  for (const [headers, status] of [
    [(await signedIn(world, 'ramesh')).headers, 403],
    [(await signedIn(world, 'sunita')).headers, 403],
    [{}, 401],
  ] as const) {
    const url = '/office/cadres';
    assert.equal((await app.inject({ url, headers })).statusCode, status);
    const payload = `shown=${anm}&field=${anm}`;
    const sent = await app.inject({ method: 'POST', url, headers: { ...headers, ...form }, payload });
    assert.ok([401, 403].includes(sent.statusCode), String(sent.statusCode));
  }
  assert.deepEqual(await field(), []);
});
