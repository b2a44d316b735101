import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { after, beforeEach, test } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import { wav } from '../../../test/wav.ts';
import { openWorld } from '../../../test/world.ts';
import { createCourse, publishCourse, saveFile } from '../../catalogue/index.ts';
import { courseInput } from '../../catalogue/schema.ts';
import { newId } from '../../kernel/ids.ts';
import { enrolLearner } from '../enrol-learner.ts';
import { reportEngagement } from '../report-engagement.ts';
import { moveProgress } from '../stores/merging.ts';
import { addUp } from './slot-store.ts';
import { reportsOfTimeKept, thinReports } from './thin-reports.ts';

const world = await openWorld();
after(() => world.close());
const { db } = world.runtime;
const day = 86_400;
let now = Date.parse('2026-11-22T06:00:00Z');
function at(ms: number) {
  now = ms;
  world.clock.set(new Date(now));
}
const advance = (seconds: number) => at(now + seconds * 1000);
const keeping = (timeReportDays: number) => ({
  ...world.system,
  config: { ...world.system.config, timeReportDays },
});

const upload = { source: Readable.from([wav(100)]), name: 'recording.wav' };
const { fileId } = await saveFile(world.system, world.runtime.storage, upload);
const title = (code: string) => ({ hi: `समय ${code}`, en: `Time ${code}` });
const text = (code: string, minimumSeconds: number) => ({
  ...{
    code,
    kind: 'text',
    title: title(code),
    body: { hi: 'पाठ', en: 'Text' },
    durationMinutes: 90,
    minimumSeconds,
  },
});
const audio = {
  code: 'sound',
  kind: 'audio',
  title: title('sound'),
  asset: { hi: { fileId, transcript: 'शब्द' } },
};

async function course(minimumSeconds = 5000): Promise<string> {
  const code = `T-${newId().slice(-8).toUpperCase()}`;
  const lessons = [text('one', minimumSeconds), text('two', 20), audio];
  await createCourse(world.system, courseInput.parse({ code, title: title(code), lessons }));
  await publishCourse(world.system, code);
  return code;
}

async function learner(key: string, courseCode: string) {
  const ctx = world.as(key);
  const { enrolment } = await enrolLearner(ctx, { courseCode, language: 'hi' });
  const lessons = enrolment.lessons.map(({ id }) => id);
  const tell = (lesson: number, seconds: number, segments?: [number, number][]) =>
    reportEngagement(ctx, {
      ...{ enrolmentId: enrolment.id, lessonId: lessons[lesson] ?? '', seconds, position: seconds },
      ...(segments ? { segments } : {}),
    });
  return { tell, lessons, enrolmentId: enrolment.id, personId: world.personId(key) };
}

/** As after an installation's first start. */
beforeEach(async () => {
  await sql`truncate engagement, engagement_day`.execute(db.read);
  await sql`delete from engagement_slot`.execute(db.read);
  await sql`insert into engagement_slot (slot, state)
    select n, case when n = 0 then 'open' else 'empty' end from generate_series(0, 7) n`.execute(db.read);
});

const one = async <Row>(query: ReturnType<typeof sql<Row>>) => (await query.execute(db.read)).rows[0] as Row;

const standing = () =>
  one(sql<{ single: number; days: unknown[]; states: string }>`select
    (select count(*) from engagement)::int as single,
    (select coalesce(json_agg(json_build_array(day, reports, reported_seconds, credited_seconds, position)
      order by day), '[]') from engagement_day) as days,
    (select string_agg(left(state, 2), ' ' order by slot) from engagement_slot) as states`);

