import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as rest } from 'node:timers/promises';
import { sql } from 'kysely';
import { openWorld } from '../../test/world.ts';
import { changeFacts } from '../kernel/facts.ts';
import { newId } from '../kernel/ids.ts';
import { projectRoot } from '../kernel/project-root.ts';
import { foldCounters, noteUncounted, officeSummary, rebuildCounters, reconcileCounters } from './index.ts';
import { endCounting, recountWhereWanted } from './stores/rebuild.ts';

const world = await openWorld();
after(() => world.close());
const db = world.runtime.db;
const cast = ['sunita', 'ramesh', 'anita', 'imran', 'pushpa', 'secretary'];

before(() => rebuildCounters(world.system));

/** As learning does it: one completion decided by Daksh, by the short way. */
async function complete(key: string, courseId = newId()): Promise<void> {
  const personId = world.personId(key);
  const completionId = newId();
  await db.transaction((tx) =>
    changeFacts(tx, { ids: [personId], hint: { kind: 'completed', completionIds: [completionId] } }, () =>
      sql`insert into completion (person_id, completion_id, course_id, completed_day, completed_at, source, minutes, office_id)
        select ${personId}, ${completionId}, ${courseId}, '2026-11-22', ${new Date()}, 'daksh', 30, office_id
        from posting where person_id = ${personId} limit 1 on conflict do nothing`.execute(tx),
    ),
  );
}

async function completionsOf(code: string): Promise<number> {
  return (await officeSummary(world.system, { code })).completions ?? 0;
}

async function assertClean(): Promise<void> {
  assert.deepEqual((await reconcileCounters(world.system)).differences, []);
}

test('twenty completions of one person at once count twenty times, and once in each band', async () => {
  const earlier = await officeSummary(world.system, { code: 'SW' });
  await Promise.all(Array.from({ length: 20 }, () => complete('sunita')));
  const now = await officeSummary(world.system, { code: 'SW' });
  assert.equal((now.completions ?? 0) - (earlier.completions ?? 0), 20);
  assert.equal((now.threeOrMore ?? 0) - (earlier.threeOrMore ?? 0), 1);
  await assertClean();
});

test('the same course completed twenty times at once counts once', async () => {
  const earlier = await completionsOf('SW');
  const courseId = newId();
  await Promise.all(Array.from({ length: 20 }, () => complete('ramesh', courseId)));
  assert.equal(await completionsOf('SW'), earlier + 1);
  await assertClean();
});

test('figures are exact at every moment while completions come and deltas are folded', async () => {
  const earlier = await completionsOf('UP');
  let isDone = false;
  const folding = (async () => {
    while (!isDone) await foldCounters(world.runtime);
  })();
  const seen: number[] = [];
  const reading = (async () => {
    while (!isDone) seen.push(await completionsOf('UP'));
  })();
  for (let round = 0; round < 10; round += 1) await Promise.all(cast.map((key) => complete(key)));
  isDone = true;
  await Promise.all([folding, reading]);
  assert.equal(await completionsOf('UP'), earlier + 60);
  // Never less than before, never more than was written: a delta is seen once, folded or not.
  assert.deepEqual(
    seen,
    seen.toSorted((a, b) => a - b),
  );
  assert.ok(seen.every((count) => count >= earlier && count <= earlier + 60));
  await assertClean();
});

test('a process killed while it folds leaves every delta counted once', async () => {
  const earlier = await completionsOf('UP');
  for (let round = 0; round < 3; round += 1) {
    const child = await startFolding();
    await Promise.all(cast.flatMap((key) => [complete(key), complete(key), complete(key)]));
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  assert.equal(await completionsOf('UP'), earlier + 3 * 18);
  await foldCounters(world.runtime);
  assert.equal(await completionsOf('UP'), earlier + 3 * 18);
  await assertClean();
});

test('several folders at once take each delta once', async () => {
  const earlier = await completionsOf('UP');
  await Promise.all(cast.map((key) => complete(key)));
  await Promise.all(Array.from({ length: 5 }, () => foldCounters(world.runtime)));
  assert.equal(await completionsOf('UP'), earlier + cast.length);
  await assertClean();
});

test('the last step of counting waits for a start that counts everything, and neither fails', async () => {
  await db.transaction(noteUncounted);
  const { promise: letGo, resolve } = Promise.withResolvers<void>();
  const holder = db.transaction(async (tx) => {
    await sql`lock table counter_delta in exclusive mode`.execute(tx);
    await letGo;
  });
  const start = db.longTransaction(recountWhereWanted);
  while (!(await isWaitedFor('counter_delta'))) await rest(10);
  const end = db.longTransaction(endCounting);
  await Promise.race([end, rest(200)]);
  resolve();
  await Promise.all([holder, start, end]);
  await assertClean();
});

async function isWaitedFor(table: string): Promise<boolean> {
  const found = await sql`select from pg_locks where not granted and relation = ${table}::regclass`.execute(
    db.read,
  );
  return found.rows.length > 0;
}

test('a counter that was tampered with is found, in its day, month, year and total', async () => {
  await foldCounters(world.runtime);
  await db.transaction((tx) =>
    sql`update office_counter set registered = registered + 1
      where (office_id, grain, day) = (select office_id, grain, day from office_counter where grain = 'd' limit 1)`.execute(
      tx,
    ),
  );
  const found = await reconcileCounters(world.system);
  assert.equal(found.ok, false);
  assert.deepEqual(
    found.differences.map((one) => [one.grain, one.metric, one.counted - one.expected]),
    [
      ['d', 'registered', 1],
      ['m', 'registered', -1],
      ['t', 'registered', -1],
      ['y', 'registered', -1],
    ],
  );
  await rebuildCounters(world.system);
  await assertClean();
});

async function startFolding(): Promise<ChildProcess> {
  const script = join(projectRoot(), 'test/golden/folding-process.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script, db.url], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout as NonNullable<typeof child.stdout>, 'data');
  return child;
}
