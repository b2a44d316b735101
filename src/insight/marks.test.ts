import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as rest } from 'node:timers/promises';
import { sql } from 'kysely';
import { openWorld } from '../../test/world.ts';
import { changeFacts } from '../kernel/facts.ts';
import { newId } from '../kernel/ids.ts';
import { projectRoot } from '../kernel/project-root.ts';
import { officeSummary, rebuildCounters, reconcileCounters, settleMarks } from './index.ts';

const world = await openWorld();
after(() => world.close());
const db = world.runtime.db;
const cast = ['sunita', 'ramesh', 'anita', 'imran', 'pushpa', 'secretary', 'kamla', 'geeta'];
const courses = Array.from({ length: 3 }, () => newId());

before(async () => {
  await rebuildCounters(world.system);
  await sql`insert into course (course_id, code, title_en, state)
    select id, id, 'X', 'published' from unnest(${courses}::uuid[]) as id`.execute(db.read);
});

async function complete(key: string, courseId: string): Promise<void> {
  const personId = world.personId(key);
  const completionId = newId();
  await db.transaction((tx) =>
    changeFacts(tx, { ids: [personId], hint: { kind: 'completed', completionIds: [completionId] } }, () =>
      sql`insert into completion (person_id, completion_id, course_id, completed_day, completed_at, source, minutes)
        values (${personId}, ${completionId}, ${courseId}, '2026-11-22', ${new Date()}, 'daksh', 30)
        on conflict do nothing`.execute(tx),
    ),
  );
}

async function tag(courseId: string, tags: string[]): Promise<void> {
  await sql`update course set tags = ${tags}::text[] where course_id = ${courseId}`.execute(db.read);
}

async function assertReach(): Promise<void> {
  await settleMarks(world.runtime);
  const summary = await officeSummary(world.system, { code: 'UP' });
  for (const [topic, counted] of [
    ['ai', summary.aiReach],
    ['cyber', summary.cyberReach],
  ] as const) {
    const found = await sql<{ count: number }>`select count(distinct person_id) as count
      from completion join course using (course_id) join posting using (person_id)
      where ${topic} = any(tags) and completion.voided_at is null and ends_on is null`.execute(db.read);
    assert.equal(counted, found.rows[0]?.count, topic);
  }
  assert.deepEqual((await reconcileCounters(world.system)).differences, []);
}

test('a changed tag is counted for everybody who completed the course, while others complete it', async () => {
  const [course = '', other = ''] = courses;
  await Promise.all(cast.slice(0, 5).map((key) => complete(key, course)));
  await tag(course, ['ai']);
  await Promise.all([
    settleMarks(world.runtime, 1),
    settleMarks(world.runtime, 2),
    ...cast.slice(5).map((key) => complete(key, course)),
    ...cast.map((key) => complete(key, other)),
  ]);
  await assertReach();
  await tag(course, ['cyber']);
  await tag(other, ['ai', 'cyber']);
  await Promise.all([settleMarks(world.runtime, 1), ...cast.map((key) => complete(key, newId()))]);
  await assertReach();
});

test('a new course counts by its tags from the start, and without any tag it counts no more', async () => {
  const courseId = newId();
  await sql`insert into course (course_id, code, title_en, state, tags)
    values (${courseId}, 'NEW-AI', 'X', 'draft', '{ai}')`.execute(db.read);
  await complete('sunita', courseId);
  await assertReach();
  for (const id of [...courses, courseId]) await tag(id, []);
  await assertReach();
  assert.equal((await officeSummary(world.system, { code: 'UP' })).aiReach, 0);
});

test('a process killed while it counts by changed tags leaves figures that agree with the events', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'daksh-'));
  const script = join(projectRoot(), 'test/golden/settling-process.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script, db.url, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  for (const id of courses) await Promise.all(cast.map((key) => complete(key, id)));
  for (const id of courses) await tag(id, ['ai', 'cyber']);
  await rest(25);
  child.kill('SIGKILL');
  await once(child, 'exit');
  await assertReach();
  rmSync(folder, { recursive: true, force: true });
});
