import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { en, hi } from '../../messages/index.ts';
import { features } from '../../src/features.ts';
import { exportKinds } from '../../src/kernel/exports.ts';
import type { App, Feature } from '../../src/kernel/feature.ts';
import { createApp } from '../../src/kernel/http/app.ts';
import { isExport, sendFile } from '../../src/kernel/http/send-file.ts';
import { projectRoot } from '../../src/kernel/project-root.ts';
import { identify } from '../../src/people/index.ts';
import { renderProblem } from '../../src/shell/site/index.ts';
import { signedIn } from '../signed-in.ts';
import { openWorld } from '../world.ts';

/**
 * Every route that sends a file, and what it is: an export, of which an act is kept, or `own` or `content`. A new one, or
 * one that is no export any more, changes a line of files.txt, where a reader sees it. `UPDATE=1` writes it anew.
 */
const table = join(projectRoot(), 'test', 'policies', 'files.txt');
/** How the address of a file ends, or of what only programs ask for. */
const looksLikeFile =
  /\.(csv|xlsx|pdf|zip|jwt)$|:format$|:file$|\/(file|zip|content|scan|sample|package|export|errors)$|^\/media\/:\w+$/;
/** They answer with JSON, which holds or tells of a file. */
const noFiles = new Set(['/api/v1/banks/:bank/export']);

const world = await openWorld();
after(() => world.close());

type Route = { method: string; url: string; file: string | undefined; types: string[] };
const routes: Route[] = [];
const forgetful: Feature = {
  name: 'forgetful',
  http: (app) => {
    const body = 'code\r\n';
    const access = 'signed-in' as const;
    app.get('/x/forgotten', { config: { access } }, (_, reply) =>
      sendFile(reply, { name: 'x', format: 'csv', body }),
    );
    app.get('/x/unkept', { config: { access, file: 'persons' } }, (_, reply) =>
      sendFile(reply, { name: 'x', format: 'csv', body }),
    );
    app.get('/x/own', { config: { access, file: 'own' } }, (_, reply) =>
      sendFile(reply, { name: 'x', format: 'csv', body }),
    );
  },
};
const app = await openApp();
after(() => app.close());

test('every route that sends a file says what it is, and every kind of export has words', () => {
  const silent = routes.filter(({ method, url, file, types }) => {
    const isFile = looksLikeFile.test(url) || types.some((type) => /csv|pdf|zip|\*\/\*/.test(type));
    return (method === 'GET' || types.length > 0) && isFile && !file && !noFiles.has(url);
  });
  assert.deepEqual(silent, []);
  const said = new Set(routes.flatMap(({ file }) => file ?? []));
  for (const kind of Object.keys(exportKinds)) {
    assert.ok(said.has(kind), `no route sends ${kind}`);
    for (const messages of [hi, en])
      assert.ok((messages.reports as Record<string, string>)[`file_${kind}`], kind);
  }
  compare();
});

test('a file of which nothing is said or kept does not leave; one’s own does', async () => {
  const { headers } = await signedIn(world, 'ramesh');
  const statusOf = async (url: string) => (await app.inject({ method: 'GET', url, headers })).statusCode;
  assert.deepEqual(
    [await statusOf('/x/forgotten'), await statusOf('/x/unkept'), await statusOf('/x/own')],
    [500, 500, 200],
  );
});

/** Asked in the cast's world: who, the address, and what is kept of it. */
const samples: [who: string, url: string, kind: string, office: string, people: boolean][] = [
  ['anita', '/office/review/SW/sheet.csv', 'sheet', 'SW', false],
  ['anita', '/office/review/SW/sheet.xlsx', 'sheet', 'SW', false],
  ['anita', '/office/review/SW/briefing.pdf', 'briefing', 'SW', false],
  ['ramesh', '/office/offices/SW-BBK/training.csv', 'training', 'SW-BBK', false],
  ['ramesh', '/office/offices/SW-BBK/training.pdf', 'training', 'SW-BBK', false],
  ['ramesh', '/office/offices/SW-BBK/training/people.csv', 'office_persons', 'SW-BBK', true],
  ['ramesh', '/office/offices/SW-BBK/training/people.xlsx', 'office_persons', 'SW-BBK', true],
  ['ramesh', '/office/persons/export.csv', 'persons', 'SW-BBK', true],
  [
    'ramesh',
    '/office/reports/rows.csv?subject=people&office=SW-BBK&shape=list&c=code',
    'report',
    'SW-BBK',
    true,
  ],
  ['anita', '/office/appraisal/statements.csv?year=2025-26&office=SW', 'statements', 'SW', true],
  ['cmo', '/api/v1/appraisal/feed.csv', 'statement_feed', 'HF-BBK', true],
  ['anita', '/office/curriculum/failing.csv', 'curriculum_failing', 'SW', false],
  ['anita', '/office/curriculum/stale.csv', 'curriculum_stale', 'SW', false],
  [
    'ramesh',
    '/office/certificate-batches/left-out.csv?kind=issue&officeCode=SW-BBK',
    'certificates_left_out',
    'SW-BBK',
    true,
  ],
];

