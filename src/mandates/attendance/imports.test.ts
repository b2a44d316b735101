import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { signedIn } from '../../../test/signed-in.ts';
import { openWorld } from '../../../test/world.ts';
import { requireKind, takeFile } from '../../imports/index.ts';
import { changeFacts } from '../../kernel/facts.ts';
import { newId } from '../../kernel/ids.ts';
import { checkImport, commitImport, importById, undoImport } from '../../kernel/imports/index.ts';
import { publishedOrder } from '../service/test-orders.ts';

const world = await openWorld();
after(() => world.close());
const flags = { complete: false, allOrNothing: false, allowManyEnded: false };

async function bring(key: string, kind: string, lines: string[]) {
  const ctx = world.as(key);
  const source = (async function* () {
    yield Buffer.from(`${lines.join('\n')}\n`);
  })();
  const importId = await takeFile(ctx, requireKind(kind), { source, name: `${kind}.csv`, flags });
  const seen = await checkImport(ctx, importId);
  assert.equal(seen.committed, false);
  const done = await commitImport(ctx, importId);
  const { rows, added, changed, unchanged, rejected } = done;
  assert.equal(rows, added + changed + unchanged + rejected);
  return { importId, counts: [added, changed, unchanged, rejected] };
}

async function attended(key: string): Promise<unknown[]> {
  const found = await sql<Record<string, unknown>>`select t.code, a.minutes, a.status from attendance a
    join training_session t using (session_id) where a.person_id = ${world.personId(key)} and a.voided_at is null
    order by t.code`.execute(world.runtime.db.read);
  return found.rows.map((row) => Object.values(row).join(' '));
}

const head =
  'session_code,programme,title,day,minutes,mode,institute_code,employee_code,minutes_present,status';

test('attendance is looked at, taken, corrected by a later file and given back by its undo', async () => {
  const first = await bring('ramesh', 'attendance', [
    head,
    'S1,P7,सात दिवसीय प्रशिक्षण,10-11-2026,360,आवासीय,UPAAM,SW1001,300,उपस्थित',
    'S1,,,,,,,SW2001,,',
    'S1,,,,,,,SW1002,,',
    'S2,P7,सात दिवसीय प्रशिक्षण,11-11-2026,360,classroom,UPAAM,SW1001,0,absent',
    'S2,,,,,,,SW1001,0,absent',
    'S2,,,,,,,SW1001,360,present',
    'S9,,,,,,,SW1001,,',
    'S2,,,,,,,SW2001,400,P',
    'S3,P7,सात दिवसीय प्रशिक्षण,11-12-2026,360,,,SW1001,,',
    'S2,,,,,,,NOBODY,10,P',
    'S2,,,,,भोज,,SW2001,10,P',
  ]);
  // Three are new, one repeats; the others contradict, are unknown, one's own, too long, in the future or no mode.
  assert.deepEqual(first.counts, [3, 0, 1, 7]);
  assert.deepEqual(await attended('sunita'), ['S1 300 present', 'S2 0 absent']);
  assert.deepEqual([await attended('imran'), await attended('ramesh')], [['S1 360 present'], []]);
  const reasons = (await importById(world.runtime.db.read, first.importId))?.samples?.rejected?.map(
    (row) => row.reason?.en,
  );
  assert.equal(reasons?.length, 7);
  assert.ok(reasons.includes('nobody records his own'));
  assert.ok(reasons.includes('unknown mode: write classroom, online or residential'));
  const page = await (await world.app()).inject({
    method: 'POST',
    url: `/office/persons/${world.personId('sunita')}/service/new`,
    headers: {
      ...(await signedIn(world, 'ramesh')).headers,
      'content-type': 'application/x-www-form-urlencoded',
    },
    payload: new URLSearchParams({
      _csrf: (await signedIn(world, 'ramesh')).csrf,
      ...{ kind: 'long_leave', startsOn: '01-11-2026', endsOn: '15-11-2026', reason: 'अवकाश स्वीकृत' },
    }).toString(),
  });
  assert.equal(page.statusCode, 200, 'leave over days attended is asked about');
  assert.match(page.body, /<li>10 नवंबर 2026<\/li><\/ul>/);
  const second = await bring('ramesh', 'attendance', [
    head,
    'S2,,,,,,,SW1001,350,present',
    'S1,,,,,,,SW2001,,',
  ]);
  assert.deepEqual(second.counts, [0, 1, 1, 0]);
  assert.deepEqual(await attended('sunita'), ['S1 300 present', 'S2 350 present']);
  await assert.rejects(undoImport(world.as('ramesh'), first.importId), { code: 'has_dependents' });
  await undoImport(world.as('ramesh'), second.importId);
  assert.deepEqual(await attended('sunita'), ['S1 300 present', 'S2 0 absent']);
  await undoImport(world.as('ramesh'), first.importId);
  assert.deepEqual(await attended('sunita'), []);
  // Its session was wrong by a day: the code is free for the corrected file.
  const third = await bring('ramesh', 'attendance', [
    head,
    'S1,P7,सात दिवसीय प्रशिक्षण,09-11-2026,300,,,SW1001,,',
  ]);
  assert.deepEqual(third.counts, [1, 0, 0, 0]);
  const differs = await bring('ramesh', 'attendance', [
    head,
    'S1,P7,सात दिवसीय प्रशिक्षण,10-11-2026,300,,,SW2001,,',
  ]);
  assert.deepEqual(differs.counts, [0, 0, 0, 1]);
});

