import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { goldenDepartment } from '../../demo/department.ts';
import { loadDepartment } from '../../test/golden/load.ts';
import { keptExports } from '../../test/kept-exports.ts';
import { signedIn } from '../../test/signed-in.ts';
import { openWorld } from '../../test/world.ts';
import { openTable } from '../kernel/tabular/index.ts';
import { makeToken } from '../people/index.ts';
import { summaryShape } from './api.ts';
import { rebuildCounters } from './index.ts';
import { listPersons } from './list-persons.ts';
import { trainingReport } from './training-report.ts';

const world = await openWorld();
after(() => world.close());
before(async () => {
  await rebuildCounters(world.system);
  await loadDepartment(world.runtime, goldenDepartment());
});
const summaryUrl = '/api/v1/offices/SW/summary?asOf=2025-09-30';
const pageUrl = '/office/offices/SW/training?asOf=2025-09-30';

async function get(url: string, who?: string) {
  const app = await world.app();
  const headers = who ? (await signedIn(world, who)).headers : {};
  return app.inject({ method: 'GET', url, headers });
}

test('the summary needs a sign-in, a known office and a real date', async () => {
  assert.equal((await get(summaryUrl)).statusCode, 401);
  assert.equal((await get('/api/v1/offices/NOWHERE/summary', 'anita')).statusCode, 404);
  const wrong = await get('/api/v1/offices/SW/summary?asOf=31-02-2026', 'anita');
  assert.equal(wrong.statusCode, 422);
  assert.equal(wrong.headers['content-type'], 'application/problem+json');
  assert.equal(wrong.json().errors[0].path, 'asOf');
  assert.equal((await get('/api/v1/offices/SW/summary?view=other', 'anita')).statusCode, 422);
});

test('the summary keeps to its contract, exact and masked, in both views', async () => {
  for (const url of ['/api/v1/offices/SW/summary', '/api/v1/offices/UP/summary?view=activity'])
    for (const who of ['anita', 'chief']) {
      const body = (await get(url, who)).json();
      assert.deepEqual(summaryShape.parse(body), body, `${who} ${url}`);
    }
});

test('the summary has the published figures and the promised fields, with one line a child office', async () => {
  const body = (await get(summaryUrl, 'secretary')).json();
  assert.deepEqual(body.office, {
    code: 'SW',
    nameHi: 'समाज कल्याण विभाग',
    nameEn: 'Social Welfare Department',
  });
  assert.equal(body.asOf, '2025-09-30');
  assert.equal(body.view, 'people');
  assert.equal(body.registered, 3900);
  assert.equal(body.learningMinutes, body.digitalMinutes + body.classroomMinutes);
  assert.deepEqual(body.masked, []);
  assert.deepEqual(
    Object.keys(body.children[0]),
    Object.keys(body).filter((name) => name !== 'children'),
  );
  const bbk = body.children.find((child: { office: { code: string } }) => child.office.code === 'SW-BBK');
  assert.equal(bbk.registered, bbk.bands.none + bbk.bands.oneOrTwo + bbk.bands.threeOrMore);
});

test('a token of the office sees exactly; a day to come gives today’s figures', async () => {
  const app = await world.app();
  const token = await makeToken(world.system, { officeCode: 'SW', role: 'leader' });
  const answer = await app.inject({
    method: 'GET',
    url: '/api/v1/offices/SW/summary?asOf=2031-01-01',
    headers: { authorization: `Bearer ${token}` },
  });
  assert.equal(answer.statusCode, 200);
  assert.equal(answer.json().asOf, '2026-11-22');
  assert.equal(answer.json().registered, 3900);
});

test('the activity view counts what was completed, and says nothing of a roster', async () => {
  const body = (await get(`${summaryUrl}&view=activity`, 'anita')).json();
  // Those who have left completed something too.
  assert.ok(body.completions > 21_150);
  assert.equal(body.registered, null);
  assert.equal(body.bands.none, null);
  assert.deepEqual(body.masked, []);
});

test('outside one’s own subtree counts of 1 to 4 are null and named', async () => {
  for (const who of ['sunita', 'ramesh']) {
    const body = (await get('/api/v1/offices/UP/summary', who)).json();
    const health = body.children.find((child: { office: { code: string } }) => child.office.code === 'HF');
    assert.equal(health.registered, null);
    assert.ok(health.masked.includes('registered'));
  }
  const above = (await get('/api/v1/offices/UP/summary', 'secretary')).json();
  const own = above.children.find((child: { office: { code: string } }) => child.office.code === 'SW');
  assert.equal(own.registered, 3900);
  // With one's own department taken off, the sums above would be those of the other.
  assert.deepEqual([above.registered, above.completions, above.learningMinutes], [null, null, null]);
  const exact = (await get('/api/v1/offices/UP/summary', 'chief')).json();
  const health = exact.children.find((child: { office: { code: string } }) => child.office.code === 'HF');
  assert.equal(health.registered, 3);
});

