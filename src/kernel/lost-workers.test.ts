import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { after, test } from 'node:test';
import { openWorld } from '../../test/world.ts';
import { ctxOf } from './feature.ts';
import { addJob, runJobs } from './jobs.ts';

const world = await openWorld();
after(() => world.close());
const { db } = world.runtime;
const options = { crontab: [], ctxOf: () => ctxOf(world.runtime, world.system.actor), log: () => undefined };

/** A process that takes the job and never ends it. */
const holder = `
  import { openDb } from './src/kernel/db.ts';
  import { runJobs } from './src/kernel/jobs.ts';
  const db = openDb(process.env.LOST_URL, { poolSize: 2 });
  const endless = () => { process.stdout.write('taken'); return new Promise(() => {}); };
  await runJobs(db, { 'test:long': endless }, { crontab: [], ctxOf: () => ({}), log: () => undefined });
`;

test('a job whose worker was killed begins again soon; one whose worker lives is left to it', async () => {
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', holder], {
    env: { ...process.env, LOST_URL: world.runtime.db.url },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await db.transaction((tx) => addJob(tx, 'test:long'));
  await once(child.stdout, 'data');
  let begun = 0;
  const running = await runJobs(
    db,
    {
      'test:long': async () => {
        begun += 1;
      },
    },
    { ...options, lostAfterMs: 200 },
  );
  try {
    await new Promise((done) => setTimeout(done, 1500));
    assert.equal(begun, 0, 'taken from a worker that lives');
    child.kill('SIGKILL');
    await once(child, 'exit');
    for (let turn = 0; turn < 100 && begun === 0; turn += 1)
      await new Promise((done) => setTimeout(done, 100));
    assert.equal(begun, 1);
  } finally {
    child.kill('SIGKILL');
    await running.stop();
  }
});