/** Whatever stands as single reports or as a day's sums, by lesson and India day. */
const sumsOf = async (personId: string, slots = '{}') => {
  const found = await sql<
    Record<string, unknown>
  >`select enrolment_id, lesson_id, day, sum(reports)::int as reports,
      sum(reported)::int as reported, sum(credited)::int as credited, min(first_at) as first_at, max(last_at) as last_at,
      range_agg(seen)::text as seen
    from (select e.enrolment_id, e.lesson_id, (happened_at at time zone 'Asia/Kolkata')::date as day, 1 as reports,
          reported_seconds as reported, credited_seconds as credited, happened_at as first_at, happened_at as last_at, seen
        from engagement e join engagement_slot s using (slot)
        where person_id = ${personId} and (after_person_id is null or after_person_id < person_id)
          and slot <> all(${slots}::smallint[])
      union all select enrolment_id, lesson_id, day, reports, reported_seconds, credited_seconds, first_at, last_at, seen
        from engagement_day where person_id = ${personId}) all_of_them
    group by enrolment_id, lesson_id, day order by day, min(first_at), lesson_id`.execute(db.read);
  return found.rows;
};

test('single reports stay for the days that are set; then a lesson’s day is one row, and the table is empty again', async () => {
  const ctx = keeping(35);
  const { tell } = await learner('sunita', await course());
  await tell(0, 0);
  for (const seconds of [30, 31, 32]) {
    advance(30);
    await tell(0, seconds);
  }
  await thinReports(ctx);
  assert.deepEqual(await standing(), { single: 4, days: [], states: 'cl op em em em em em em' });
  const today = '2026-11-22';
  advance(7 * day);
  await tell(0, 300);
  await thinReports(ctx);
  assert.deepEqual(await standing(), { single: 5, days: [], states: 'cl cl op em em em em em' });
  advance(28 * day - 1);
  await thinReports(ctx);
  assert.equal((await standing()).single, 5);
  advance(1);
  await db.pool.query('analyze engagement_0, engagement_1');
  const waiting = await reportsOfTimeKept(ctx);
  assert.deepEqual([waiting.lateSeconds < day, waiting.bytes > 0], [true, true]);
  await thinReports(ctx);
  assert.deepEqual(await standing(), {
    ...{ single: 1, days: [[today, 4, 93, 90, 32]], states: 'em cl op em em em em em' },
  });
  assert.deepEqual((await reportsOfTimeKept(ctx)).waiting, 0);
  const audited = await sql<{
    detail: object;
  }>`select detail from audit_event where action = 'engagement.thinned'`.execute(db.read);
  assert.equal(audited.rows.length, 1);
  assert.deepEqual(
    { ...audited.rows[0]?.detail, to: '' },
    { reports: 4, days: 1, from: null, to: '', keptDays: 35 },
  );
});

test('a report that comes late, from a telephone that had no network, counts for the day on which it comes', async () => {
  const ctx = keeping(1);
  const { tell, personId } = await learner('sunita', await course());
  await tell(0, 0);
  await thinReports(ctx);
  advance(2 * day);
  await thinReports(ctx);
  assert.equal((await standing()).single, 0);
  const late = await tell(0, 3000);
  assert.equal(late.creditedSeconds, 300);
  assert.equal((await tell(0, 3000)).creditedSeconds, 0, 'sent once more, it earns nothing');
  assert.deepEqual(
    (await sumsOf(personId)).map((row) => row['reports']),
    [1, 2],
  );
});

test('where all are to be kept nothing moves', async () => {
  const { tell } = await learner('sunita', await course());
  await tell(0, 0);
  advance(400 * day);
  await thinReports(keeping(0));
  assert.deepEqual(await standing(), { single: 1, days: [], states: 'op em em em em em em em' });
});

test('where no table is free the open one stays open, and nothing is lost', async () => {
  const { tell, personId } = await learner('sunita', await course());
  for (let turn = 0; turn < 8; turn += 1) {
    await tell(0, 10);
    await thinReports(keeping(turn < 5 ? 5 : 3650));
    advance((turn < 4 ? 1 : 800) * day);
  }
  await thinReports(keeping(3650));
  assert.equal((await standing()).states, 'cl cl cl cl cl cl cl op');
  assert.equal((await sumsOf(personId)).length, 8);
});

