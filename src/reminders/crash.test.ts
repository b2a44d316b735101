import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { openWorld } from '../../test/world.ts';
import { readConfig } from '../kernel/config.ts';
import { projectRoot } from '../kernel/project-root.ts';
import { runReminders } from './run-reminders.ts';
import { remindedOrder, sendingsOn } from './test-reminders.ts';

const world = await openWorld();
after(() => world.close());
const { runtime } = world;

/** A gateway that answers as `answer` says; null: it takes the message and never answers. */
let answer: number | null = null;
const taken: { to: string; templateId: string }[] = [];
const gateway = createServer((request, reply) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    taken.push(JSON.parse(Buffer.concat(chunks).toString('utf8')));
    if (answer) reply.writeHead(answer).end();
  });
});
const port = await portOf(gateway);
after(() => {
  gateway.closeAllConnections();
  gateway.close();
});

function portOf(server: ReturnType<typeof createTcpServer>): Promise<number> {
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    }),
  );
}

const settings = (more: object = {}) => ({
  DATABASE_URL: runtime.db.url,
  DAKSH_DATA_DIR: runtime.config.dataDir,
  SMS_URL: `http://127.0.0.1:${port}/`,
  SMS_TEMPLATE_TRAINING_DUE_HI: '1107',
  ...more,
});
const ctxWith = (more: object = {}) => ({ ...world.system, config: readConfig(settings(more)) });
const bySms = async (day: string) => (await sendingsOn(world, day)).filter((one) => one.channel === 'sms');

test('killed between claim and answer, a message is unknown and never sent again; the rest goes on', async () => {
  world.clock.set('2026-11-20T03:00:00Z');
  await remindedOrder(world, { number: 'K/1', to: '2026-12-01', office: 'SW-BBK' });
  const morning = '2026-11-24T04:00:00Z';
  world.clock.set(morning);
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', join(projectRoot(), 'src/reminders/test-child.ts'), morning],
    { env: { ...process.env, ...settings() }, stdio: ['ignore', 'inherit', 'inherit'] },
  );
  const ended = new Promise((resolve) => child.once('exit', resolve));
  for (let tries = 0; taken.length === 0 && tries < 200; tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 100));
  child.kill('SIGKILL');
  await ended;
  const left = [...taken];
  assert.ok(left.length > 0 && left.every((one) => one.templateId === '1107'));
  answer = 200;
  // The killed program's lock goes when the server hears that it is gone.
  for (let tries = 0; (await runReminders(ctxWith())) === 'busy' && tries < 100; tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 50));
  const states = await bySms('2026-11-24');
  assert.ok(states.length > 0);
  assert.ok(
    states.every((one) => one.state === 'unknown' || one.state === 'sent'),
    JSON.stringify(states),
  );
  assert.ok(states.some((one) => one.state === 'unknown' && one.reason === 'interrupted'));
  const numbers = taken.map((one) => one.to);
  assert.equal(new Set(numbers).size, numbers.length, 'no number twice');
});

test('a gateway that takes nothing is asked three times a day; one that fails at work, once', async () => {
  await remindedOrder(world, { number: 'K/2', to: '2026-12-10', office: 'SW-JHS', tag: 'k2' });
  answer = 503;
  for (const time of ['03:00', '03:30', '04:00', '04:30']) {
    world.clock.set(`2026-12-03T${time}:00Z`);
    await runReminders(ctxWith());
  }
  const day = await sql<{
    attempts: number;
    state: string;
  }>`select distinct attempts, state from reminder_sending
    where day = '2026-12-03'`.execute(runtime.db.read);
  assert.deepEqual(day.rows, [{ attempts: 3, state: 'failed' }]);
  answer = 500;
  world.clock.set('2026-12-09T04:00:00Z');
  await runReminders(ctxWith());
  assert.ok((await bySms('2026-12-09')).every((one) => one.state === 'unknown'));
});

test('without a registered template no SMS leaves', async () => {
  answer = 200;
  const before = taken.length;
  world.clock.set('2026-12-10T04:00:00Z');
  await runReminders(ctxWith({ SMS_TEMPLATE_TRAINING_DUE_HI: '' }));
  assert.equal(taken.length, before);
  assert.deepEqual(await bySms('2026-12-10'), []);
});

test('an address that the mail server refuses for good gets no more', async () => {
  const asked: string[] = [];
  const server = createTcpServer((socket) => {
    socket.write('220 test\r\n');
    socket.on('data', (chunk) => {
      for (const line of chunk.toString('utf8').split('\r\n').filter(Boolean)) {
        if (/^RCPT/i.test(line)) asked.push(line);
        const refused = /^RCPT/i.test(line) ? '550 no such user\r\n' : '250 ok\r\n';
        socket.write(/^QUIT/i.test(line) ? '221 bye\r\n' : refused);
      }
    });
  });
  const smtp = `smtp://127.0.0.1:${await portOf(server)}?ignoreTLS=true`;
  after(() => server.close());
  await remindedOrder(world, { number: 'K/3', to: '2026-12-20', office: 'SW-BBK', tag: 'k3' });
  for (const day of ['2026-12-13', '2026-12-19']) {
    world.clock.set(`${day}T04:00:00Z`);
    await runReminders(ctxWith({ SMTP_URL: smtp, SMS_URL: '' }));
    const mails = (await sendingsOn(world, day)).filter((one) => one.channel === 'mail');
    assert.ok(mails.length > 0 && mails.every((one) => one.state === 'bounced'), JSON.stringify(mails));
  }
  assert.equal(asked.length, new Set(asked).size, 'asked once for each address');
});