test('a session takes people from offices above and below its maker, not from another department', async () => {
  const rowsOf = (key: string, lines: string[]) => bring(key, 'attendance', [head, ...lines]);
  const made = await rowsOf('anita', ['LINE-1,P7,सत्र,10-11-2026,360,,,SW1001,,']);
  const elsewhere = await rowsOf('cmo', [
    'LINE-1,,,,,,,ASHA-BBK-0417,,',
    'LINE-1,,,01-01-2020,,,,ASHA-BBK-0417,,',
  ]);
  assert.deepEqual(elsewhere.counts, [0, 0, 0, 2]);
  const samples = (await importById(world.runtime.db.read, elsewhere.importId))?.samples?.rejected ?? [];
  const told = samples.map((row) => row.reason?.en);
  // Whether the day was guessed is not told.
  assert.equal(new Set(told).size, 1);
  assert.match(told[0] ?? '', /another department/);
  const below = await rowsOf('ramesh', ['LINE-1,,,,,,,SW2001,,']);
  assert.deepEqual(below.counts, [1, 0, 0, 0]);
  await undoImport(world.as('ramesh'), below.importId);
  await undoImport(world.as('anita'), made.importId);
  const own = await rowsOf('ramesh', ['LINE-2,P7,सत्र,10-11-2026,360,,,SW1001,,']);
  const above = await rowsOf('anita', ['LINE-2,,,,,,,SW2001,,']);
  assert.deepEqual(above.counts, [1, 0, 0, 0]);
  await undoImport(world.as('anita'), above.importId);
  await undoImport(world.as('ramesh'), own.importId);
});