test('what is taken stands in the record: which file, of which office, with names or without, and how many rows', async () => {
  // Over a real connection and as it stands: a client refuses a head that an injected request would let through.
  const base = await app.listen({ port: 0, host: '127.0.0.1' });
  for (const [who, url, kind, office, people] of samples) {
    const { headers } = await signedIn(world, who);
    const answer = await fetch(base + url, { headers: { ...headers, 'accept-encoding': 'identity' } });
    assert.equal(answer.status, 200, url);
    const body = await answer.text();
    const last = await lastKept();
    const format = /[./](csv|xlsx|pdf)/.exec(url)?.[1];
    assert.deepEqual(
      [last.action, last.detail['kind'], last.office, last.detail['people'], last.detail['format']],
      ['export.taken', kind, office, people, format],
      url,
    );
    if (kind !== 'briefing' && format === 'csv')
      assert.equal(last.detail['rows'], body.trim().split('\r\n').length - 1, url);
  }
});

test('the head of an export alone is not to be had, and is not kept as taken; that of other pages is', async () => {
  const before = await countKept();
  const { headers } = await signedIn(world, 'ramesh');
  const headOf = (url: string) => app.inject({ method: 'HEAD', url, headers });
  const refused = await headOf('/office/persons/export.csv');
  assert.deepEqual([refused.statusCode, refused.headers['allow']], [405, 'GET']);
  assert.equal((await headOf('/office/review/SW-BBK')).statusCode, 200);
  assert.equal(await countKept(), before);
});

test('a sheet asked for as JSON, or looked at, is no export', async () => {
  const before = await countKept();
  const { headers } = await signedIn(world, 'anita');
  for (const url of ['/office/review/SW', '/api/v1/review/SW', '/office/offices/SW/training'])
    await app.inject({ method: 'GET', url, headers });
  assert.equal(await countKept(), before);
});

test('the rejected rows of an import are an export of people, of courses they are not', async () => {
  const { headers } = await signedIn(world, 'operator');
  const files: [kind: string, text: string, people: boolean][] = [
    ['roster', 'employee_code,name_hi,office_code\r\nSW9901,राम,NOWHERE\r\n', true],
    ['courses', 'course_code,title_hi,duration_minutes\r\nC-1,,many\r\n', false],
  ];
  for (const [kind, payload, people] of files) {
    const sent = await app.inject({
      method: 'POST',
      url: `/api/v1/imports/${kind}`,
      headers: { ...headers, 'content-type': 'text/csv' },
      payload,
    });
    assert.equal(sent.statusCode, 200, sent.body);
    const { id } = sent.json<{ id: string }>();
    for (const url of [`/api/v1/imports/${id}/errors`, `/office/imports/${id}/errors.csv`]) {
      assert.equal((await app.inject({ method: 'GET', url, headers })).statusCode, 200);
      const { action, detail } = await lastKept();
      assert.deepEqual(
        [action, detail['kind'], detail['import'], detail['people'], detail['rows']],
        ['export.taken', 'import_rejected', kind, people, 1],
      );
    }
  }
});

async function lastKept() {
  const found = await sql<{ action: string; office: string | null; detail: Record<string, unknown> }>`select
      e.action, o.code as office, e.detail from audit_event e left join office o using (office_id)
    where e.subject_kind = 'export' order by e.audit_event_id desc limit 1`.execute(world.runtime.db.read);
  const [last] = found.rows;
  assert.ok(last);
  return last;
}

async function countKept(): Promise<number> {
  const found = await sql<{ n: number }>`select count(*)::int as n from audit_event
    where subject_kind = 'export'`.execute(world.runtime.db.read);
  return found.rows[0]?.n ?? 0;
}

async function openApp(): Promise<App> {
  const collected = features.map((feature) => ({
    ...feature,
    http: async (scope: App, runtime: typeof world.runtime) => {
      scope.addHook('onRoute', ({ method, url, config, schema }) => {
        const response = (schema?.response ?? {}) as Record<string, { content?: object }>;
        const types = Object.keys(response['200']?.content ?? {});
        for (const one of [method].flat())
          if (one !== 'HEAD' && one !== 'OPTIONS')
            routes.push({ method: one, url, file: config?.file, types });
      });
      await feature.http?.(scope, runtime);
    },
  }));
  const made = await createApp({
    runtime: world.runtime,
    features: [...collected, forgetful],
    identify,
    renderProblem,
  });
  await made.ready();
  return made;
}

function compare(): void {
  const lines = routes.flatMap(({ method, url, file }) =>
    file ? [`${`${method} ${url}`.padEnd(60)} ${isExport(file as never) ? `kept: ${file}` : file}`] : [],
  );
  const text = `${lines.toSorted().join('\n')}\n`;
  if (process.env['UPDATE'] === '1') writeFileSync(table, text);
  const kept = existsSync(table) ? readFileSync(table, 'utf8') : '';
  assert.equal(text, kept, 'look at the difference, then run with UPDATE=1');
}