test('the dashboard prints the published figures with what they are of, and leads to the names behind them', async () => {
  const page = await get(pageUrl, 'anita');
  assert.equal(page.statusCode, 200);
  for (const text of [
    '3,900',
    '2,759',
    '3,900 का 70.7%',
    '2,289',
    '21,150',
    '15,893',
    '1,611',
    '1,141',
    '30 सितंबर 2025',
  ])
    assert.ok(page.body.includes(text), text);
  assert.match(page.body, /training\/people\?show=none/);
  const english = await (await world.app()).inject({
    method: 'GET',
    url: pageUrl,
    headers: { cookie: `${(await signedIn(world, 'anita')).cookie}; language=en` },
  });
  assert.ok(english.body.includes('70.7% of 3,900'));
});

test('outside the own offices a past day is answered as of the end of a month, and the answer says so', async () => {
  const dayFor = async (who: string, asOf: string) =>
    (await get(`/api/v1/offices/SW/summary?asOf=${asOf}`, who)).json().asOf;
  assert.equal(await dayFor('cmo', '2025-10-30'), '2025-09-30');
  assert.equal(await dayFor('cmo', '2025-10-01'), '2025-09-30', 'two days side by side tell no change');
  assert.equal(await dayFor('cmo', '2025-09-30'), '2025-09-30');
  assert.equal(await dayFor('cmo', '2026-11-21'), '2026-10-31');
  assert.equal(await dayFor('cmo', '2026-11-22'), '2026-11-22', 'today is today for everybody');
  assert.equal(await dayFor('anita', '2025-10-30'), '2025-10-30', 'inside them any day');
  const page = await get('/office/offices/SW/training?asOf=2025-10-30', 'cmo');
  assert.match(page.body, /माह के अंतिम दिन के दिखते हैं/);
  assert.match(page.body, /30 सितंबर 2025|30 सितम्बर 2025/);
});

test('a learner has no dashboard; a leader sees figures and no names', async () => {
  assert.equal((await get(pageUrl, 'sunita')).statusCode, 403);
  const page = await get(pageUrl, 'secretary');
  assert.equal(page.statusCode, 200);
  assert.doesNotMatch(page.body, /training\/people/);
  const names = await get('/office/offices/SW/training/people', 'secretary');
  assert.equal(names.statusCode, 403);
  assert.match(names.body, /नाम देखने का अधिकार आपके खाते को नहीं है/);
});

test('a leader with the separate right sees names, and each look is kept', async () => {
  await sql`update role_grant set may_see_names = true where person_id = ${world.personId('secretary')}`.execute(
    world.runtime.db.read,
  );
  assert.equal((await get('/office/offices/SW/training/people?show=none', 'secretary')).statusCode, 200);
  assert.equal((await get('/office/offices/HF/training/people', 'secretary')).statusCode, 404);
  const looks = await sql<{
    count: number;
  }>`select count(*) as count from audit_event where action = 'persons.seen'
    and actor_person_id = ${world.personId('secretary')}`.execute(world.runtime.db.read);
  assert.equal(looks.rows[0]?.count, 1);
});

test('the names behind a figure are as many as the figure says, page after page', async () => {
  const ctx = world.as('anita');
  for (const [filter, count] of [
    ['none', 1141],
    ['notOnRoster', 36],
    ['oneOrTwo', 470],
  ] as const) {
    const seen = new Set<string>();
    let after: string | undefined;
    do {
      const page = await listPersons(ctx, { code: 'SW', asOf: '2025-09-30', filter, after, limit: 200 });
      for (const person of page.items) seen.add(person.personId);
      after = page.next ?? undefined;
    } while (after);
    assert.equal(seen.size, count, filter);
  }
});

test('a list says how many it has and which of them it shows', async () => {
  const first = await get('/office/offices/SW/training/people?show=none&asOf=2025-09-30', 'anita');
  assert.match(first.body, /1,141 में से 1–50/);
  const next = /href="([^"]*after=[^"]*)"/.exec(first.body)?.[1]?.replaceAll('&amp;', '&') ?? '';
  assert.match((await get(next, 'anita')).body, /1,141 में से 51–100/);
});

test('mobile numbers of a list are masked; whoever uncovers them is recorded for every page', async () => {
  const url = '/office/offices/SW-BBK/training/people';
  const page = await get(url, 'anita');
  assert.match(page.body, /\d\d••••••\d\d/);
  assert.doesNotMatch(page.body, /\b[6-9]\d{9}\b/);
  assert.equal(await looksAtNumbers(), 0);
  assert.match((await get(`${url}?numbers=1`, 'anita')).body, /\b[6-9]\d{9}\b/);
  assert.equal(await looksAtNumbers(), 1);
});

test('nobody lists the people of an office that is not his', async () => {
  assert.equal((await get('/office/offices/SW/training/people', 'ramesh')).statusCode, 404);
  assert.equal((await get('/office/offices/SW-BBK/training/people', 'ramesh')).statusCode, 200);
  assert.equal(
    (await get('/office/offices/SW-BBK/training/people?after=nonsense', 'ramesh')).statusCode,
    422,
  );
});

