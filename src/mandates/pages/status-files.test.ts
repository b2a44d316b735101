import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { keptExports } from '../../../test/kept-exports.ts';
import { writePosted } from '../../../test/posted.ts';
import { signedIn } from '../../../test/signed-in.ts';
import { openWorld } from '../../../test/world.ts';
import { changeFacts } from '../../kernel/facts.ts';
import { newId } from '../../kernel/ids.ts';
import { commitMandate } from '../import-mandate.ts';
import { readOrder } from '../rules/order-file.ts';
import { settleMandates } from '../settle.ts';
import { orderByNumber } from '../stores/orders.ts';
import { boundPersons } from '../stores/persons.ts';
import { countedOn } from '../stores/standings.ts';

const world = await openWorld();
after(() => world.close());
const { db } = world.runtime;

const file = {
  order: { number: 'S/1', date: '2026-04-01', issuer: 'समाज कल्याण विभाग' },
  title: { hi: 'दो कोर्स' },
  scope: { offices: ['SW'] },
  window: { from: '2026-04-01', to: '2026-10-31' },
  condition: { courses: { atLeast: 2 } },
};
let id = '';

before(async () => {
  const courses = [newId(), newId()];
  for (const [at, courseId] of courses.entries())
    await sql`insert into course (course_id, code, title_en, state) values (${courseId}, ${`C${at}`}, 'X', 'published')`.execute(
      db.read,
    );
  const personId = world.personId('sunita');
  await db.transaction((tx) =>
    changeFacts(tx, { ids: [personId] }, async () => {
      for (const courseId of courses)
        await sql`insert into completion (person_id, completion_id, course_id, completed_day, source, minutes)
          values (${personId}, ${newId()}, ${courseId}, '2026-06-15', 'import', 60)`.execute(tx);
    }),
  );
  await commitMandate(world.system, readOrder(file));
  const amendment = {
    ...file,
    order: { ...file.order, number: 'S/2', date: '2026-11-01' },
    title: { hi: 'तीन कोर्स' },
    condition: { courses: { atLeast: 3 } },
    amends: { number: 'S/1', effectiveOn: '2026-11-10' },
  };
  await commitMandate(world.system, readOrder(amendment));
  await settleMandates(world.system);
  id = (await orderByNumber(db.read, 'S/1'))?.mandateId ?? '';
});

async function asked(key: string | undefined, url: string) {
  const app = await world.app();
  const headers = key ? (await signedIn(world, key)).headers : {};
  return app.inject({ url, headers: { ...headers, 'accept-language': 'hi' } });
}

/** The rows of a CSV file without its headings. */
function rowsOf(body: string): string[][] {
  assert.ok(body.startsWith('\uFEFF'), 'spreadsheets know it for UTF-8');
  const [, ...lines] = body.slice(1).trim().split(/\r?\n/);
  return lines.map((line) =>
    line.replace(/"([^"]*)"/g, (_, cell: string) => cell.replaceAll(',', '')).split(','),
  );
}

test('the lines of the table add up to the office: who is posted right at it has his own', async () => {
  const { body } = await asked('anita', `/office/orders/${id}?office=SW-BBK&asOf=2026-10-31`);
  const rows = [...body.matchAll(/<th scope="row"[^>]*>(.*?)<\/th>\s*<td[^>]*>\s*<div>(\d+)<\/div>/g)].map(
    ([, name = '', bound]) => [name.replace(/<[^>]*>/g, ''), Number(bound)] as const,
  );
  assert.equal(rows.at(-1)?.[0], 'जिला समाज कल्याण कार्यालय, बाराबंकी (इसी कार्यालय में तैनात)');
  assert.match(body, /2 प्रविष्टियाँ/);
  assert.doesNotMatch(body, /कुल 1 में से/);
  const [all] = (
    await sql<{ bound: number }>`select count(*)::int as bound from mandate_standing s
        where mandate_id = ${id} and exists (select from unnest(office_ids, bound_days) one (at, days) join office on office_id = at
          where days @> date '2026-10-31' and path @> array[(select office_id from office where code = 'SW-BBK')])`.execute(
      db.read,
    )
  ).rows;
  assert.equal(
    rows.reduce((sum, [, bound]) => sum + bound, 0),
    all?.bound,
  );
});

