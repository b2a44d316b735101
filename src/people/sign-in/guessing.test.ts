import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openBrowser } from '../../../test/browser.ts';
import { openWorld } from '../../../test/world.ts';
import { loadDemonstrationSignIns } from './load-demonstration.ts';

const world = await openWorld();
after(() => world.close());
await loadDemonstrationSignIns(world.system);
world.runtime.config.isDemonstration = true;
const app = await world.app();
const right = 'daksh-demo-2026';

function pass(seconds: number): void {
  world.clock.set(new Date(world.clock.now().getTime() + seconds * 1000));
}

test('a stranger’s failures never block the owner’s own phone, nor the owner elsewhere by a code', async () => {
  const own = openBrowser(app, { ip: '10.1.1.1' });
  assert.equal((await own.post('/sign-in', { identifier: 'SW1001', password: right })).status, 303);
  await own.post('/sign-out');
  const stranger = openBrowser(app, { ip: '10.6.6.6' });
  const statuses: number[] = [];
  for (let turn = 0; turn < 8; turn += 1)
    statuses.push((await stranger.post('/sign-in', { identifier: 'SW1001', password: 'guess' })).status);
  assert.deepEqual(statuses, [401, 401, 401, 401, 401, 429, 429, 429]);
  assert.equal((await own.post('/sign-in', { identifier: 'SW1001', password: right })).status, 303);
  const elsewhere = openBrowser(app, { ip: '10.6.6.6' });
  assert.equal((await elsewhere.post('/sign-in/codes', { identifier: 'SW1001' })).status, 303);
});

test('many strangers together slow strangers down by at most a minute', async () => {
  for (let turn = 0; turn < 30; turn += 1) {
    const stranger = openBrowser(app, { ip: `10.20.0.${turn}` });
    await stranger.post('/sign-in', { identifier: 'SW1002', password: 'guess' });
    pass(2);
  }
  const owner = openBrowser(app, { ip: '10.30.0.1' });
  const now = await owner.post('/sign-in', { identifier: 'SW1002', password: right });
  assert.equal(now.status, 429);
  pass(61);
  assert.equal((await owner.post('/sign-in', { identifier: 'SW1002', password: right })).status, 303);
});

test('the wait grows with each further failure, and is forgotten after a success', async () => {
  const browser = openBrowser(app, { ip: '10.2.2.2' });
  const guess = async () => (await browser.post('/sign-in', { identifier: 'SW1003', password: 'x' })).status;
  for (let turn = 0; turn < 5; turn += 1) assert.equal(await guess(), 401);
  pass(61);
  assert.equal(await guess(), 401);
  pass(61);
  assert.equal(await guess(), 429, 'the second wait is two minutes');
  pass(60);
  assert.equal((await browser.post('/sign-in', { identifier: 'SW1003', password: right })).status, 303);
  await browser.post('/sign-out');
  assert.equal(await guess(), 401);
  assert.equal(await guess(), 401);
});

test('a hundred guesses at once get no further than the budget', async () => {
  const replies = await Promise.all(
    Array.from({ length: 40 }, () =>
      openBrowser(app, { ip: '10.3.3.3' }).post('/sign-in', { identifier: 'SW1004', password: 'guess' }),
    ),
  );
  assert.equal(replies.filter((reply) => reply.status === 401).length, 5);
  assert.equal(replies.filter((reply) => reply.status === 429).length, 35);
});

test('one account’s failures do not touch another account on the same address', async () => {
  const district = (identifier: string, password: string) =>
    openBrowser(app, { ip: '10.4.4.4' }).post('/sign-in', { identifier, password });
  for (let turn = 0; turn < 7; turn += 1) await district('SW1005', 'guess');
  assert.equal((await district('SW1005', right)).status, 429);
  assert.equal((await district('SW2001', right)).status, 303);
});

test('the same account is one account by whatever it is called', async () => {
  const at = (identifier: string) =>
    openBrowser(app, { ip: '10.5.5.5' }).post('/sign-in', { identifier, password: 'guess' });
  for (const identifier of ['HF1001', 'cmo@example.in', '9000000012', 'hf1001', '+919000000012'])
    assert.equal((await at(identifier)).status, 401);
  assert.equal((await at('HF1001')).status, 429);
});

test('a form without its token, or from another site, changes nothing', async () => {
  const browser = openBrowser(app, { ip: '10.8.8.8' });
  await browser.post('/sign-in', { identifier: 'SW2002', password: right });
  assert.equal((await browser.post('/profile/sessions/endings', { _csrf: 'wrong' })).status, 403);
  const foreign = await app.inject({
    method: 'POST',
    url: '/sign-in',
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'cross-site' },
    payload: `identifier=SW2002&password=${right}`,
  });
  assert.equal(foreign.statusCode, 403);
  const elsewhere = await app.inject({
    method: 'POST',
    url: '/sign-in',
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'https://evil.example' },
    payload: `identifier=SW2002&password=${right}`,
  });
  assert.equal(elsewhere.statusCode, 403);
});