test('CSV and XLSX hold the same numbers as the page', async () => {
  const columns = ['कार्यालय कोड', 'पंजीकृत', 'पूरे किए गए कोर्स'].map((name) => ({ name }));
  const csv = await get('/office/offices/SW/training.csv?asOf=2025-09-30', 'anita');
  const table = await openTable(Readable.from([csv.rawPayload]), { columns });
  const rows = [];
  for await (const chunk of table.rows) rows.push(...chunk.rows);
  assert.deepEqual(rows[0]?.values, ['SW', '3900', '21150']);
  assert.equal(rows.length, 1 + 76 + 2, 'and the two rows that make them add up');
  const xlsx = await get('/office/offices/SW/training.xlsx?asOf=2025-09-30', 'anita');
  // Its first line is what the sheet is, so the lines after it look too long to the reader.
  const sheet = await openTable(Readable.from([xlsx.rawPayload]), { columns: [] });
  const cells = [];
  for await (const chunk of sheet.rows)
    cells.push(...[...chunk.rows, ...chunk.faults].map((row) => row.cells));
  const own = cells.find((row) => row[0] === 'SW');
  assert.deepEqual(own?.slice(2, 3), ['3900']);
});

test('the offices below, the office itself and what is counted again add up to the office in every count', async () => {
  for (const view of ['people', 'activity'])
    for (const [code, asOf] of [
      ['SW', '2025-09-30'],
      ['SW', '2026-11-22'],
      ['UP', '2026-11-22'],
    ]) {
      const csv = await get(`/office/offices/${code}/training.csv?asOf=${asOf}&view=${view}`, 'chief');
      const table = await openTable(Readable.from([csv.rawPayload]), { columns: [] });
      const cells = [];
      for await (const chunk of table.rows) cells.push(...chunk.rows.map((row) => row.cells));
      const [office = [], ...parts] = cells;
      for (const column of view === 'people' ? [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 16] : [2, 3, 4]) {
        const sum = parts.reduce((so, row) => so + Number(row[column]), 0);
        assert.equal(sum, Number(office[column]), `${code} ${asOf} ${view} column ${column}`);
      }
    }
});

test('who is posted in several offices is counted again as often as there are offices beyond the first', async () => {
  const report = await trainingReport(world.as('anita'), { code: 'SW', asOf: '2025-09-30' });
  const counted = await sql<{ again: number; itself: number }>`
    select sum(places - 1)::integer as again, sum(itself)::integer as itself from (
      select person_id, count(distinct coalesce(office.path[3], office.office_id)) as places,
        max((office.code = 'SW')::integer) as itself
      from posting join office using (office_id) join person using (person_id)
      where office.path @> array(select office_id from office where code = 'SW') and account_day <= '2025-09-30'
        and posting.voided_at is null and starts_on <= '2025-09-30' and (ends_on is null or ends_on >= '2025-09-30')
        and (posting.kind <> 'regular' or not exists (select from posting lent where lent.person_id = posting.person_id
          and lent.kind in ('deputation', 'attached') and lent.starts_on <= '2025-09-30'
          and (lent.ends_on is null or lent.ends_on >= '2025-09-30') and lent.voided_at is null))
      group by person_id) person`.execute(world.runtime.db.read);
  assert.ok((counted.rows[0]?.again ?? 0) > 0);
  assert.equal(report.sums?.again.registered, counted.rows[0]?.again);
  assert.equal(report.sums?.itself.registered, counted.rows[0]?.itself);
});

test('the PDF is made of the same report', async () => {
  const file = await get('/office/offices/SW/training.pdf?asOf=2025-09-30', 'anita');
  assert.equal(file.statusCode, 200);
  assert.equal(file.rawPayload.subarray(0, 5).toString(), '%PDF-');
});

test('taking the names as a file is audited', async () => {
  const file = await get('/office/offices/SW/training/people.csv?show=none&asOf=2025-09-30', 'anita');
  assert.equal(file.body.trim().split('\r\n').length, 1142);
  const kept = await keptExports(world, 'office_persons');
  assert.deepEqual(
    kept.map(({ office, detail }) => [office, detail.rows, detail['filter']]),
    [['SW', 1141, 'none']],
  );
});

test('from /office a holder is led to his own office, and who has none to the work of his role', async () => {
  const own = await get('/office', 'ramesh');
  assert.equal(own.statusCode, 303);
  assert.equal(own.headers.location, '/office/offices/SW-BBK/training');
  const author = await get('/office', 'author');
  assert.equal(author.statusCode, 303);
  assert.equal(author.headers.location, '/office/courses');
  assert.equal((await get('/office/definitions', 'anita')).statusCode, 200);
});

async function looksAtNumbers(): Promise<number> {
  const found = await sql<{
    count: number;
  }>`select count(*) as count from audit_event where action = 'persons.numbers_seen'`.execute(
    world.runtime.db.read,
  );
  return found.rows[0]?.count ?? 0;
}
