import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { signedIn } from '../../test/signed-in.ts';
import { openWorld } from '../../test/world.ts';
import { auditAll } from '../kernel/audit.ts';
import { keepExport, keepSending, rowsIn } from '../kernel/exports.ts';
import { takenActs } from './stores/taken.ts';

const world = await openWorld();
after(() => world.close());
const app = await world.app();

const get = async (who: string, url: string) => {
  const { headers } = await signedIn(world, who);
  return app.inject({ method: 'GET', url, headers });
};

type Kept = {
  kind: string;
  state: string;
  format: string | null;
  rows: number | null;
  isOfPeople: boolean;
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
    [['export.taken', 'SW-BBK']],
  );
  assert.ok(items[0]?.['byCode'] && items[0]?.['byName']);
  const page = await get('operator', '/office/reports/taken');
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
  assert.match(JSON.stringify(items), /"persons"/);
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

test('acts of former times are told as what they were of, and an asking for certificates is no taking', async () => {
  const rows = [
    ['persons.exported', { format: 'xlsx' }],
    ['statement_file.taken', { year: '2025-26', total: 7 }],
    ['report.exported', { format: 'csv', rows: 3, subject: 'people', columns: ['code'] }],
    [
      'report_file.taken',
      { format: 'pdf', rows: 2, subject: 'people', groups: ['group'], measures: ['reach'] },
    ],
    ['certificate-batch.download', { count: 4 }],
  ] as const;
  await world.runtime.db.transaction((tx) =>
    auditAll(
      tx,
      rows.map(([action, detail]) => ({
        ctx: world.as('ramesh'),
        entry: { action, subjectKind: 'office', subjectId: action, detail },
      })),
    ),
  );
  const { items } = (await get('operator', '/api/v1/reports/taken?limit=4')).json<{ items: Kept[] }>();
  assert.deepEqual(
    items.map(({ kind, format, rows: count, isOfPeople }) => [kind, format, count, isOfPeople]).toReversed(),
    [
      ['persons', 'xlsx', null, true],
      ['statement_files', null, 7, true],
      ['report', 'csv', 3, true],
      ['report', 'pdf', 2, false],
    ],
  );
});

test('the page says what was taken, with names or figures alone, and what broke off', async () => {
  const ctx = { ...world.as('ramesh') };
  await keepExport(ctx, {
    kind: 'sheet',
    format: 'pdf',
    rows: 31,
    detail: { asOf: '2026-01-31', areaHi: 'बाराबंकी' },
  });
  const chunks = (async function* () {
    yield ['a'];
  })();
  const sent = await keepSending(
    ctx,
    { kind: 'order_persons', format: 'csv', detail: { number: 'GO/7' } },
    {
      chunks,
      rowsOf: rowsIn,
    },
  );
  for await (const _ of sent) break;
  await keepSending(ctx, { kind: 'promotion', format: 'xlsx' }, { chunks, rowsOf: rowsIn });
  const { items } = (await get('operator', '/api/v1/reports/taken?limit=3')).json<{ items: Kept[] }>();
  assert.deepEqual(
    items.map(({ kind, state, rows }) => [kind, state, rows]),
    [
      ['promotion', 'begun', null],
      ['order_persons', 'broken', 1],
      ['sheet', 'taken', 31],
    ],
  );
  const { body } = await get('operator', '/office/reports/taken');
  for (const words of ['समीक्षा पत्रक', 'बाराबंकी', 'GO/7', 'बीच में टूट गई', 'अभिलेख नहीं', 'केवल आँकड़े', 'नाम सहित'])
    assert.ok(body.includes(words), words);
});

test('lists tell what they were narrowed to, in both languages, and figures which view they are of', async () => {
  const files = [
    [
      '/office/persons/export.csv?state=former&group=C&designation=लिपिक',
      'पूर्व कार्मिक · समूह: ग · खोज के शब्दों से सीमित',
      'Former · Group: C · narrowed by words searched for',
    ],
    ['/office/offices/SW-BBK/training/people.csv?show=atLeastOne', 'कम से कम एक कोर्स', 'One course or more'],
    ['/office/offices/SW-BBK/training.csv?view=activity', 'गतिविधि दृष्टि', 'Activity view'],
    ['/office/review/SW-BBK/sheet.csv', 'तुलना: ', 'compared with '],
  ] as const;
  for (const [url, inHindi, inEnglish] of files) {
    assert.equal((await get('ramesh', url)).statusCode, 200, url);
    const { headers } = await signedIn(world, 'operator');
    const said = async (language: string) =>
      (
        await app.inject({
          method: 'GET',
          url: '/office/reports/taken',
          headers: { ...headers, cookie: `${headers['cookie']}; language=${language}` },
        })
      ).body;
    assert.ok((await said('hi')).includes(inHindi), inHindi);
    assert.ok((await said('en')).includes(inEnglish), inEnglish);
  }
  assert.doesNotMatch((await get('operator', '/office/reports/taken')).body, /लिपिक/);
});

test('what is wrong with the form is told at each field, and never that nothing was taken', async () => {
  const none = /नहीं निकाली गई/;
  const wrong = await get('operator', '/office/reports/taken?from=31.13.2026&until=x&office=NOWHERE');
  assert.equal(wrong.body.match(/aria-invalid="true"/g)?.length, 3);
  assert.match(wrong.body, /NOWHERE[^<]*कार्यालय|कार्यालय[^<]*NOWHERE/);
  assert.doesNotMatch(wrong.body, none);
  const turned = await get('operator', '/office/reports/taken?from=2026-04-02&until=2026-04-01');
  assert.match(turned.body, /पहली तिथि 2 अप्रैल 2026 से पहले/);
  assert.doesNotMatch(turned.body, none);
  assert.match((await get('operator', '/office/reports/taken?from=2031-01-01')).body, none);
});

test('a day may be typed as in India, a code in small letters, an office by its name', async () => {
  await take('ramesh', { subject: 'people', office: 'SW-BBK', columns: ['code'] });
  const { items } = (await get('operator', '/api/v1/reports/taken?limit=1')).json<{
    items: { byCode: string }[];
  }>();
  const code = items[0]?.byCode ?? '';
  const page = await get(
    'operator',
    `/office/reports/taken?from=01/04/2020&by=${code.toLowerCase()}&office=sw-bbk`,
  );
  assert.equal(page.statusCode, 200);
  assert.match(page.body, new RegExp(`${code}[^"]*</div>`));
  assert.match(page.body, /value="2020-04-01"/);
  const named = await get(
    'operator',
    `/office/reports/taken?office=${encodeURIComponent('समाज कल्याण विभाग')}`,
  );
  assert.match(named.body, new RegExp(`${code}[^"]*</div>`));
});
