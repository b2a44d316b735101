import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { sql } from 'kysely';
import { openTestDatabase } from '../../test/database.ts';
import { keepTaking } from './keep-taking.ts';

test('what fails because the database is being closed is no error, and is not tried again', async () => {
  const { db, close } = await openTestDatabase();
  const logged: unknown[] = [];
  const turns: number[] = [];
  let closing = Promise.resolve();
  keepTaking({ db, log: (line) => void logged.push(line) }, 'trial', async () => {
    turns.push(Date.now());
    closing = close();
    await sql`select 1`.execute(db.read);
  });
  await setTimeout(1500);
  await closing;
  assert.equal(turns.length, 1);
  assert.deepEqual(logged, []);
});

test('what fails otherwise is told and tried again', async () => {
  const { db, close } = await openTestDatabase();
  const logged: unknown[] = [];
  const taking = keepTaking({ db, log: (line) => void logged.push(line) }, 'trial', async () => {
    throw new Error('no luck');
  });
  await setTimeout(1500);
  taking.stop();
  assert.ok(logged.length >= 2);
  await close();
});
