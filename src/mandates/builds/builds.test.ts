import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as rest } from 'node:timers/promises';
import { sql } from 'kysely';
import { openWorld } from '../../../test/world.ts';
import { changeFacts } from '../../kernel/facts.ts';
import { newId } from '../../kernel/ids.ts';
import { projectRoot } from '../../kernel/project-root.ts';
import { draftMandate } from '../draft-mandate.ts';
import { checkMandate, commitMandate } from '../import-mandate.ts';
import { mandateFigures } from '../mandate-summary.ts';
import { askPublication, publishMandate } from '../publish-mandate.ts';
import { reconcileMandates } from '../reconcile-mandates.ts';
import { readOrder } from '../rules/order-file.ts';
import { recountAll, settleChanged, settleMandates, settleThese } from '../settle.ts';
import { progressOf, sweepSheets } from '../stores/builds.ts';
import { dropSteps, keepSteps, takeLane, writeFigures } from '../stores/lanes.ts';
import { orderByNumber } from '../stores/orders.ts';
import { finishBuild, runBuilds } from './run-builds.ts';

const world = await openWorld();
after(() => world.close());
const ctx = world.system;
const { db } = world.runtime;
const courseId = newId();
await sql`insert into course (course_id, code, title_en, state, tags)
  values (${courseId}, 'B1', 'One', 'published', '{}')`.execute(db.read);
const everybody = (
  await sql<{ id: string }>`select distinct person_id as id from posting order by 1`.execute(db.read)
).rows.map((row) => row.id);
const parts = { partSize: 3 };

async function complete(personId: string | undefined, day: string): Promise<void> {
  if (!personId) return;
  await db.transaction((tx) =>
    changeFacts(tx, { ids: [personId] }, async () => {
      await sql`insert into completion (person_id, completion_id, course_id, completed_day, source, minutes)
        values (${personId}, ${newId()}, ${courseId}, ${day}, 'import', 60)`.execute(tx);
    }),
  );
}

let drafts = 0;

/** An order over everybody, as a draft. */
async function draft(more: Record<string, unknown> = {}): Promise<string> {
  drafts += 1;
  const number = `BUILD/${drafts}`;
  const rules = {
    scope: { offices: ['UP'] },
    window: { from: '2026-04-01', to: '2026-12-31' },
    condition: { courses: { atLeast: 1 } },
  };
  const isCiting = 'extends' in more;
  const file = {
    order: { number, date: '2026-04-01', issuer: 'X' },
    title: { en: 'X' },
    ...(isCiting ? {} : rules),
  };
  await draftMandate(ctx, readOrder({ ...file, ...more }));
  return number;
}

/** Its publication as a work in parts, however few are bound. */
async function asked(number: string): Promise<string> {
  const { buildId } = await askPublication(ctx, number, { few: 0 });
  assert.ok(buildId);
  return buildId;
}

/** How the process ended. */
async function dyingWorker(...args: string[]): Promise<NodeJS.Signals | null> {
  const file = join(projectRoot(), 'test/mandates/dying-worker.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', file, db.url, ...args], { stdio: 'inherit' });
  const [, signal] = await once(child, 'exit');
  return signal;
}

const boundIn = async (number: string) => (await mandateFigures(ctx, { number, office: 'UP' })).bound;

test('until its last part is done an order is in force for nobody, and then for all; completions in between count', async () => {
  const number = await draft();
  const buildId = await asked(number);
  let done = 0;
  const seen: (string | undefined)[] = [];
  const told = () => {
    done += 1;
  };
  const build = finishBuild(ctx, buildId, { ...parts, told });
  for (const personId of everybody.slice(0, 8)) {
    await complete(personId, '2026-06-01');
    await settleChanged(db);
    seen.push(await boundIn(number).then(String, (error: { code?: string }) => error.code));
  }
  await build;
  assert.ok(done > 3);
  const all = String(await boundIn(number));
  assert.ok(
    seen.every((one) => one === 'not_found' || one === all),
    String(seen),
  );
  await settleMandates(ctx);
  assert.deepEqual(await reconcileMandates(ctx), []);
  assert.ok((await mandateFigures(ctx, { number, office: 'UP' })).met >= 7);
});

test('a worker that is killed in the middle of a publication loses one part; the next one ends it', async () => {
  const number = await draft();
  const buildId = await asked(number);
  assert.equal(await dyingWorker(buildId, '4'), 'SIGKILL');
  const { order } = await orderOf(number);
  const left = await progressOf(db.read, order.mandateId);
  assert.ok(left && left.done > 0 && left.done < left.persons, JSON.stringify(left));
  await assert.rejects(boundIn(number), { code: 'not_found' });
  await complete(everybody[9], '2026-06-02');
  await settleMandates(ctx);
  assert.ok((await boundIn(number)) >= everybody.length - 3);
  assert.deepEqual(await reconcileMandates(ctx), []);
});

