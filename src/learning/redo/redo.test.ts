import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { openWorld } from '../../../test/world.ts';
import {
  courseByCode,
  courseInput,
  createCourse,
  publishCourse,
  saveCourseDraft,
} from '../../catalogue/index.ts';
import { changeFacts } from '../../kernel/facts.ts';
import { enrolLearner } from '../enrol-learner.ts';
import { reportEngagement } from '../report-engagement.ts';
import { followVersion, previewRedo } from './follow-version.ts';
import { progressOfRedo } from './redo-store.ts';

const world = await openWorld();
after(() => world.close());
const author = world.as('author');

type Lesson = { code: string; body: string };
const course = (code: string, lessons: Lesson[]) =>
  courseInput.parse({
    code,
    title: { hi: 'पेंशन के नियम' },
    lessons: lessons.map((one) => ({
      code: one.code,
      kind: 'text',
      title: one.code,
      body: one.body,
      minimumSeconds: 0,
      durationMinutes: 5,
    })),
  });

async function published(code: string) {
  const lessons = [
    { code: 'l1', body: 'पहला पाठ' },
    { code: 'l2', body: 'दूसरा पाठ' },
  ];
  await createCourse(author, course(code, lessons));
  await publishCourse(author, code);
}

async function nextVersion(code: string, lessons: Lesson[], redo: 'nobody' | 'unfinished' | 'everybody') {
  await saveCourseDraft(author, code, course(code, lessons));
  await publishCourse(author, code, { redo });
  const current = await courseByCode(world.runtime.db, code);
  await followVersion(world.system, current?.currentVersionId ?? '');
  return current;
}

async function learn(key: string, code: string, lessons: string[]) {
  const ctx = world.as(key);
  const { enrolment } = await enrolLearner(ctx, { courseCode: code });
  for (const lesson of enrolment.lessons.filter((one) => lessons.includes(one.code))) {
    for (const seconds of [0, 60]) {
      world.clock.set(new Date(world.clock.now().getTime() + 90_000).toISOString());
      await reportEngagement(ctx, { enrolmentId: enrolment.id, lessonId: lesson.id, seconds });
    }
  }
  return enrolLearner(ctx, { courseCode: code });
}

const standing = async (key: string, code: string) => {
  const { enrolment } = await enrolLearner(world.as(key), { courseCode: code });
  return {
    id: enrolment.id,
    status: enrolment.status,
    met: enrolment.lessons.filter((one) => one.met).map((one) => one.code),
  };
};

async function completions(key: string, code: string) {
  const found = await sql<{
    n: number;
  }>`select count(*)::int as n from completion join course using (course_id)
    where person_id = ${world.personId(key)} and code = ${code} and voided_at is null`.execute(
    world.runtime.db.read,
  );
  return found.rows[0]?.n;
}

test('nobody: the unfinished go on where they are', async () => {
  await published('V-1');
  const before = await learn('sunita', 'V-1', ['l1']);
  await nextVersion('V-1', [{ code: 'l1', body: 'नया' }], 'nobody');
  assert.deepEqual((await standing('sunita', 'V-1')).id, before.enrolment.id);
  assert.deepEqual((await standing('sunita', 'V-1')).met, ['l1']);
});

test('unfinished: they move and keep what they met in lessons that say the same; the completed stay', async () => {
  await published('V-2');
  await learn('sunita', 'V-2', ['l1', 'l2']);
  await learn('pushpa', 'V-2', ['l1']);
  await learn('imran', 'V-2', ['l2']);
  const lessons = [
    { code: 'l1', body: 'पहला पाठ' },
    { code: 'l2', body: 'दूसरा पाठ, बदला हुआ' },
  ];
  const current = await nextVersion('V-2', lessons, 'unfinished');
  assert.deepEqual((await standing('sunita', 'V-2')).status, 'completed');
  assert.deepEqual((await standing('pushpa', 'V-2')).met, ['l1']);
  assert.deepEqual((await standing('imran', 'V-2')).met, []);
  const progress = await progressOfRedo(world.runtime.db, current?.courseId ?? '');
  assert.deepEqual(progress, { version: 2, redo: 'unfinished', done: 2, total: 2, isFinished: true });
});

