import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openWorld, type World } from '../../../test/world.ts';

let world: World;
before(async () => {
  world = await openWorld({ isDemonstration: true });
});
after(() => world.close());

test('a forgotten password leads through a code to the page for a new one', async () => {
  const app = await world.app();
  const page = await app.inject({ url: '/sign-in' });
  assert.match(page.body, /href="\/sign-in\/forgotten"[^>]*>पासवर्ड भूल गए\?/);
  const blank = await app.inject({ method: 'POST', url: '/sign-in/forgotten', payload: { identifier: '' } });
  assert.equal(blank.statusCode, 422);
  assert.match(blank.body, /नया पासवर्ड बनाएँ/);
  const sent = await app.inject({
    method: 'POST',
    url: '/sign-in/forgotten',
    payload: { identifier: 'SW1001' },
  });
  assert.equal(sent.statusCode, 303);
  assert.equal(sent.headers.location, '/sign-in/code');
  const flow = await world.runtime.db.pool.query<{ path: string }>(
    'select return_path as path from sign_in_flow',
  );
  assert.ok(flow.rows.some(({ path }) => path === '/profile/password'));
});

test('whose session is over is told so, what became of a form, and comes back after signing in', async () => {
  const app = await world.app();
  const cookies = { session: 'over-and-gone' };
  const read = await app.inject({ url: '/profile/password', cookies });
  assert.equal(read.statusCode, 401);
  assert.match(read.body, /आपका सत्र समाप्त हो गया है/);
  assert.match(read.body, /next=%2Fprofile%2Fpassword/);
  const headers = { referer: 'http://localhost/courses/x?tab=1', host: 'localhost' };
  const sent = await app.inject({ method: 'POST', url: '/profile/pin', cookies, headers });
  assert.match(sent.body, /सहेजा नहीं गया/);
  assert.match(sent.body, /next=%2Fcourses%2Fx%3Ftab%3D1/);
  const stranger = await app.inject({ url: '/profile/password' });
  assert.match(stranger.body, /पहले साइन-इन करें/);
});
