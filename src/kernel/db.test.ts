import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { openTestDatabase } from '../../test/database.ts';
import { hot } from './db.ts';

const { db, close } = await openTestDatabase();
after(close);

await db.pool.query('create table hot_trial (id integer primary key, amount integer not null)');
await db.pool.query('insert into hot_trial values (1, 10), (2, 20)');

const amountOf = async (id: number) =>
  (await sql<{ amount: number }>`${hot}select * from hot_trial where id = ${id}`.execute(db.read)).rows[0]
    ?.amount;

test('a hot statement is prepared once a connection and answers each question with its own', async () => {
  const asked = await Promise.all([1, 2, 1, 2, 1, 2].map(amountOf));
  assert.deepEqual(asked, [10, 20, 10, 20, 10, 20]);
  const kept = await db.transaction((tx) => {
    const ask = () => sql`${hot}select amount from hot_trial where id = ${1}`.execute(tx);
    return ask()
      .then(ask)
      .then(() => sql<{ n: number }>`select count(*) as n from pg_prepared_statements`.execute(tx));
  });
  assert.equal(kept.rows[0]?.n, 1);
});

test('a change of the columns that it answers is not noticed by who asks', async () => {
  await Promise.all([amountOf(1), amountOf(2)]);
  await db.pool.query('alter table hot_trial alter amount type bigint, add column note text');
  assert.deepEqual(await Promise.all([1, 2, 1, 2].map(amountOf)), [10, 20, 10, 20]);
  const named = () => db.hot<{ amount: number }>('trial', 'select * from hot_trial where id = $1', [2]);
  await Promise.all([named(), named()]);
  await db.pool.query('alter table hot_trial drop column note');
  assert.deepEqual((await Promise.all([named(), named()])).flat(), [
    { id: 2, amount: 20 },
    { id: 2, amount: 20 },
  ]);
});

test('in a transaction the outdated statement fails once, and the next transaction prepares it anew', async () => {
  const ask = () =>
    db.transaction((tx) =>
      sql<{ id: number }>`${hot}select * from hot_trial order by id`
        .execute(tx)
        .then(({ rows }) => rows.length),
    );
  assert.equal(await ask(), 2);
  await db.pool.query('alter table hot_trial add column more text');
  await assert.rejects(ask());
  assert.equal(await ask(), 2);
});

test('lost connections are replaced, and hot statements are prepared on the new ones', async () => {
  await Promise.all([amountOf(1), amountOf(2)]);
  await db.pool.query(`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`);
  await new Promise((resolve) => setTimeout(resolve, 100));
  assert.deepEqual(await Promise.all([1, 2].map(amountOf)), [10, 20]);
});

test('one statement that fails leaves its neighbours on the connection alone', async () => {
  const broken = () => sql`${hot}select 1 / (id - 1) as x from hot_trial where id = ${1}`.execute(db.read);
  const results = await Promise.allSettled([amountOf(1), broken(), amountOf(2), broken(), amountOf(1)]);
  assert.deepEqual(
    results.map((result) => result.status),
    ['fulfilled', 'rejected', 'fulfilled', 'rejected', 'fulfilled'],
  );
});
