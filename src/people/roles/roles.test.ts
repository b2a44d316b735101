import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { cast } from '../../../demo/cast.ts';
import { signedIn } from '../../../test/signed-in.ts';
import { openWorld } from '../../../test/world.ts';
import { Refusal } from '../../kernel/errors.ts';
import { endRole, requireEndable } from './end-role.ts';
import { type GrantInput, grantRole } from './grant-role.ts';
import { listedScopes } from './policy.ts';
import { grantsIn } from './store.ts';

const world = await openWorld();
after(() => world.close());
const app = await world.app();

type Me = { roles: { role: string; viaLink: boolean }[]; secondFactorDone: boolean };

async function rolesOf(headers: Record<string, string>): Promise<string[]> {
  const reply = await app.inject({ method: 'GET', url: '/api/v1/me', headers });
  return (reply.json() as Me).roles.map((one) => one.role).sort();
}

function input(more: Partial<GrantInput>): GrantInput {
  return { employeeCode: 'SW1001', role: 'author', officeCode: 'SW-BBK', kind: 'charge', ...more };
}

function refusedWith(code: string) {
  return (error: unknown) =>
    error instanceof Refusal && (error.code === code || error.fields.some((field) => field.code === code));
}

test('a role holds in the running session at once, and is gone at once when it is ended', async () => {
  const { headers } = await signedIn(world, 'sunita');
  const { grantId } = await grantRole(world.as('ramesh'), input({}));
  assert.deepEqual(await rolesOf(headers), ['author']);
  await endRole(world.as('ramesh'), grantId);
  assert.deepEqual(await rolesOf(headers), []);
  const audited = await sql<{ action: string }>`select action from audit_event where subject_id = ${grantId}
    order by happened_at, action`.execute(world.runtime.db.read);
  assert.deepEqual(audited.rows.map((row) => row.action).sort(), ['role.ended', 'role.granted']);
});

test('a role that came with a charge ends with it', async () => {
  const { headers } = await signedIn(world, 'imran');
  await grantRole(world.as('ramesh'), input({ employeeCode: 'SW2001', officeCode: 'SW-BBK-SCH' }));
  assert.deepEqual(await rolesOf(headers), ['author']);
  await sql`update posting set ends_on = '2026-11-21' where person_id = ${world.personId('imran')}`.execute(
    world.runtime.db.read,
  );
  assert.deepEqual(await rolesOf(headers), []);
});

test('a link officer holds the role between two days only, and names no further link officer', async () => {
  const now = world.clock.now();
  const { headers } = await signedIn(world, 'sunita');
  const link = input({ role: 'nodal', kind: 'link', startsOn: '2026-11-24', endsOn: '2026-11-26' });
  await grantRole(world.as('ramesh'), link);
  assert.deepEqual(await rolesOf(headers), []);
  world.clock.set('2026-11-24T00:00:00Z');
  assert.deepEqual(await rolesOf((await signedIn(world, 'sunita')).headers), ['nodal']);
  const ctx = world.as('sunita');
  const grants = [{ role: 'nodal', scopeId: world.officeId('SW-BBK'), viaLink: true }];
  const asLink = { ...ctx, actor: { ...ctx.actor, grants } as typeof ctx.actor };
  await assert.rejects(grantRole(asLink, { ...link, employeeCode: 'SW1002' }), refusedWith('forbidden'));
  world.clock.set('2026-11-26T19:00:00Z'); // 27 November in India
  assert.deepEqual(await rolesOf((await signedIn(world, 'sunita')).headers), []);
  world.clock.set(now);
});

test('a link officer needs a last day', async () => {
  const link = input({ role: 'nodal', kind: 'link', startsOn: '2026-12-01' });
  await assert.rejects(grantRole(world.as('ramesh'), link), refusedWith('link_without_end'));
});

test('nobody gives more than he holds, outside his subtree, to strangers or to himself', async () => {
  const nodal = world.as('ramesh');
  await assert.rejects(grantRole(nodal, input({ role: 'leader' })), refusedWith('forbidden'));
  await assert.rejects(grantRole(nodal, input({ role: 'nodal' })), refusedWith('forbidden'));
  await assert.rejects(grantRole(nodal, input({ role: 'operator' })), refusedWith('forbidden'));
  await assert.rejects(grantRole(nodal, input({ officeCode: 'SW' })), refusedWith('unknown_office'));
  await assert.rejects(grantRole(nodal, input({ officeCode: 'NOWHERE' })), refusedWith('unknown_office'));
  await assert.rejects(grantRole(nodal, input({ employeeCode: 'SW2002' })), refusedWith('unknown_person'));
  await assert.rejects(grantRole(nodal, input({ employeeCode: 'NOBODY' })), refusedWith('unknown_person'));
  await assert.rejects(grantRole(nodal, input({ employeeCode: 'SW1002' })), refusedWith('own_role'));
  const operator = input({ employeeCode: 'UP0002', role: 'operator', officeCode: 'UP', kind: 'open' });
  await assert.rejects(grantRole(world.as('operator'), operator), refusedWith('own_role'));
  await assert.rejects(grantRole(world.as('secretary'), input({})), refusedWith('forbidden'));
  await assert.rejects(grantRole(world.as('sunita'), input({})), refusedWith('forbidden'));
});