/** Three learners with two reports each in a table that is due. */
async function threeWithReports() {
  const code = await course();
  const keys = ['sunita', 'imran', 'kamla'];
  const all = [];
  for (const key of keys) all.push(await learner(key, code));
  for (const { tell } of all) await tell(0, 0);
  advance(30);
  for (const { tell } of all) await tell(0, 30);
  await thinReports(keeping(1));
  advance(2 * day);
  return all.sort((a, b) => (a.personId < b.personId ? -1 : 1));
}

test('a portion that was cut off before its commit leaves nothing, and runs that stop between portions go on', async () => {
  const all = await threeWithReports();
  const was = await Promise.all(all.map(({ personId }) => sumsOf(personId)));
  const [first] = all;
  await assert.rejects(
    db.transaction(async (tx) => {
      await addUp(tx, { slot: 0, from: '00000000-0000-0000-0000-000000000000', upTo: first?.personId ?? '' });
      throw new Error('killed');
    }),
  );
  assert.deepEqual(await Promise.all(all.map(({ personId }) => sumsOf(personId))), was);
  for (let run = 0; run < 3; run += 1) {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 1);
    await thinReports(keeping(1), { stopping: stop.signal, most: 1 });
    assert.deepEqual(await Promise.all(all.map(({ personId }) => sumsOf(personId))), was);
  }
  await Promise.all([1, 2, 3].map(() => thinReports(keeping(1), { most: 1 })));
  assert.deepEqual(await Promise.all(all.map(({ personId }) => sumsOf(personId))), was);
  assert.equal((await standing()).single, 0);
});

test('a table is not emptied under a backup that began before its reports were added up', async () => {
  const all = await threeWithReports();
  const backup = await db.bulk.connect();
  try {
    await backup.query('begin isolation level repeatable read read only');
    await backup.query('select 1 from office limit 1');
    await thinReports(keeping(1));
    assert.equal((await standing()).states.slice(0, 2), 'th');
    const seen = await backup.query(`select (select count(*) from engagement)::int as single,
      (select count(*) from engagement_day)::int as days`);
    assert.deepEqual(seen.rows, [{ single: 6, days: 0 }]);
    await backup.query('commit');
  } finally {
    backup.release();
  }
  await thinReports(keeping(1));
  assert.deepEqual([(await standing()).states.slice(0, 2), (await standing()).single], ['em', 0]);
  assert.equal((await sumsOf(all[0]?.personId ?? '')).length, 1);
});

test('a table that holds more than was added up is not emptied', async () => {
  const [first] = await threeWithReports();
  await thinReports(keeping(1), { most: 1, stopping: AbortSignal.abort() });
  await sql`update engagement_slot set after_person_id = ${first?.personId} where slot = 0`.execute(db.read);
  await assert.rejects(thinReports(keeping(1)), /engagement_0 holds 6 reports and 4 are added up/);
  assert.equal((await standing()).single, 6);
});

test('a merge while a table is added up takes each report along once', async () => {
  const [thinned, still, untouched] = await threeWithReports();
  if (!thinned || !still || !untouched) throw new Error('three');
  await db.transaction((tx) =>
    addUp(tx, { slot: 0, from: '00000000-0000-0000-0000-000000000000', upTo: thinned.personId }),
  );
  for (const from of [thinned, still]) {
    const survivorId = newId();
    const was = await sumsOf(from.personId);
    await db.transaction((tx) => moveProgress(tx, { survivorId, mergedId: from.personId }));
    assert.deepEqual(await sumsOf(survivorId), was);
    await thinReports(keeping(1), { most: 1 });
    assert.deepEqual(await sumsOf(survivorId), was);
    assert.deepEqual(await sumsOf(from.personId), was);
  }
  assert.equal((await sumsOf(untouched.personId)).length, 1);
});

