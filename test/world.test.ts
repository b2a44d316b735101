import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openWorld } from './world.ts';

const world = await openWorld();
after(() => world.close());

test('an address that does not exist answers 404 in Hindi, and as a problem where JSON is asked', async () => {
  const app = await world.app();
  const page = await app.inject({ method: 'GET', url: '/nowhere' });
  assert.equal(page.statusCode, 404);
  assert.match(page.body, /<html lang="hi"/);
  const api = await app.inject({
    method: 'GET',
    url: '/api/v1/nowhere',
    headers: { 'accept-language': 'en' },
  });
  assert.equal(api.headers['content-type'], 'application/problem+json');
  assert.equal(api.json().code, 'not_found');
});
