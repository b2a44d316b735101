import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import { freePort, startProgram } from '../../test/program.ts';
import { signedIn } from '../../test/signed-in.ts';
import { openWorld } from '../../test/world.ts';
import { courseInput, createCourse, publishCourse } from '../catalogue/index.ts';
import { enrolLearner } from '../learning/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'daksh-'));
// Sessions must be fresh by the clock of the real server.
const world = await openWorld({ now: new Date().toISOString() });
const port = await freePort();
const child = startProgram(world, { folder, port });
after(async () => {
  if (child.exitCode === null && child.signalCode === null) {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What the server answered to, by status; 0 where nobody answered. */
const answers = new Map<number, number>();
let isOver = false;

test('SIGTERM under load: what was acknowledged is there, jobs are done or free, keep-alive holds nobody up', async () => {
  const reporters = await Promise.all(['sunita', 'imran', 'pushpa', 'kamla'].map(reporter));
  await until(async () => (await fetch(address('/readyz')).catch(() => undefined))?.ok === true);
  const streams = reporters.flatMap((report) => [stream(report), stream(report)]);
  await until(async () => (answers.get(200) ?? 0) > 100);
  await sql`select graphile_worker.add_job('seal_audit') from generate_series(1, 200)`.execute(
    world.runtime.db.read,
  );
  const told = performance.now();
  child.kill('SIGTERM');
  const [status] = await once(child, 'exit');
  const ms = performance.now() - told;
  isOver = true;
  await Promise.all(streams);
  assert.equal(status, 0);
  assert.ok(ms < 5000, `took ${Math.round(ms)} ms`);
  const known = [...answers.keys()].filter((one) => ![0, 200, 503].includes(one));
  assert.deepEqual(known, []);
  const acknowledged = answers.get(200) ?? 0;
  const kept = await countOf('engagement');
  assert.ok(kept >= acknowledged, `${acknowledged} acknowledged, ${kept} kept`);
  assert.equal(await countOf('graphile_worker._private_jobs', sql`locked_at is not null`), 0);
});

async function reporter(key: string): Promise<() => Promise<number>> {
  const code = `STOP-${key}`;
  const lesson = { code: 'text', kind: 'text', title: 'पाठ', body: '# पाठ', minimumSeconds: 86_400 };
  const title = { hi: 'रुकना', en: 'Stopping' };
  await createCourse(world.system, courseInput.parse({ code, title, lessons: [lesson] }));
  await publishCourse(world.system, code);
  const { enrolment } = await enrolLearner(world.as(key), { courseCode: code });
  const { headers } = await signedIn(world, key);
  const body = JSON.stringify({
    ...{ enrolmentId: enrolment.id, lessonId: enrolment.lessons[0]?.id },
    seconds: 1,
  });
  return async () => {
    const sent = { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body };
    const answer = await fetch(address('/api/v1/engagement'), sent);
    await answer.text();
    return answer.status;
  };
}

async function stream(report: () => Promise<number>): Promise<void> {
  while (!isOver) {
    const status = await report().catch(() => 0);
    answers.set(status, (answers.get(status) ?? 0) + 1);
    if (status !== 200) await wait(20);
  }
}

async function countOf(table: string, where = sql<boolean>`true`): Promise<number> {
  const found = await sql<{
    n: number;
  }>`select count(*)::int as n from ${sql.raw(table)} where ${where}`.execute(world.runtime.db.read);
  return found.rows[0]?.n ?? 0;
}

function address(path: string): string {
  return `http://127.0.0.1:${port}${path}`;
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 1200; tries += 1) {
    if (await holds()) return;
    await wait(25);
  }
  assert.fail(`waited in vain; answers: ${JSON.stringify([...answers])}`);
}
