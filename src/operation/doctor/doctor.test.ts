import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { openWorld } from '../../../test/world.ts';
import { readConfig } from '../../kernel/config.ts';
import { ctxOf } from '../../kernel/feature.ts';
import { sendableChannels } from '../../reminders/sendable.ts';
import { writeBackup } from '../backup/write-backup.ts';
import { operationCommands } from '../commands.ts';
import { networkFindings } from './network.ts';
import { findingsOf } from './run-doctor.ts';
import { settingFindings } from './settings.ts';
import { noteSize } from './sizes.ts';

const world = await openWorld();
after(() => world.close());
const { runtime } = world;
const { db } = runtime;

async function findings() {
  return new Map((await findingsOf(runtime, { asksNetwork: false })).map((found) => [found.check, found]));
}

test('each wrong check says in both languages what to do, and the exit status is 1', async () => {
  const printed: string[] = [];
  const doctor = operationCommands.find(({ name }) => name === 'doctor');
  const line = {
    args: [],
    flags: {},
    print: (text: string) => printed.push(text),
    printError: () => undefined,
  };
  assert.equal(await doctor?.run(ctxOf(runtime, { kind: 'anonymous' }), line, runtime), 1);
  const wrong = printed.filter((text) => text.startsWith('✗'));
  assert.ok(wrong.some((text) => text.includes('DAKSH_SECRET') && text.includes('openssl rand')));
  assert.ok(printed.length > 18, printed.join('\n'));
  for (const text of printed) assert.match(text, /^[✓✗] [^:]+: .+[।;)] \/ .+[.)]$/u);
});

test('a job that gave up and a recount that failed are named', async () => {
  await sql`select graphile_worker.add_job('learning:trial', max_attempts => 1::smallint)`.execute(db.read);
  await db.pool.query(
    `update graphile_worker._private_jobs set attempts = 1, run_at = now() - interval '1 hour'`,
  );
  await db.pool.query(`insert into mandate_build (build_id, asked_at, failure)
    values (gen_random_uuid(), now(), E'गिनती रुक गई।\\nThe count broke off.')`);
  const found = await findings();
  assert.equal(found.get('jobs')?.isGood, false);
  assert.match(found.get('jobs')?.en ?? '', /learning:trial \(1\)/);
  assert.match(found.get('orders')?.en ?? '', /^The count broke off\. See mandates\.build/);
  await db.pool.query('delete from graphile_worker._private_jobs');
  await db.pool.query('delete from mandate_build');
});

test('the last backup’s age is known from the database, whichever machine made it', async () => {
  assert.equal((await findings()).get('backup')?.isGood, false);
  await writeBackup(runtime, join(runtime.config.dataDir, 'trial.zip'));
  assert.match(
    (await findings()).get('backup')?.en ?? '',
    /^the last is 0\.0 days old\. 0\.0 GB in [\d.]+ s\.$/,
  );
  const now = world.clock.now();
  world.clock.set(new Date(now.getTime() + 3 * 86_400_000));
  assert.equal((await findings()).get('backup')?.isGood, false);
  world.clock.set(now);
});

test('sizes noted on two days tell how long the disk lasts', async () => {
  const now = world.clock.now();
  await noteSize(runtime);
  await sql`update installation_fact set value = jsonb_set(value, '{0,databaseBytes}',
    to_jsonb((value #>> '{0,databaseBytes}')::float8 - 1e9)) where name = 'sizes'`.execute(db.read);
  world.clock.set(new Date(now.getTime() + 10 * 86_400_000));
  await noteSize(runtime);
  assert.match(
    (await findings()).get('disk')?.en ?? '',
    /free, 1\d\d MB more each day, enough for \d+ days\./,
  );
  world.clock.set(now);
});

test('how far the digests are is told, and changes that pile up are', async () => {
  await sql`delete from digest_state`.execute(db.read);
  assert.match((await findings()).get('digests')?.en ?? '', /being made: about \d+%;/);
  await sql`insert into digest_state (built_to, is_whole) values (gen_random_uuid(), true)`.execute(db.read);
  assert.equal((await findings()).get('digests')?.isGood, true);
  await sql`insert into digest_touched (person_id) select gen_random_uuid() from generate_series(1, 5001)`.execute(
    db.read,
  );
  assert.equal((await findings()).get('digests')?.isGood, false);
  await sql`delete from digest_touched`.execute(db.read);
  await sql`delete from digest_state`.execute(db.read);
});

test('an index that was left unfinished is named with what mends it', async () => {
  await db.pool.query('create table trial as select 1 as id from generate_series(1, 2)');
  await assert.rejects(db.pool.query('create unique index concurrently trial_id on trial (id)'));
  const found = (await findings()).get('indexes');
  assert.equal(found?.isGood, false);
  assert.match(found?.en ?? '', /trial_id\. Run `reindex index concurrently NAME`\./);
  await db.pool.query('drop table trial');
});

test('where a gateway is given without the template of reminders, that none leaves by SMS is told', () => {
  const told = (sms: NonNullable<typeof runtime.config.sms> | undefined) =>
    settingFindings({ ...runtime, config: { ...runtime.config, sms } }).find(
      ({ check }) => check === 'SMS_TEMPLATE_TRAINING_DUE_HI',
    )?.isGood;
  // What an installation has that still gives the id of the earlier wording under its own name.
  const { sms } = readConfig({ SMS_URL: 'https://sms.example', SMS_TEMPLATE_REMINDER_HI: '1107160' });
  assert.deepEqual([told(undefined), told(sms)], [undefined, false]);
  assert.deepEqual(sendableChannels({ ...runtime.config, sms, isDemonstration: false }), []);
  const now = readConfig({ SMS_URL: 'https://sms.example', SMS_TEMPLATE_TRAINING_DUE_HI: '1107161' }).sms;
  assert.equal(told(now), true);
  assert.deepEqual(sendableChannels({ ...runtime.config, sms: now, isDemonstration: false }), ['sms']);
});

test('the gateways are asked only where the network may be, and no password is printed', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const config = { ...runtime.config, smtp: { url: `smtp://user:hidden@127.0.0.1:${port}`, from: 'a@b' } };
  const reached = await networkFindings({ config });
  server.close();
  await once(server, 'close');
  const lost = await networkFindings({ config });
  assert.deepEqual([reached[0]?.isGood, lost[0]?.isGood], [true, false]);
  assert.match(lost[0]?.en ?? '', /is not reached \(ECONNREFUSED\)\. See the address/);
  assert.doesNotMatch(JSON.stringify([reached, lost]), /hidden/);
});