test('of two requests for the same role at once one is granted', async () => {
  const give = () =>
    grantRole(world.as('operator'), input({ employeeCode: 'SW2002', officeCode: 'SW-JHS', role: 'centre' }));
  const results = await Promise.allSettled([give(), give(), give()]);
  assert.equal(results.filter((result) => result.status === 'fulfilled').length, 1);
});

test('the list shows exactly the grants over offices that one may read', async () => {
  const all = await grantsIn(world.system, { scopes: ['*'], withEnded: 'with' });
  for (const member of cast) {
    const ctx = world.as(member.key);
    const scopes = (() => {
      try {
        return listedScopes(ctx);
      } catch {
        return [];
      }
    })();
    const listed = scopes.length > 0 ? await grantsIn(ctx, { scopes, withEnded: 'with' }) : [];
    const ids = new Set(listed.map((row) => row.grantId));
    for (const grant of all) {
      const mayEnd = await requireEndable(ctx, grant.grantId).then(
        () => true,
        () => false,
      );
      if (mayEnd) assert.ok(ids.has(grant.grantId), `${member.key} may end what he sees`);
      assert.equal(
        ids.has(grant.grantId),
        grant.path.some((id) => scopes.includes(id)),
      );
    }
  }
});

test('the form of a role takes names, and asks to choose among what it finds', async () => {
  const { headers } = await signedIn(world, 'ramesh');
  const post = (form: Record<string, string>) =>
    app.inject({
      method: 'POST',
      url: '/office/roles',
      headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({
        role: 'author',
        kind: 'open',
        startsOn: '22-11-2026',
        ...form,
      }).toString(),
    });
  const asked = await post({ employeeCode: 'SW1001', officeQuery: 'बाराबंकी' });
  assert.equal(asked.statusCode, 422);
  assert.match(asked.body, /name="officeCode"[^>]*value="SW-BBK"/);
  const other = await post({
    employeeCode: 'SW1001',
    officeQuery: 'nowhere',
    officeAsked: 'बाराबंकी',
    officeCode: 'SW-BBK',
  });
  assert.equal(other.statusCode, 422, 'a choice for another text is none');
  const chosen = await post({
    employeeCode: 'SW1001',
    officeQuery: 'बाराबंकी',
    officeAsked: 'बाराबंकी',
    officeCode: 'SW-BBK',
  });
  assert.equal(chosen.statusCode, 303);
});

test('the pages list, give and end roles; a refused form comes back with what was typed', async () => {
  const { headers } = await signedIn(world, 'operator');
  const page = await app.inject({ method: 'GET', url: '/office/roles', headers });
  assert.match(page.body, /रमेश चन्द्र/);
  const post = (form: Record<string, string>) =>
    app.inject({
      method: 'POST',
      url: '/office/roles',
      headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams(form).toString(),
    });
  const blank = await post({ kind: 'link' });
  assert.equal(blank.statusCode, 422);
  for (const field of ['employeeCode', 'role', 'officeCode', 'endsOn'])
    assert.match(blank.body, new RegExp(`href="#${field}"`));
  const wrong = await post({ employeeCode: 'NOBODY', role: 'author', officeCode: 'SW', kind: 'open' });
  assert.equal(wrong.statusCode, 422);
  assert.match(wrong.body, /value="NOBODY"/);
  const right = {
    employeeCode: 'SW1003',
    role: 'author',
    officeCode: 'SW',
    kind: 'open',
    startsOn: '22-11-2026',
  };
  assert.equal((await post(right)).statusCode, 303);
  assert.equal((await post(right)).statusCode, 409);
  const learner = await signedIn(world, 'pushpa');
  assert.equal(
    (await app.inject({ method: 'GET', url: '/office/roles/new', headers: learner.headers })).statusCode,
    403,
  );
  assert.equal((await app.inject({ method: 'GET', url: '/office/roles' })).statusCode, 401);
});

test('who gets rights over others no longer idles for a month, and owes a second factor', async () => {
  const { headers, sessionId } = await signedIn(world, 'kamla');
  await sql`update session set second_factor_at = null where session_id = ${sessionId}`.execute(
    world.runtime.db.read,
  );
  await grantRole(
    world.as('cmo'),
    input({ employeeCode: 'ASHA-BBK-0417', officeCode: 'HF-BBK-CHC', role: 'reviewer' }),
  );
  const idle = await sql<{ minutes: number }>`select idle_minutes as minutes from session
    where session_id = ${sessionId}`.execute(world.runtime.db.read);
  assert.equal(idle.rows[0]?.minutes, 600);
  const reply = await app.inject({ method: 'GET', url: '/profile/sessions', headers });
  assert.match(String(reply.headers.location), /^\/second-factor/);
});