type Step = { wait: number; lesson: number; seconds: number; times: number; beside: boolean; thin: number };
const step = fc.record<Step>({
  wait: fc.constantFrom(1, 20, 30, 300, 4000, day - 1, day, 3 * day),
  lesson: fc.nat(2),
  seconds: fc.constantFrom(0, 0.5, 10, 30, 300, 4000),
  times: fc.constantFrom(1, 1, 2),
  beside: fc.boolean(),
  thin: fc.nat(4),
});

/** All that is known of this learner in this course, but for whose it is. */
async function known({ personId, enrolmentId, lessons }: Awaited<ReturnType<typeof learner>>) {
  const lesson = sql`array_position(${lessons}::uuid[], lesson_id)`;
  const found = await one(sql<Record<string, unknown>>`select
    (select json_agg(to_jsonb(p) - '{person_id,enrolment_id,lesson_id}'::text[] order by ${lesson}) from lesson_progress p
      where person_id = ${personId} and enrolment_id = ${enrolmentId}) as progress,
    (select to_jsonb(c) - 'person_id' from learner_clock c where person_id = ${personId}) as clock,
    (select to_jsonb(e) - '{person_id,enrolment_id,current_lesson_id}'::text[] from enrolment e
      where person_id = ${personId} and enrolment_id = ${enrolmentId}) as enrolment,
    (select json_agg(json_build_array(completed_at, completed_day, minutes)) from completion
      where person_id = ${personId} and enrolment_id = ${enrolmentId} and voided_at is null) as completions`);
  const reports = (await sumsOf(personId))
    .filter((row) => row['enrolment_id'] === enrolmentId)
    .map(({ enrolment_id: _, lesson_id, ...row }) => ({ ...row, lesson: lessons.indexOf(String(lesson_id)) }))
    .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  return { ...found, reports };
}

async function play(
  learning: Awaited<ReturnType<typeof learner>>,
  steps: Step[],
  thin: (portion: number) => Promise<void>,
) {
  const answers: unknown[] = [];
  for (const { wait, lesson, seconds, times, beside, thin: portion } of steps) {
    advance(wait);
    const segments =
      lesson === 2 ? ([[wait % 90, (wait % 90) + Math.min(10, seconds)]] as [number, number][]) : undefined;
    // One after the other, at the same instant: which of two at once comes first is chance, also without thinning.
    for (let time = 0; time < times; time += 1) answers.push(await learning.tell(lesson, seconds, segments));
    // A second telephone.
    if (beside) answers.push(await learning.tell((lesson + 1) % 2, seconds));
    if (portion > 0) await thin(portion);
  }
  return answers;
}

test('whenever reports are added up, progress, completions, minutes and sums are what they are without', async () => {
  let addedUp = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 12 }), fc.nat(3), async (steps, speed) => {
      advance(10 * day);
      await sql`update learner_clock set carried_seconds = 0, spent = null`.execute(db.read);
      const code = await course(30);
      const began = now;
      const plain = await learner('sunita', code);
      const answered = await play(plain, steps, async () => undefined);
      const wanted = await known(plain);
      at(began);
      const other = await learner('imran', code);
      const thinned = await play(other, steps, async (portion) => {
        const stop = new AbortController();
        if (speed > 0) setTimeout(() => stop.abort(), speed);
        await thinReports(keeping(1), { most: portion, stopping: stop.signal });
      });
      assert.deepEqual(thinned, answered);
      assert.deepEqual(await known(other), wanted);
      // Whatever was cut off before is done in the end.
      for (let turn = 0; turn < 3; turn += 1) {
        advance(3 * day);
        await thinReports(keeping(1));
      }
      assert.deepEqual(await known(other), wanted);
      addedUp += (await standing()).days.length;
    }),
    { numRuns: 5, endOnFailure: true },
  );
  assert.ok(addedUp > 0);
});