test('the follow-up list is a file of names as of a past day, and taking it is in the trail', async () => {
  const url = `/office/orders/${id}/persons.csv?office=SW-BBK&asOf=2026-06-30`;
  const open = rowsOf((await asked('ramesh', `${url}&status=open`)).body);
  const met = rowsOf((await asked('ramesh', `${url}&status=met`)).body);
  assert.equal(met.length, 1, 'sunita');
  assert.ok(open.length > 0);
  const earlier = await asked('ramesh', `/office/orders/${id}/persons.csv?office=SW-BBK&asOf=2026-06-14`);
  assert.equal(rowsOf(earlier.body).length, open.length + met.length);
  assert.ok(!earlier.body.includes('पूर्ण'), 'the day before nobody had');
  const kept = await keptExports(world, 'order_persons');
  assert.deepEqual(
    kept.map(({ office, detail }) => [office, detail.rows]),
    [open.length, met.length, open.length + met.length].map((rows) => ['SW-BBK', rows]),
  );
});

test('names are for nodal officers of the office, the file and the page alike', async () => {
  for (const path of ['persons', 'persons.csv']) {
    const url = `/office/orders/${id}/${path}?office=SW`;
    assert.equal((await asked('anita', url)).statusCode, 200);
    for (const key of ['secretary', 'ramesh', 'cmo', 'sunita'])
      assert.ok([403, 404].includes((await asked(key, url)).statusCode), `${key} ${path}`);
    assert.ok([302, 303, 401].includes((await asked(undefined, url)).statusCode));
  }
});

test('offices stand beside each other in a file; outside one’s own nothing small is told', async () => {
  const url = `/office/orders/${id}/offices.csv?office=SW&asOf=2026-06-30`;
  const [own, ...children] = rowsOf((await asked('anita', url)).body);
  assert.equal(own?.[0], 'SW');
  const figures = (row: string[] | undefined) => (row ?? []).slice(3, 9).map(Number);
  const [bound = 0, ...five] = figures(own);
  assert.equal(
    bound,
    five.reduce((sum, one) => sum + one, 0),
  );
  assert.ok(children.length > 0);
  assert.equal(own?.[9], '', 'no share of fewer than twenty');
  const masked = rowsOf((await asked('cmo', url)).body);
  assert.ok(
    masked.every((row) =>
      row.slice(3, 9).every((cell) => cell === 'छिपाया गया' || Number(cell) >= 5 || cell === '0'),
    ),
  );
  assert.equal(masked[0]?.[3], 'छिपाया गया');
});

test('names and early figures are the same, looked up by their office and out of all who are bound', async () => {
  for (const code of ['UP', 'SW', 'SW-BBK'])
    for (const asOf of ['2026-03-01', '2026-06-20', '2026-11-09']) {
      const { names, walked, figures, all } = await readBothWays(world.officeId(code), asOf);
      assert.deepEqual(names, walked);
      assert.deepEqual(figures, all);
      const bound = all.flatMap(({ officeId, ...five }) => Object.values(five));
      assert.equal(
        names.length,
        bound.reduce((sum, one) => sum + one, 0),
      );
    }
});

async function readBothWays(above: string, asOf: string) {
  const order = await orderByNumber(db.read, 'S/1');
  if (!order) throw new Error('the order is not there');
  const wish = { mandateId: order.mandateId, officeId: above, asOf, limit: 1000 };
  const asked = { order, officeIds: [above], asOf };
  return {
    names: await boundPersons(db.read, wish),
    walked: await boundPersons(db.read, { ...wish, few: 0 }),
    figures: await countedOn(db.read, { ...asked, above }),
    all: await countedOn(db.read, asked),
  };
}

test('a status that there is not, or a day that is none, gives no list of all', async () => {
  const at = `/office/orders/${id}`;
  for (const url of ['persons.csv?status=away', 'persons.csv?asOf=31-02-2026', 'persons?asOf=31-02-2026'])
    assert.equal((await asked('ramesh', `${at}/${url}`)).statusCode, 422, url);
  const wrong = await asked('anita', `${at}/history?asOf=31-02-2026`);
  assert.equal(wrong.statusCode, 422);
  assert.match(wrong.body, /href="#asOf"/);
  assert.match(wrong.body, /id="asOf-error"/);
});

test('the history of a day to come is said to be today’s; the state of an order then is a look ahead', async () => {
  const ahead = /आगे की तिथि के आँकड़े नहीं होते/;
  assert.match((await asked('anita', `/office/orders/${id}/history?asOf=2030-01-01`)).body, ahead);
  for (const query of ['', '?asOf=2026-11-05', '?asOf=05-11-2026']) {
    const { statusCode, body } = await asked('anita', `/office/orders/${id}/history${query}`);
    assert.equal(statusCode, 200, query);
    assert.doesNotMatch(body, ahead, query);
  }
});

