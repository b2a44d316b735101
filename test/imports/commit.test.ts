import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { importCommand, undoCommand } from '../../src/imports/commands.ts';
import type { CommandLine } from '../../src/kernel/feature.ts';
import { checkImport, commitImport, importById } from '../../src/kernel/imports/index.ts';
import { xlsxStream } from '../../src/kernel/tabular/index.ts';
import { openWorld, type World } from '../world.ts';
import { commit, counts, csv, people, postings, receive } from './files.ts';

let world: World;
const folder = mkdtempSync(join(tmpdir(), 'daksh-imports-'));
before(async () => {
  world = await openWorld();
});
after(async () => {
  await world.close();
  rmSync(folder, { recursive: true });
});

const roster = (...rows: string[]) => csv('employee_code,name_hi,office_code', ...rows);

test('two commits of one import at the same moment do it once and answer the same', async () => {
  const id = await receive(world.system, 'roster', roster('T1,क,SW-BBK'));
  const [one, two] = await Promise.all([commitImport(world.system, id), commitImport(world.system, id)]);
  assert.deepEqual(one, two);
  assert.equal(one.added, 1);
  assert.equal((await postings(world, 'T1')).length, 1);
});

test('the same file given twice at the same moment is taken once', async () => {
  const file = roster('T2,क,SW-BBK', 'T3,ख,SW-JHS');
  const results = await Promise.all([1, 2, 3].map(() => commit(world.system, 'roster', file)));
  const sums = results.map(({ result }) => `${result.added} ${result.unchanged}`).sort();
  assert.deepEqual(sums, ['0 2', '0 2', '2 0']);
  assert.equal((await postings(world, 'T2', 'T3')).length, 2);
});

test('what was looked at is computed again at the commit', async () => {
  const id = await receive(world.system, 'roster', roster('T4,क,SW-BBK'));
  assert.equal((await checkImport(world.system, id)).added, 1);
  await commit(world.system, 'roster', roster('T4,क,SW-BBK'));
  const late = await commitImport(world.system, id);
  assert.deepEqual([late.added, late.unchanged], [0, 1]);
});

test('a database connection that dies in the middle leaves nothing half done, and the commit can be repeated', async () => {
  const id = await receive(world.system, 'roster', roster('T5,क,SW-BBK', 'T6,ख,SW-BBK'));
  const before = [await people(world), await postings(world)];
  const blocker = await world.runtime.db.pool.connect();
  await blocker.query('begin');
  await blocker.query('lock table posting in exclusive mode');
  const dying = assert.rejects(commitImport(world.system, id));
  await terminateWaiter(blocker);
  await dying;
  await blocker.query('rollback');
  blocker.release();
  assert.deepEqual([await people(world), await postings(world)], before);
  assert.notEqual((await importById(world.runtime.db.read, id))?.state, 'committed');
  assert.equal((await commitImport(world.system, id)).added, 2);
});

