import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { cast } from '../../demo/cast.ts';
import { features } from '../../src/features.ts';
import type { App } from '../../src/kernel/feature.ts';
import { createApp } from '../../src/kernel/http/app.ts';
import { projectRoot } from '../../src/kernel/project-root.ts';
import { identify, makeToken } from '../../src/people/index.ts';
import { renderProblem } from '../../src/shell/site/index.ts';
import { signedIn } from '../signed-in.ts';
import { openWorld } from '../world.ts';

/**
 * Every route, asked by everybody: a route that lets in one more role than before changes a line of
 * routes.txt, where a reader sees it. `UPDATE=1` writes the table anew.
 */
const table = join(projectRoot(), 'test', 'policies', 'routes.txt');
const roles = [
  'nodal',
  'leader',
  'author',
  'reviewer',
  'publisher',
  'appraisal',
  'centre',
  'editor',
  'operator',
  'auditor',
];
const unknownId = '01930000-0000-7000-8000-00000000ffff';
const day = 24 * 3_600_000;
/** After these the asker signs in anew, so that one route's effect does not answer for the next. */
const endsSessions = /sign-in|sign-out|ending|password|second-factor|welcome|merge|reset/;

const world = await openWorld();
after(() => world.close());
/** One of the two leaders has the separate right to names (INTERFACES: Roles), so that its column shows. */
const withNames = 'chief';
await sql`update role_grant set may_see_names = true where person_id = ${world.personId(withNames)}`.execute(
  world.runtime.db.read,
);

type Route = { method: string; url: string };
const routes: Route[] = [];
const app = await openApp();
after(() => app.close());

type Asker = { heading: string; headers(): Promise<Record<string, string>> };
const askers: Asker[] = [
  { heading: 'nobody', headers: async () => ({}) },
  ...cast.map(({ key }) => ({
    heading: headingOf(key),
    headers: async () => (await signedIn(world, key)).headers,
  })),
  ...(await tokens()),
];

test('every route lets in whom the committed table says, and none fails with a 500', async () => {
  const lines = new Map<string, number[]>();
  const safe = routes.filter((route) => route.method === 'GET');
  const unsafe = routes.filter((route) => route.method !== 'GET');
  for (const asker of askers) {
    const headers = await asker.headers();
    for (const route of safe) note(lines, route, await statusOf(route, headers));
  }
  for (const asker of askers) {
    // A day later nobody's tries of today count.
    world.clock.set(new Date(world.clock.now().getTime() + day + 60_000));
    let headers = await asker.headers();
    for (const route of unsafe) {
      note(lines, route, await statusOf(route, headers));
      if (endsSessions.test(route.url)) headers = await asker.headers();
    }
  }
  const failing = [...lines].filter(([, statuses]) =>
    statuses.some((status) => status >= 500 && status !== 503),
  );
  compare(drawn(lines));
  assert.deepEqual(failing, []);
});

test('the lists of one’s own subtree and the page of one person agree for every nodal officer', async () => {
  const headers = await askers.find((asker) => asker.heading === 'ramesh')?.headers();
  const own = await app.inject({
    method: 'GET',
    url: `/office/persons/${world.personId('sunita')}/slip`,
    headers,
  });
  const foreign = await app.inject({
    method: 'GET',
    url: `/office/persons/${world.personId('pushpa')}/slip`,
    headers,
  });
  assert.deepEqual([own.statusCode, foreign.statusCode], [200, 404]);
});

function headingOf(key: string): string {
  return key === withNames ? `${key}+names` : key;
}

async function openApp(): Promise<App> {
  const collected = features.map((feature) => ({
    ...feature,
    http: async (scope: App, runtime: typeof world.runtime) => {
      scope.addHook('onRoute', ({ method, url }) => {
        for (const one of [method].flat())
          if (one !== 'HEAD' && one !== 'OPTIONS') routes.push({ method: one, url });
      });
      await feature.http?.(scope, runtime);
    },
  }));
  const made = await createApp({ runtime: world.runtime, features: collected, identify, renderProblem });
  await made.ready();
  routes.sort((a, b) => a.url.localeCompare(b.url, 'en') || a.method.localeCompare(b.method));
  return made;
}

async function tokens(): Promise<Asker[]> {
  const made: Asker[] = [];
  for (const role of roles) {
    const token = await makeToken(world.system, { officeCode: 'SW', role });
    made.push({ heading: `t:${role}`, headers: async () => ({ authorization: `Bearer ${token}` }) });
  }
  const token = await makeToken(world.system, { employeeCode: 'SW1001' });
  made.push({ heading: 't:person', headers: async () => ({ authorization: `Bearer ${token}` }) });
  return made;
}

/** Parameters that mean something in the cast; all others are an id or a code that nobody has. */
function sampleUrl(url: string): string {
  return url
    .replace(/:personId\b/, world.personId('sunita'))
    .replace(/(offices|office)\/:code\b/, '$1/SW-BBK')
    .replace(/:officeCode\b/, 'SW-BBK')
    .replace(/:language\b/, 'hi')
    .replace(/:(kind)\b/, 'roster')
    .replace(/:(id|\w+Id)\b(\([^)]*\))?/g, unknownId)
    .replace(/:\w+(\([^)]*\))?/g, 'NONE')
    .replace(/\*/g, 'none');
}

async function statusOf(route: Route, headers: Record<string, string>): Promise<number> {
  const reply = await app.inject({ method: route.method as 'GET', url: sampleUrl(route.url), headers });
  return reply.statusCode;
}

function note(lines: Map<string, number[]>, { method, url }: Route, status: number): void {
  const key = `${method} ${url}`;
  const line = lines.get(key) ?? [];
  line.push(status);
  lines.set(key, line);
}

/** Answers of one kind stand close: 200 and 204 are "ok", 303 is "to" another page. */
function word(status: number): string {
  if (status < 300) return 'ok';
  return status < 400 ? 'to' : String(status);
}

function drawn(lines: Map<string, number[]>): string {
  const keys = routes.map(({ method, url }) => `${method} ${url}`);
  const width = Math.max(...keys.map((key) => key.length));
  const columns = askers.map((asker) => Math.max(asker.heading.length, 3));
  const row = (name: string, cells: string[]) =>
    `${name.padEnd(width)}  ${cells.map((cell, index) => cell.padEnd(columns[index] ?? 3)).join(' ')}`.trimEnd();
  const head = row(
    'route',
    askers.map((asker) => asker.heading),
  );
  const body = [...new Set(keys)].map((key) => row(key, (lines.get(key) ?? []).map(word)));
  return `${[head, ...body].join('\n')}\n`;
}

function compare(text: string): void {
  if (process.env['UPDATE'] === '1') {
    writeFileSync(table, text);
    return;
  }
  const kept = existsSync(table) ? readFileSync(table, 'utf8') : '';
  const rows = (whole: string) => whole.split('\n').map((line) => line.replace(/ +/g, ' '));
  const before = new Set(rows(kept));
  const changed = rows(text).filter((line) => !before.has(line));
  const after = new Set(rows(text));
  const gone = rows(kept).filter((line) => !after.has(line));
  assert.deepEqual(
    { changed, gone },
    { changed: [], gone: [] },
    'look at the difference, then run with UPDATE=1',
  );
}