async function orderOf(number: string) {
  const found = await sql<{ mandateId: string }>`select mandate_id as "mandateId" from mandate
    where number = ${number}`.execute(db.read);
  return { order: { mandateId: found.rows[0]?.mandateId ?? '' } };
}

test('a worker that is killed in the middle of settling leaves all that it took to the next one', async () => {
  await complete(everybody[10], '2026-06-03');
  await complete(everybody[11], '2026-06-03');
  assert.equal(await dyingWorker(), 'SIGKILL');
  const waiting = await sql`select 1 from mandate_touched`.execute(db.read);
  assert.equal(waiting.rows.length, 2);
  await settleMandates(ctx);
  assert.deepEqual(await reconcileMandates(ctx), []);
});

test('more hands than the program has connections for long work end a publication together', async () => {
  const number = await draft();
  await asked(number);
  await Promise.all(Array.from({ length: 6 }, () => runBuilds(ctx, parts)));
  assert.ok((await boundIn(number)) > 0);
  assert.deepEqual(await reconcileMandates(ctx), []);
});

test('a count that broke off goes on with what was summed till then', async () => {
  await sql`create function stop_counting() returns trigger language plpgsql as
    'begin raise exception ''cut''; end'`.execute(db.read);
  await sql`create trigger stop before insert on mandate_sheet_counter execute function stop_counting()`.execute(
    db.read,
  );
  const number = await draft();
  await asked(number);
  let mended: Promise<unknown> | undefined;
  const failed = () => {
    mended ??= sql`drop function stop_counting() cascade`.execute(db.read);
  };
  await runBuilds(ctx, { ...parts, failed });
  await mended;
  await runBuilds(ctx, parts);
  assert.ok(mended);
  assert.ok((await boundIn(number)) > 0);
  assert.deepEqual(await reconcileMandates(ctx), []);
});

test('who writes a lane’s figures and who is about to throw its steps away do not wait for each other', async () => {
  const number = await draft();
  await finishBuild(ctx, await asked(number), parts);
  const order = await orderByNumber(db.read, number);
  assert.ok(order);
  const { sheetId } = order;
  // As before it was counted.
  await sql`delete from mandate_sheet_counter where sheet_id = ${sheetId}`.execute(db.read);
  await sql`update mandate_build_sheet set counted_at = null where sheet_id = ${sheetId}`.execute(db.read);
  const middle = everybody[5] ?? null;
  await db.transaction(async (tx) => {
    await keepSteps(tx, order, { lane: 0, range: { afterId: null, untilId: middle } });
    await keepSteps(tx, order, { lane: 1, range: { afterId: middle, untilId: null } });
  });
  // Again: what is written is not written twice.
  for (const _ of [1, 2]) await db.transaction((tx) => writeFigures(tx, order, 0));
  let dropped: Promise<void> | undefined;
  await db.transaction(async (tx) => {
    await takeLane(tx, sheetId, 1);
    dropped = db.transaction((other) => dropSteps(other, sheetId));
    await rest(200);
    await writeFigures(tx, order, 1);
  });
  await dropped;
  await sql`update mandate_build_sheet set counted_at = now() where sheet_id = ${sheetId}`.execute(db.read);
  assert.deepEqual(await reconcileMandates(ctx), []);
});

test('of two who publish one draft at once, one does; nobody rewrites it while that goes on', async () => {
  for (const few of [undefined, 0]) {
    const number = await draft();
    const both = await Promise.allSettled([
      askPublication(ctx, number, { few }),
      askPublication(ctx, number, { few }),
    ]);
    const refused = both.filter((one) => one.status === 'rejected');
    assert.equal(refused.length, 1);
    assert.ok(['already_published', 'being_published'].includes(refused[0]?.reason.reason));
    if (few === 0) {
      const other = { scope: { offices: ['SW'] }, window: { from: '2026-04-01', to: '2026-05-01' } };
      const file = { order: { number, date: '2026-04-01', issuer: 'X' }, title: { en: 'X' }, ...other };
      const again = draftMandate(ctx, readOrder({ ...file, condition: { courses: { atLeast: 1 } } }));
      await assert.rejects(again, { reason: 'being_published' });
    }
    await Promise.all([runBuilds(ctx, parts), runBuilds(ctx, parts)]);
    assert.ok((await boundIn(number)) > 0);
  }
});

test('an extension in parts and at once, while people complete and others settle, moves every due day', async () => {
  const number = await draft();
  await publishMandate(ctx, number);
  for (const [index, few] of [0, 20_000].entries()) {
    const until = `2027-0${index + 2}-28`;
    const extension = await draft({ extends: { number, until } });
    const publishing = askPublication(ctx, extension, { few }).then(() => runBuilds(ctx, parts));
    for (const personId of everybody.slice(12 + index * 3, 15 + index * 3)) {
      await complete(personId, '2026-07-01');
      await Promise.all([settleChanged(db), settleChanged(db)]);
    }
    await publishing;
    await settleMandates(ctx);
    const due = await sql<{ day: string }>`select distinct due_on as day from mandate_standing
      join mandate using (mandate_id) where number = ${number}`.execute(db.read);
    assert.ok(due.rows.some((row) => row.day === until));
    assert.ok(due.rows.every((row) => row.day >= until));
  }
  assert.deepEqual(await reconcileMandates(ctx), []);
});

