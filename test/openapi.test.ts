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
type Answer = { content?: { 'application/json'?: { schema?: { properties?: Record<string, unknown> } } } };

// Their `items` are parts of one thing, or so many as the summary says; whoever pages asks for none of them.
const noLists = [
  '/api/v1/offices/{code}/posts',
  '/api/v1/collections',
  '/api/v1/courses/{code}/translations',
  '/api/v1/courses/{code}/ratings',
  '/api/v1/courses/{code}/prerequisites',
  '/api/v1/competencies',
  '/api/v1/me/passbook',
  '/api/v1/persons/{personId}/passbook',
  '/api/v1/me/shelf',
  '/api/v1/me/statement-preview',
  '/statements/{number}',
  '/api/v1/certificate-templates',
  '/api/v1/certificate-batches',
  '/api/v1/certificate-batches/left-out',
  '/api/v1/campaigns/{code}/league',
];

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

test('every list of the contract says where it goes on', async () => {
  const app = await world.app();
  const reply = await app.inject({ method: 'GET', url: '/api/v1/openapi.json' });
  const { paths } = reply.json() as {
    paths: Record<string, { get?: { responses?: Record<string, Answer> } }>;
  };
  const silent = Object.entries(paths).flatMap(([route, { get }]) => {
    const fields = get?.responses?.['200']?.content?.['application/json']?.schema?.properties;
    return fields && 'items' in fields && !('next' in fields) && !noLists.includes(route) ? [route] : [];
  });
  assert.deepEqual(silent, []);
});