/** Ends the backend that waits for the table which `blocker` holds, once it does. */
async function terminateWaiter(blocker: { query(text: string): Promise<{ rowCount: number | null }> }) {
  for (let tries = 0; tries < 100; tries += 1) {
    const ended = await blocker.query(`select pg_terminate_backend(pid) from pg_locks
      where relation = 'posting'::regclass and not granted`);
    if (ended.rowCount) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error('nobody waited');
}

test('a bulk import is one audit row', async () => {
  const { result } = await commit(world.system, 'roster', roster('T7,क,SW-BBK', 'T8,ख,SW-BBK'));
  const found = await sql<{ action: string; added: number }>`select action, (detail ->> 'added')::int as added
    from audit_event where subject_id = ${result.id}`.execute(world.runtime.db.read);
  assert.deepEqual(found.rows, [{ action: 'import.committed', added: 2 }]);
});

test('an XLSX file with Hindi headings, dates and numbers as Excel keeps them is read as a CSV file is', async () => {
  const columns = ['कर्मचारी कोड', 'नाम', 'कार्यालय कोड', 'पदनाम', 'समूह', 'नियुक्ति प्रकार', 'मोबाइल'];
  const sheet = xlsxStream(
    {
      sheetName: 'रोस्टर',
      columns: [
        ...columns.map((heading) => ({ heading })),
        { heading: 'पदस्थापन तिथि', type: 'day' as const },
      ],
    },
    [[['XL1', 'क', 'SW-BBK', 'लिपिक', 'ग', 'संविदा', 9_810_000_077, '2020-02-29']]],
  );
  const { result } = await commit(world.system, 'roster', await buffer(sheet));
  assert.equal(result.added, 1);
  assert.deepEqual(await postings(world, 'XL1'), ['XL1@SW-BBK लिपिक C contract regular 2020-02-29.. *']);
  assert.match((await people(world, 'XL1'))[0] ?? '', /9810000077/);
});

test('a byte order mark, spaces, blank lines, iGOT headings and other columns do no harm', async () => {
  const text =
    '\ufeff eHRMS Id , Full Name ,E-MAIL, Mobile ,Group,Designation,office_code,Remarks\r\n\r\n  IG1 ,  Asha Devi , A@B.in , 98100 00099 ,Group C, Clerk ,SW-BBK,x\r\n,,,,,,,\r\n';
  const { result } = await commit(world.system, 'roster', Buffer.from(text));
  assert.deepEqual(counts(result), { rows: 1, added: 1, changed: 0, unchanged: 0, ended: 0, rejected: 0 });
  assert.deepEqual(await people(world, 'IG1'), [
    'EHRMS:IG1 |Asha Devi 9810000099 a@b.in .. 2026-11-22 9810000099,a@b.in',
  ]);
});

test('the same code of another issuer is another person', async () => {
  const file = csv('employee_code,issuer,name_hi,office_code', 'IS1,,क,SW-BBK', 'IS1,asha,ख,SW-JHS');
  assert.equal((await commit(world.system, 'roster', file)).result.added, 2);
  assert.deepEqual(
    (await people(world, 'IS1')).map((line) => line.split(' ')[0]),
    ['ASHA:IS1', 'EHRMS:IS1'],
  );
});

type Ran = { status: number; printed: string[]; refusal?: unknown };

async function daksh(
  command: typeof importCommand,
  args: string[],
  flags: CommandLine['flags'] = {},
): Promise<Ran> {
  const printed: string[] = [];
  const line = { args, flags, print: (text: string) => printed.push(text), printError: () => undefined };
  try {
    return { status: await command.run(world.system, line, world.runtime), printed };
  } catch (refusal) {
    return { status: 1, printed, refusal };
  }
}

function onDisk(name: string, content: Buffer | string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

test('the command exits with 0, 2 or 1, and the error file can be mended and sent again', async () => {
  const path = onDisk('r.csv', roster('CL1,क,SW-BBK', 'CL2,ख,NOPE'));
  const dry = await daksh(importCommand, ['roster', path], { json: true });
  assert.equal(dry.status, 2);
  assert.equal(JSON.parse(dry.printed[0] ?? '').committed, false);
  const whole = await daksh(importCommand, ['roster', path], {
    json: true,
    commit: true,
    'all-or-nothing': true,
  });
  assert.deepEqual([whole.status, JSON.parse(whole.printed[0] ?? '').committed], [1, false]);
  assert.deepEqual(await postings(world, 'CL1'), []);
  const done = await daksh(importCommand, ['roster', path], { json: true, commit: true });
  assert.equal(done.status, 2);
  const result = JSON.parse(done.printed[0] ?? '');
  assert.deepEqual([result.committed, result.added, result.rejected], [true, 1, 1]);
  const errors = readFileSync(`${path}.errors.csv`, 'utf8');
  assert.equal(errors.split('\r\n')[0], 'employee_code,name_hi,office_code,line,reason');
  const mended = onDisk('mended.csv', errors.replace('NOPE', 'SW-JHS'));
  const again = await daksh(importCommand, ['roster', mended], { json: true, commit: true });
  assert.deepEqual([again.status, JSON.parse(again.printed[0] ?? '').added], [0, 1]);
  assert.equal((await daksh(undoCommand, [JSON.parse(again.printed[0] ?? '').id])).status, 0);
});

const unreadable: [name: string, content: Buffer | string, reason: string][] = [
  ['an empty file', '', 'empty_file'],
  ['headings alone', 'employee_code,name_hi,office_code\n', 'empty_file'],
  ['a needed column that is missing', 'employee_code,name_hi\nA,क\n', 'missing_column'],
  ['no name column at all', 'employee_code,office_code\nA,SW\n', 'missing_column'],
  ['a PDF', '%PDF-1.7 ...', 'unknown_format'],
  ['a column twice', 'employee_code,Employee Id,name_hi,office_code\nA,A,क,SW\n', 'repeated_heading'],
];
for (const [name, content, reason] of unreadable) {
  test(`nothing is done, with a sentence in both languages, for ${name}`, async () => {
    const { status, refusal } = await daksh(importCommand, ['roster', onDisk('u.csv', content)], {
      commit: true,
    });
    assert.equal(status, 1);
    assert.equal((refusal as { reason: string }).reason, reason);
    assert.match((refusal as { text: { hi: string } }).text.hi, /[\u0900-\u097f]/);
  });
}

test('a file that is not there, an unknown kind and an unknown import are refused', async () => {
  assert.equal((await daksh(importCommand, ['roster', join(folder, 'none.csv')])).status, 1);
  assert.equal((await daksh(importCommand, ['weather', join(folder, 'none.csv')])).status, 1);
  assert.equal((await daksh(undoCommand, ['01a20000-0000-7000-8000-000000000000'])).status, 1);
});

test('a row that is no row costs itself alone, and is given back with its reason', async () => {
  const path = onDisk(
    'broken.csv',
    'employee_code,name_hi,office_code\nBR1,क,SW-BBK\nBR2,"ख" x,SW-BBK\nBR3,ग,SW-BBK\n',
  );
  const ran = await daksh(importCommand, ['roster', path], { json: true, commit: true });
  assert.deepEqual([ran.status, JSON.parse(ran.printed[0] ?? '').added], [2, 2]);
  assert.match(readFileSync(`${path}.errors.csv`, 'utf8'), /BR2.*quotation mark/s);
});