test('a file of service entries matches by person, kind and first day, and carries nobody of another office', async () => {
  const heading = 'employee_code,service_kind,starts_on,ends_on,order_number';
  const first = await bring('ramesh', 'service', [
    heading,
    'SW1001,लंबा अवकाश,01-06-2026,,अव/1',
    'SW1001,अवकाश,15-06-2026,20-06-2026,अव/2',
    'SW1002,leave,01-06-2026,20-06-2026,अव/3',
    'SW1001,निलंबन,01-06-2026,01-05-2026,',
    'SW1001,छुट्टी,01-06-2026,,',
    'SW1001,निधन,01-06-2027,,',
  ]);
  // Overlapping, one's own, ends before it begins, unknown, in the future.
  assert.deepEqual(first.counts, [1, 0, 0, 5]);
  const second = await bring('ramesh', 'service', [heading, 'SW1001,long leave,01-06-2026,30-07-2026,']);
  assert.deepEqual(second.counts, [0, 1, 0, 0]);
  assert.deepEqual(
    (await bring('ramesh', 'service', [heading, 'SW1001,leave,01-06-2026,,'])).counts,
    [0, 0, 1, 0],
  );
  assert.deepEqual(
    (await bring('cmo', 'service', [heading, 'SW1001,leave,01-09-2026,,'])).counts,
    [0, 0, 0, 1],
  );
  const live = async () => {
    const found = await sql<{ ends: string | null }>`select ends_on as ends from service_event
      where person_id = ${world.personId('sunita')} and voided_at is null`.execute(world.runtime.db.read);
    return found.rows.map((row) => row.ends);
  };
  assert.deepEqual(await live(), ['2026-07-30']);
  await undoImport(world.as('ramesh'), second.importId);
  assert.deepEqual(await live(), [null]);
  await undoImport(world.as('ramesh'), first.importId);
  assert.deepEqual(await live(), []);
});

test('whose last day a file of leave moves is told of it, as by the desk; and again when the file is taken back', async () => {
  await publishedOrder(world, '1/2026/फ़ाइल');
  const told = async () => {
    const found = await sql<{ code: string; kind: string; day: string }>`select employee_code as code, kind,
      detail ->> 'day' as day from person_notice join person using (person_id)
      where kind like 'due_%' order by made_at`.execute(world.runtime.db.read);
    return found.rows.map((row) => Object.values(row).join(' '));
  };
  const { importId } = await bring('ramesh', 'service', [
    'employee_code,service_kind,starts_on,ends_on,order_number',
    'SW1001,leave,01-05-2026,15-06-2026,अव/9',
    // Too short to stop the clock of this order.
    'SW2001,leave,01-08-2026,03-08-2026,अव/10',
  ]);
  assert.deepEqual(await told(), ['SW1001 due_moved 2027-05-16']);
  world.clock.set(new Date('2026-11-22T08:00:00Z'));
  await undoImport(world.as('ramesh'), importId);
  assert.deepEqual(await told(), ['SW1001 due_moved 2027-05-16', 'SW1001 due_moved 2027-03-31']);
});

test('an office records nothing by file of somebody whose desk is elsewhere now', async () => {
  const imran = world.personId('imran');
  await world.runtime.db.transaction((tx) =>
    changeFacts(tx, { ids: [imran] }, async () => {
      await sql`update posting set ends_on = '2026-06-30' where person_id = ${imran}`.execute(tx);
      await sql`insert into posting (person_id, posting_id, office_id, kind, starts_on, is_primary)
        values (${imran}, ${newId()}, ${world.officeId('SW-JHS')}, 'regular', '2026-07-01', true)`.execute(
        tx,
      );
    }),
  );
  const entry = ['employee_code,service_kind,starts_on,order_number', 'SW2001,death,01-07-2026,मृ/1'];
  assert.deepEqual((await bring('ramesh', 'service', entry)).counts, [0, 0, 0, 1]);
  const session = [head, 'S7,P7,सत्र,01-06-2026,300,,,SW2001,,'];
  assert.deepEqual((await bring('ramesh', 'attendance', session)).counts, [0, 0, 0, 1]);
  assert.deepEqual((await bring('anita', 'attendance', session)).counts, [1, 0, 0, 0]);
});

test('the import desk offers both kinds with their blank forms', async () => {
  const app = await world.app();
  const { headers } = await signedIn(world, 'ramesh');
  const page = await app.inject({ url: '/office/imports/new', headers });
  assert.match(page.body, /प्रशिक्षण में उपस्थिति/);
  assert.match(page.body, /कक्षा, ऑनलाइन या आवासीय/, 'the words that are understood');
  const form = await app.inject({ url: '/office/imports/templates/attendance.csv', headers });
  assert.match(form.body, /सत्र कोड/);
});
