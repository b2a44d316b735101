import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { signedIn } from '../../../test/signed-in.ts';
import { openWorld } from '../../../test/world.ts';
import { makeToken } from './make-token.ts';

/** What a token's text may do: read, and change what the API offers; nothing that guards an account. */
const world = await openWorld();
after(() => world.close());
const app = await world.app();
const bearer = async (who: Parameters<typeof makeToken>[1]) => ({
  authorization: `Bearer ${await makeToken(world.system, who)}`,
});
const sunita = await bearer({ employeeCode: 'SW1001' });
const nodal = await bearer({ officeCode: 'SW', role: 'nodal' });
const operator = await bearer({ officeCode: 'UP', role: 'operator' });

type Asked = { method: 'GET' | 'POST'; url: string; headers: Record<string, string>; payload?: object };
const ask = (asked: Asked) => app.inject(asked);

test('a person’s token ends no session, and neither sees nor changes what guards the account', async () => {
  const session = await signedIn(world, 'sunita');
  const refused: [Asked['method'], string][] = [
    ['POST', '/profile/sessions/endings'],
    ['POST', `/profile/sessions/${session.sessionId}/ending`],
    ['GET', '/profile/sessions'],
    ['POST', '/profile/password'],
    ['GET', '/second-factor/enrolment'],
    ['POST', '/second-factor/enrolment'],
    ['POST', '/second-factor/recovery-codes'],
    ['POST', '/welcome'],
  ];
  for (const [method, url] of refused) {
    const answer = await ask({ method, url, headers: sunita });
    assert.equal(answer.statusCode, 403, `${method} ${url}`);
  }
  const open =
    await sql`select 1 from session where person_id = ${world.personId('sunita')} and ended_at is null`.execute(
      world.runtime.db.read,
    );
  assert.equal(open.rows.length, 1);
});

test('no token of a role sends a page’s form: slips, PINs, sessions and roles are given by who has signed in', async () => {
  const person = `/office/persons/${world.personId('imran')}`;
  for (const headers of [nodal, operator])
    for (const url of [
      `${person}/slip`,
      `${person}/sign-in/endings`,
      `${person}/sign-in/pin-reset`,
      '/office/roles',
    ]) {
      const answer = await ask({ method: 'POST', url, headers: { ...headers, accept: 'application/json' } });
      assert.equal(answer.statusCode, 403, url);
      assert.match(answer.body, /API टोकन|API token/);
    }
});

test('what the API offers stays the token’s: reading pages and figures, and changes under /api/v1', async () => {
  assert.equal((await ask({ method: 'GET', url: '/profile', headers: sunita })).statusCode, 200);
  assert.equal(
    (await ask({ method: 'GET', url: '/api/v1/offices/SW/summary', headers: nodal })).statusCode,
    200,
  );
  const change = { method: 'POST', url: '/api/v1/enrolments', headers: sunita, payload: {} } as const;
  assert.equal((await ask(change)).statusCode, 422);
});