test('unfinished: where the new version asks for nothing more, the course is completed', async () => {
  await published('V-3');
  await learn('pushpa', 'V-3', ['l1']);
  await nextVersion('V-3', [{ code: 'l1', body: 'पहला पाठ' }], 'unfinished');
  assert.equal((await standing('pushpa', 'V-3')).status, 'completed');
  assert.equal(await completions('pushpa', 'V-3'), 1);
});

test('everybody: a completion stays, and doing it again on a later day is a renewal', async () => {
  await published('V-4');
  const done = await learn('sunita', 'V-4', ['l1', 'l2']);
  assert.equal(done.enrolment.status, 'completed');
  const before = await courseByCode(world.runtime.db, 'V-4');
  if (!before) throw new Error('no course');
  const preview = await previewRedo(world.as('operator'), before);
  assert.deepEqual([preview.enrolled, preview.unfinished, preview.completed], [1, 0, 1]);
  assert.equal(
    preview.offices.reduce((sum, row) => sum + row.completed, 0),
    1,
  );
  await nextVersion('V-4', [{ code: 'l1', body: 'एकदम नया' }], 'everybody');
  const again = await standing('sunita', 'V-4');
  assert.notEqual(again.id, done.enrolment.id);
  assert.deepEqual([again.status, again.met], ['notStarted', []]);
  assert.equal(await completions('sunita', 'V-4'), 1);
  world.clock.set('2026-11-24T06:00:00Z');
  await learn('sunita', 'V-4', ['l1']);
  assert.equal((await standing('sunita', 'V-4')).status, 'completed');
  assert.equal(await completions('sunita', 'V-4'), 2);
});

test('done again on the same day: the day’s completion stands, and nothing new is counted', async () => {
  await published('V-5');
  await learn('imran', 'V-5', ['l1', 'l2']);
  await nextVersion('V-5', [{ code: 'l1', body: 'एकदम नया' }], 'everybody');
  await learn('imran', 'V-5', ['l1']);
  assert.equal((await standing('imran', 'V-5')).status, 'completed');
  assert.equal(await completions('imran', 'V-5'), 1);
});

test('20,000 enrolments follow in steps, and a second run changes nothing', async () => {
  await published('V-6');
  const current = await courseByCode(world.runtime.db, 'V-6');
  await world.runtime.db.transaction(async (tx) => {
    await sql`create temp table many on commit drop as select new_id() as person_id, g from generate_series(1, 20000) g`.execute(
      tx,
    );
    await sql`insert into person (person_id, name_hi, account_day, account_source)
      select person_id, 'कार्मिक ' || g, '2026-01-01', 'import' from many`.execute(tx);
    await changeFacts(tx, { table: 'many' }, async () => {
      await sql`insert into enrolment (person_id, enrolment_id, course_id, course_version_id, enrolled_at, enrolled_day,
          last_active_at, lessons_total, completed_at)
        select person_id, new_id(), ${current?.courseId}::uuid, ${current?.currentVersionId}::uuid, now(), '2026-11-20',
          now(), 2, case when g % 4 = 0 then now() end from many`.execute(tx);
    });
  });
  const began = performance.now();
  const next = await nextVersion('V-6', [{ code: 'l1', body: 'नया' }], 'everybody');
  assert.ok(performance.now() - began < 60_000);
  const progress = await progressOfRedo(world.runtime.db, next?.courseId ?? '');
  assert.deepEqual([progress?.done, progress?.total, progress?.isFinished], [20_000, 20_000, true]);
  await followVersion(world.system, next?.currentVersionId ?? '');
  const found = await sql<{ live: number; redone: number }>`select count(*)::int as live,
      (count(*) filter (where redo_of is not null))::int as redone
    from enrolment where course_version_id = ${next?.currentVersionId ?? null} and superseded_at is null`.execute(
    world.runtime.db.read,
  );
  assert.deepEqual(found.rows[0], { live: 20_000, redone: 5000 });
});