test('the history says what the order said on a day, before and after another took its place', async () => {
  const on = async (day: string) => (await asked('anita', `/office/orders/${id}/history?asOf=${day}`)).body;
  assert.match(await on('2026-11-09'), /उस दिन आदेश यह कहता था[\s\S]*2 कोर्स/);
  assert.match(await on('2026-11-10'), /उस दिन आदेश यह कहता था[\s\S]*3 कोर्स/);
  assert.doesNotMatch(await on('2026-03-31'), /उस दिन आदेश यह कहता था/);
});

test('the history of an amendment tells the extension that it took over with its place', async () => {
  const enter = (number: string, more: Record<string, unknown>) => {
    const { order, title, ...rules } = file;
    const head = { order: { ...order, number }, title };
    return commitMandate(world.system, readOrder({ ...head, ...('extends' in more ? {} : rules), ...more }));
  };
  await enter('H/1', {});
  await enter('H/e', { extends: { number: 'H/1', until: '2027-01-31' } });
  await enter('H/2', { amends: { number: 'H/1', effectiveOn: '2026-11-10' } });
  for (const number of ['H/2', 'H/1']) {
    const order = await orderByNumber(db.read, number);
    const { body } = await asked('anita', `/office/orders/${order?.mandateId}/history`);
    assert.match(body, /अंतिम तिथि[\s\S]*31 जनवरी 2027[\s\S]*\(बढ़ाकर 31 जनवरी 2027\)/, number);
  }
});

test('the API refuses in the right words: unknown, unreadable, not allowed, not signed in', async () => {
  const app = await world.app();
  const { headers } = await signedIn(world, 'anita');
  const learner = (await signedIn(world, 'sunita')).headers;
  const status = async (
    url: string,
    given?: { method?: 'POST'; payload?: object; headers?: Record<string, string> },
  ) => (await app.inject({ url, headers, ...given })).statusCode;
  assert.equal(await status('/api/v1/mandates/NONE/summary?office=SW'), 404);
  assert.equal(await status('/api/v1/mandates/S%2F1/summary?office=NONE'), 404);
  assert.equal(await status('/api/v1/mandates/S%2F1/summary?office=SW&asOf=2026-02-30'), 422);
  assert.equal(await status('/api/v1/mandates/S%2F1/summary?office=SW', { headers: {} }), 401);
  const post = (payload: object, who: Record<string, string> = headers) =>
    status('/api/v1/imports/mandate', { method: 'POST', payload, headers: who });
  assert.equal(await post(file), 200, 'the same again is nothing new');
  assert.equal(await post({ ...file, graceDays: 9 }), 409);
  assert.equal(await post({ ...file, order: { ...file.order, number: 'S/3' }, condition: {} }), 422);
  assert.equal(await post({ ...file, order: { ...file.order, number: 'S/3' } }, learner), 403);
  assert.equal(await post(file, {}), 401);
  const second = { ...file, order: { ...file.order, number: 'S/3' } };
  const early = { ...second, amends: { number: 'S/2', effectiveOn: '2026-11-09' } };
  assert.equal(await post(early), 422, 'before the cited order is in force itself');
  assert.equal(await post({ ...second, amends: { number: 'S/1' } }), 409, 'its place is taken already');
  const { order, title } = second;
  assert.equal(
    await post({ order, title, extends: { number: 'S/2', until: '2026-10-31' } }),
    422,
    'no more time',
  );
});

test('who is posted right at an office, perhaps few, is a line for those alone who see the office exactly', async () => {
  const [top, north, south] = [newId(), newId(), newId()];
  const path = [world.officeId('UP'), world.officeId('SW'), top];
  await db.transaction(async (tx) => {
    await sql`create temporary table posted (person_id uuid default gen_random_uuid(), office_id uuid) on commit drop`.execute(
      tx,
    );
    for (const [officeId, code, people] of [
      [top, 'Q', 3],
      [north, 'Q-N', 20],
      [south, 'Q-S', 30],
    ] as const) {
      const way = officeId === top ? path : [...path, officeId];
      await sql`insert into office (office_id, code, name_hi, kind, parent_id, path)
        values (${officeId}, ${code}, ${code}, 'office', ${way.at(-2)}, ${way}::uuid[])`.execute(tx);
      await sql`insert into posted (office_id) select ${officeId} from generate_series(1, ${people}::integer)`.execute(
        tx,
      );
    }
    await writePosted(tx);
  });
  await settleMandates(world.system);
  const url = `/office/orders/${id}?office=Q&asOf=2026-10-31`;
  assert.match((await asked('anita', url)).body, /Q \(इसी कार्यालय में तैनात\)/);
  const outside = await asked('cmo', url);
  assert.match(outside.body, /Q-N/);
  assert.doesNotMatch(outside.body, /इसी कार्यालय में तैनात/);
});