test('counting everybody again makes new sheets beside those in use, and the old ones are swept away', async () => {
  await sql`update course set tags = '{ai}' where course_id = ${courseId}`.execute(db.read);
  await recountAll(ctx, 0);
  await Promise.all([runBuilds(ctx, parts), complete(everybody[20], '2026-08-01')]);
  await settleMandates(ctx);
  assert.deepEqual(await reconcileMandates(ctx), []);
  while (await db.longTransaction((tx) => sweepSheets(tx, 5)));
  const strays = await sql`select 1 from mandate_sheet_standing s
    where not exists (select from mandate m where m.sheet_id = s.sheet_id)`.execute(db.read);
  assert.equal(strays.rows.length, 0);
  const steps = await sql`select relname from pg_class where relname like 'sheet_steps_%'`.execute(db.read);
  assert.deepEqual(steps.rows, []);
});

test('whoever is settled for a statement in a recount waits for the new sheets only where his facts changed', async () => {
  const buildId = newId();
  const [sunita, imran] = [world.personId('sunita'), world.personId('imran')];
  await sql`insert into mandate_build (build_id, asked_at, planned_at)
    values (${buildId}, ${world.clock.now()}, ${world.clock.now()})`.execute(db.read);
  await db.transaction((tx) => changeFacts(tx, { ids: [sunita] }, async () => undefined));
  await db.transaction((tx) => settleThese(tx, [sunita, imran]));
  const noted = await sql<{ id: string }>`select person_id as id from mandate_build_touched`.execute(db.read);
  assert.deepEqual(noted.rows, [{ id: sunita }]);
  await sql`delete from mandate_build_touched`.execute(db.read);
  await sql`delete from mandate_build where build_id = ${buildId}`.execute(db.read);
});

test('an amendment keeps the extension that stands before it in the row, and one that comes while its sheets are made', async () => {
  const held = async (number: string) => {
    const due = await sql<{ day: string }>`select distinct due_on as day from mandate_standing
      join mandate using (mandate_id) where number = ${number} order by 1`.execute(db.read);
    return due.rows.map((row) => row.day);
  };
  const first = await draft();
  await publishMandate(ctx, first);
  const [extension, second] = [
    await draft({ extends: { number: first, until: '2027-01-31' } }),
    await draft(more(first)),
  ];
  await asked(extension);
  await asked(second);
  await runBuilds(ctx, parts);
  assert.deepEqual(
    [(await orderByNumber(db.read, second))?.extendedUntil, await held(second)],
    ['2027-01-31', ['2027-01-31']],
  );

  const [late, third] = [
    await draft({ extends: { number: second, until: '2027-03-31' } }),
    await draft(more(second)),
  ];
  await asked(third);
  let isFirst = true;
  const told = () => {
    if (!isFirst) return;
    isFirst = false;
    // As a process might do whose clock is behind.
    void sql`update mandate set state = 'published', known_at = clock_timestamp() where number = ${late}`.execute(
      db.read,
    );
  };
  await runBuilds(ctx, { ...parts, told });
  assert.deepEqual(await held(third), ['2027-03-31']);
  await settleMandates(ctx);
  assert.deepEqual(
    (await reconcileMandates(ctx)).filter((one) => JSON.stringify(one).includes(third)),
    [],
  );
});

/** Of an amendment that leaves the rules as they are. */
function more(number: string) {
  return {
    scope: { offices: ['UP'] },
    window: { from: '2026-04-01', to: '2026-12-31' },
    condition: { courses: { atLeast: 1 } },
    amends: { number },
  };
}

test('the same file given again goes on with a publication that a kill had left, and a dry run says that there is work', async () => {
  const file = readOrder({
    ...{ order: { number: 'BUILD/AGAIN', date: '2026-04-01', issuer: 'X' }, title: { en: 'X' } },
    ...{ scope: { offices: ['UP'] }, window: { from: '2026-04-01', to: '2026-12-31' } },
    condition: { courses: { atLeast: 1 } },
  });
  await draftMandate(ctx, file);
  await askPublication(ctx, 'BUILD/AGAIN', { few: 0 });
  assert.equal((await checkMandate(ctx, file)).changed, 1);
  const done = await commitMandate(ctx, file);
  assert.deepEqual([done.committed, done.changed], [true, 1]);
  assert.equal((await orderByNumber(db.read, 'BUILD/AGAIN'))?.state, 'published');
  assert.equal((await checkMandate(ctx, file)).unchanged, 1);
});
