import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { signedIn } from '../../test/signed-in.ts';
import { openWorld } from '../../test/world.ts';
import { projectRoot } from '../kernel/project-root.ts';
import { takenActs } from './stores/taken.ts';

const world = await openWorld();
after(() => world.close());
const app = await world.app();

const get = async (who: string, url: string) => {
  const { headers } = await signedIn(world, who);
  return app.inject({ method: 'GET', url, headers });
};

async function take(who: string, payload: object) {
  const { headers } = await signedIn(world, who);
  const answer = await app.inject({ method: 'POST', url: '/api/v1/reports/rows.csv', headers, payload });
  assert.equal(answer.statusCode, 200);
}

test('whoever answers for what leaves sees each file once, with its filters and rows, in words and by the API', async () => {
  await take('ramesh', { subject: 'people', office: 'SW-BBK', columns: ['code'], filters: { group: ['C'] } });
  const operator = await get('operator', '/api/v1/reports/taken');
  assert.equal(operator.statusCode, 200);
  const { items } = operator.json<{ items: Record<string, unknown>[] }>();
  assert.deepEqual(
    items.map(({ action, officeCode }) => [action, officeCode]),
    [['report.exported', 'SW-BBK']],
  );
  assert.ok(items[0]?.['byCode'] && items[0]?.['byName']);
  const page = await get('operator', '/office/reports/taken?lang=hi');
  assert.match(page.body, /कार्मिक: .*समूह: /);
  await take('ramesh', {
    subject: 'people',
    office: 'SW-BBK',
    columns: ['code'],
    filters: { district: ['barabanki'] },
  });
  const narrowed = await get('operator', '/office/reports/taken');
  assert.match(
    narrowed.body,
    /जनपद: बाराबंकी/,
    'a filter has its name in the reader’s language, however it was said',
  );
  const none = await get('operator', '/office/reports/taken?from=2031-01-01');
  assert.doesNotMatch(none.body, /SW-BBK/);
});

test('a nodal officer has no such record, a wrong day and an unknown office are told beside their fields', async () => {
  assert.equal((await get('ramesh', '/api/v1/reports/taken')).statusCode, 403);
  assert.match((await get('operator', '/office/reports/taken?from=31.13.2026')).body, /31\.13\.2026/);
  assert.match((await get('operator', '/office/reports/taken?office=NOWHERE')).body, /NOWHERE/);
  assert.equal((await get('operator', '/api/v1/reports/taken?office=NOWHERE')).statusCode, 404);
});

test('pages follow each other without a gap', async () => {
  for (const group of ['A', 'B', 'C'])
    await take('ramesh', {
      subject: 'people',
      office: 'SW-BBK',
      columns: ['code'],
      filters: { group: [group] },
    });
  const seen: unknown[] = [];
  for (let next: string | null = ''; next !== null; ) {
    const answer = await get('operator', `/api/v1/reports/taken?limit=1${next ? `&after=${next}` : ''}`);
    const page = answer.json<{ items: { id: string }[]; next: string | null }>();
    seen.push(...page.items.map(({ id }) => id));
    next = page.next;
  }
  assert.equal(new Set(seen).size, seen.length);
  assert.ok(seen.length >= 4);
});

test('a list of the desk, with whole contacts, stands in it, and what was searched for does not', async () => {
  assert.equal((await get('ramesh', '/office/persons/export.csv?q=सुनीता')).statusCode, 200);
  const { items } = (await get('operator', '/api/v1/reports/taken?limit=1')).json<{ items: object[] }>();
  assert.match(JSON.stringify(items), /persons\.exported/);
  assert.doesNotMatch(JSON.stringify(items), /सुनीता/);
});

test('the index holds the acts that are asked for', async () => {
  const found = await sql<{
    made: string;
  }>`select pg_get_indexdef('audit_event_taken'::regclass) as made`.execute(world.runtime.db.read);
  const [row] = found.rows;
  assert.deepEqual(
    [...(row?.made.matchAll(/'([a-z_.-]+)'::text/g) ?? [])].map(([, act]) => act).toSorted(),
    [...takenActs].toSorted(),
  );
});

test('every act that is looked for is written somewhere, and every export is looked for', () => {
  const src = join(projectRoot(), 'src');
  const written = readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path) && !path.includes('.test.') && !path.endsWith('stores/taken.ts'))
    .map((path) => readFileSync(join(src, path), 'utf8'))
    .join('\n');
  const made = written.replaceAll(/`certificate-batch\.[^`]*`/g, "'certificate-batch.download'");
  for (const act of takenActs) assert.ok(made.includes(`'${act}'`), act);
  // A course is no file of people or figures.
  const others = ['course.exported'];
  for (const [, act = ''] of made.matchAll(/action: '([a-z_.-]+export[a-z_]*|[a-z_-]*file\.taken)'/g))
    assert.ok(others.includes(act) || takenActs.some((one) => one === act), act);
});
