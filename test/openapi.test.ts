import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { projectRoot } from '../src/kernel/project-root.ts';
import { openWorld } from './world.ts';

const world = await openWorld();
after(() => world.close());
const path = join(projectRoot(), 'docs/openapi.json');

type Operation = { summary?: string; responses?: Record<string, unknown> };

test('docs/openapi.json is the contract that the program serves (UPDATE=1 writes it)', async () => {
  const app = await world.app();
  const reply = await app.inject({ method: 'GET', url: '/api/v1/openapi.json' });
  const text = `${JSON.stringify(reply.json(), null, 1)}\n`;
  if (process.env['UPDATE']) writeFileSync(path, text);
  assert.ok(readFileSync(path, 'utf8') === text, 'docs/openapi.json is stale: UPDATE=1 writes it');
});

test('every operation of the contract says what it is for and what it answers', async () => {
  const app = await world.app();
  const reply = await app.inject({ method: 'GET', url: '/api/v1/openapi.json' });
  const contract = reply.json() as { openapi: string; paths: Record<string, Record<string, Operation>> };
  assert.match(contract.openapi, /^3\.1/);
  const silent: string[] = [];
  for (const [route, operations] of Object.entries(contract.paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      const answers = Object.keys(operation.responses ?? {}).some((status) => status.startsWith('2'));
      if (!operation.summary || !answers) silent.push(`${method} ${route}`);
    }
  }
  assert.deepEqual(silent, []);
});
