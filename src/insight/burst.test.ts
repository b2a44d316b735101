import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { cast } from '../../demo/cast.ts';
import { openWorld } from '../../test/world.ts';
import { courseInput, createCourse, publishCourse } from '../catalogue/index.ts';
import { changeFacts } from '../kernel/facts.ts';
import { newId } from '../kernel/ids.ts';
import { enrolLearner } from '../learning/index.ts';
import { makeToken } from '../people/index.ts';
import { foldCounters, officeSummary, rebuildCounters, reconcileCounters } from './index.ts';

const world = await openWorld();
after(() => world.close());
const db = world.runtime.db;
const keys = ['sunita', 'ramesh', 'anita', 'imran', 'pushpa', 'kamla', 'geeta', 'cmo'];
const codes = ['B1', 'B2', 'B3', 'B4'];

async function publishCourses(): Promise<void> {
  const quiz = { questions: [{ code: 'q1', kind: 'numeric', text: '1 + 1?', answer: 2 }] };
  const lesson = { code: 'quiz', kind: 'quiz', title: 'जाँच', durationMinutes: 20, quiz };
  for (const code of codes) {
    await createCourse(world.system, courseInput.parse({ code, title: { hi: code }, lessons: [lesson] }));
    await publishCourse(world.system, code);
  }
}

async function importedCompletion(key: string, code: string, day: string): Promise<void> {
  const personId = world.personId(key);
  await db.transaction((tx) =>
    changeFacts(tx, { ids: [personId] }, () =>
      sql`insert into completion (person_id, completion_id, course_id, completed_day, source, minutes, office_id)
        select ${personId}, ${newId()}, course_id, ${day}, 'igot', 45, ${world.officeId('SW-BBK')} from course
        where code = ${code}`.execute(tx),
    ),
  );
}

async function secondPosting(key: string): Promise<void> {
  const personId = world.personId(key);
  await db.transaction((tx) =>
    changeFacts(tx, { ids: [personId] }, () =>
      sql`insert into posting (person_id, posting_id, office_id, engagement, kind, starts_on)
        values (${personId}, ${newId()}, ${world.officeId('HF-BBK')}, 'permanent', 'additional_charge', '2026-01-01')`.execute(
        tx,
      ),
    ),
  );
}

async function attemptBy(key: string, code: string) {
  const { enrolment } = await enrolLearner(world.as(key), { courseCode: code });
  const token = await tokenOf(key);
  const app = await world.app();
  const url = `/api/v1/enrolments/${enrolment.id}/lessons/${enrolment.lessons[0]?.id}/attempts`;
  return () =>
    app.inject({
      method: 'POST',
      url,
      headers: { authorization: `Bearer ${token}` },
      payload: { answers: { q1: 2 } },
    });
}

function tokenOf(key: string): Promise<string> {
  const employeeCode = cast.find((member) => member.key === key)?.code ?? '';
  return makeToken(world.system, { employeeCode });
}

test('after a burst of completions the counters agree with the events, whatever the histories are', async () => {
  await publishCourses();
  await rebuildCounters(world.system);
  await importedCompletion('sunita', 'B1', '2026-11-22');
  await importedCompletion('imran', 'B1', '2026-10-01');
  await secondPosting('pushpa');
  const before = await officeSummary(world.system, { code: 'UP' });
  const attempts = [];
  for (const key of keys) for (const code of codes) attempts.push(await attemptBy(key, code));
  const replies = await Promise.all(attempts.flatMap((attempt) => [attempt(), attempt()]));
  assert.deepEqual([...new Set(replies.map((reply) => reply.statusCode))], [201]);
  assert.equal(replies.filter((reply) => reply.json().courseCompleted).length, keys.length * codes.length);
  const now = await officeSummary(world.system, { code: 'UP' });
  // Two were completed before: one of the same day, which gave way, and an earlier one, which makes a renewal.
  assert.equal((now.completions ?? 0) - (before.completions ?? 0), keys.length * codes.length - 2);
  assert.equal((now.renewals ?? 0) - (before.renewals ?? 0), 1);
  const voided = await sql`select 1 from completion where voided_at is not null and source = 'igot'`.execute(
    db.read,
  );
  assert.equal(voided.rows.length, 1);
  assert.deepEqual((await reconcileCounters(world.system)).differences, []);
  await foldCounters(world.runtime);
  assert.deepEqual((await reconcileCounters(world.system)).differences, []);
});
