import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { keptExports } from '../../test/kept-exports.ts';
import { openWorld } from '../../test/world.ts';
import type { Ctx } from './context.ts';
import { type Export, hasKept, keepExport, keepSending, rowsIn } from './exports.ts';
import { type Cell, type CellRows, csvStream, xlsxStream } from './tabular/index.ts';

const world = await openWorld();
after(() => world.close());

const list: Export = { kind: 'persons', format: 'csv', detail: { group: 'C' } };

async function* portions(fault?: Error) {
  yield ['a', 'b'];
  yield ['c'];
  if (fault) throw fault;
}

async function acts() {
  const found = await sql<{ action: string; id: string; detail: Record<string, unknown> }>`select action,
      subject_id as id, detail from audit_event where subject_kind = 'export' order by audit_event_id`.execute(
    world.runtime.db.read,
  );
  return found.rows;
}

/** What was kept since, by act and rows. */
async function keptBy(work: (ctx: Ctx) => Promise<unknown>): Promise<unknown[]> {
  const before = (await acts()).length;
  await work({ ...world.as('ramesh') });
  const made = (await acts()).slice(before);
  assert.ok(new Set(made.map(({ id }) => id)).size <= 1, 'one file is one export');
  return made.map(({ action, detail }) => [action, detail['rows']]);
}

test('a file sent while it is read is kept when it begins, and with its rows when it ends', async () => {
  const kept = await keptBy(async (ctx) => {
    const sent = await keepSending(ctx, list, { chunks: portions(), rowsOf: rowsIn });
    assert.deepEqual(await Array.fromAsync(sent), [['a', 'b'], ['c']]);
  });
  assert.deepEqual(kept, [
    ['export.begun', undefined],
    ['export.taken', 3],
  ]);
  const [last] = (await acts()).slice(-1);
  assert.deepEqual(last?.detail, { group: 'C', kind: 'persons', format: 'csv', people: true, rows: 3 });
});

test('one that breaks off says so, with the rows that were handed on, whoever broke it', async () => {
  const left = await keptBy(async (ctx) => {
    const sent = await keepSending(ctx, list, { chunks: portions(), rowsOf: rowsIn });
    for await (const _ of sent) break;
  });
  const failed = await keptBy(async (ctx) => {
    const chunks = portions(new Error('the database is gone'));
    const sent = await keepSending(ctx, list, { chunks, rowsOf: rowsIn });
    await assert.rejects(Array.fromAsync(sent), /gone/);
  });
  assert.deepEqual(
    [left, failed],
    [
      [
        ['export.begun', undefined],
        ['export.broken', 2],
      ],
      [
        ['export.begun', undefined],
        ['export.broken', 3],
      ],
    ],
  );
});

test('a reader who goes away in the middle breaks it off, of CSV and of a workbook alike', async () => {
  const columns = [{ heading: 'code' }];
  async function* many(): AsyncGenerator<Cell[][]> {
    for (let at = 0; at < 1000; at += 1) yield Array.from({ length: 1000 }, (_, row) => [`${at}-${row}`]);
  }
  const forms = {
    csv: (rows: CellRows) => csvStream(['code'], rows),
    xlsx: (rows: CellRows) => xlsxStream({ sheetName: 'codes', columns }, rows),
  };
  for (const [format, write] of Object.entries(forms)) {
    const before = (await keptExports(world)).length;
    const file = { kind: 'persons', format } as const;
    const sent = await keepSending({ ...world.as('ramesh') }, file, { chunks: many(), rowsOf: rowsIn });
    const stream = write(sent);
    await once(stream, 'readable');
    stream.read();
    stream.destroy();
    for (let tries = 0; tries < 200 && (await keptExports(world)).length === before; tries += 1)
      await sleep(25);
    const [last] = (await keptExports(world)).slice(before);
    assert.deepEqual([last?.action, last?.detail.format], ['export.broken', format]);
    const rows = last?.detail.rows ?? 0;
    assert.ok(rows > 0 && rows < 1_000_000, `${rows}`);
  }
});

test('a file that is whole before it is sent is one act; a paper of one’s own is none', async () => {
  const whole = { ...list, kind: 'sheet', rows: 12 } as const;
  assert.deepEqual(await keptBy((ctx) => keepExport(ctx, whole)), [['export.taken', 12]]);
  const paper = { kind: 'certificate', format: 'pdf', rows: 1 } as const;
  const of = (key: string) => keptBy((ctx) => keepExport(ctx, { ...paper, personId: world.personId(key) }));
  assert.deepEqual(await of('ramesh'), []);
  assert.deepEqual(await of('sunita'), [['export.taken', 1]]);
});

test('a request is known to have kept its file by its kind', async () => {
  const ctx = { ...world.as('ramesh') };
  assert.equal(hasKept(ctx, 'sheet'), false);
  await keepExport(ctx, { kind: 'sheet', format: 'pdf', rows: null });
  assert.deepEqual([hasKept(ctx, 'sheet'), hasKept(ctx, 'briefing')], [true, false]);
});
