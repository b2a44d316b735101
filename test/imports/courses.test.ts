import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { listCourses } from '../../src/catalogue/course-queries.ts';
import { courseInput, createCourse } from '../../src/catalogue/index.ts';
import { retireCourse } from '../../src/catalogue/publish-course.ts';
import { undoImport } from '../../src/kernel/imports/index.ts';
import { openWorld, type World } from '../world.ts';
import { commit, completions, counts, csv, look } from './files.ts';

let world: World;
before(async () => {
  world = await openWorld();
});
after(() => world.close());

const head = 'course_code,title_hi,title_en,duration_minutes,language,tags,provider';
const take = (...rows: string[]) => commit(world.system, 'courses', csv(head, ...rows));

/** `CODE title state languages tags minutes@from,...` */
async function courses(prefix: string): Promise<string[]> {
  const found = await sql<{
    line: string;
  }>`select concat_ws(' ', c.code, c.title_hi, c.state, c.languages::text, c.tags::text,
      (select string_agg(v.duration_minutes || '@' || v.in_force_from || v.state, ',' order by v.number)
        from course_version v where v.course_id = c.course_id)) as line
    from course c where c.code like ${`${prefix}%`} order by c.code`.execute(world.runtime.db.read);
  return found.rows.map((row) => row.line);
}

test('a course is published, with tags and languages, and found by either script', async () => {
  const { result } = await take('A1,साइबर स्वच्छता,Cyber hygiene,45,hi;English,AI;cyber;,UPAAM');
  assert.deepEqual(counts(result), { rows: 1, added: 1, changed: 0, unchanged: 0, ended: 0, rejected: 0 });
  assert.deepEqual(await courses('A1'), [
    'A1 साइबर स्वच्छता published {hi,en} {ai,cyber} 45@2026-11-22published',
  ]);
  const again = await take('A1,साइबर स्वच्छता,Cyber hygiene,45,hi;English,AI;cyber;,UPAAM');
  assert.equal(again.result.unchanged, 1);
});

test('a changed duration is a new version from the import on; earlier completions keep their minutes', async () => {
  await take('B1,क,,60,,,');
  const done = 'employee_code,course_code,completed_on';
  await commit(world.system, 'completions', csv(done, 'SW1001,B1,2025-01-01'));
  world.clock.set('2026-12-01T06:00:00Z');
  const { result } = await take('B1,क,,90,,,');
  assert.equal(result.changed, 1);
  assert.deepEqual(await courses('B1'), [
    'B1 क published {hi} {} 60@2026-11-22superseded,90@2026-12-01published',
  ]);
  await commit(world.system, 'completions', csv(done, 'SW1002,B1,2026-11-30', 'SW1003,B1,2026-12-01'));
  assert.deepEqual(
    (await completions(world))
      .filter((line) => line.includes(' B1 '))
      .map((line) => line.split(' ').slice(0, 4).join(' ')),
    ['SW1001 B1 2025-01-01 60', 'SW1002 B1 2026-11-30 60', 'SW1003 B1 2026-12-01 90'],
  );
  await assert.rejects(undoImport(world.system, result.id), { reason: 'has_dependents' });
  world.clock.set('2026-11-22T06:00:00Z');
});

test('an undo takes versions and courses back', async () => {
  const first = await take('C1,क,,60,,,', 'C2,ख,,30,,,');
  const before = await courses('C');
  const second = await take('C1,क क,,61,,ai,', 'C3,ग,,30,,,');
  assert.deepEqual([second.result.added, second.result.changed], [1, 1]);
  await assert.rejects(undoImport(world.system, first.result.id), { reason: 'has_dependents' });
  await undoImport(world.system, second.result.id);
  assert.deepEqual(await courses('C'), before);
  await undoImport(world.system, first.result.id);
  assert.deepEqual(await courses('C'), []);
});

test('an undo is refused where a course was retired since; without that it is found by its former title again', async () => {
  await take('F1,अग्निशमन,,60,,,');
  const second = await take('F1,बागवानी,,60,,,');
  const found = async (q: string) =>
    (await listCourses(world.system, { q, limit: 10 })).items.map((c) => c.code);
  assert.deepEqual([await found('bagvani'), await found('agnishaman')], [['F1'], []]);
  await retireCourse(world.system, 'F1');
  await assert.rejects(undoImport(world.system, second.result.id), { message: /edit F1/ });
  await sql`update course set state = 'published', retired_at = null where code = 'F1'`.execute(
    world.runtime.db.read,
  );
  await undoImport(world.system, second.result.id);
  assert.deepEqual([await found('bagvani'), await found('agnishaman')], [[], ['F1']]);
});

test('what is wrong is rejected with the reason', async () => {
  const { result, errors } = await take(
    ',क,,60,,,',
    'D1,,,60,,,',
    'D2,क,,,,,',
    'D3,क,,एक घंटा,,,',
    'D4,क,,60,,,',
    'D4,क,,61,,,',
    'D5,क,,0,,,',
  );
  assert.deepEqual([result.added, result.rejected], [1, 6]);
  assert.deepEqual(
    errors.map((row) => row['reason']?.split(' / ').at(-1)),
    [
      'no code',
      'no name',
      'not a number (duration_minutes)',
      'not a number (duration_minutes)',
      'contradicts an earlier row of this file',
      'the duration must be one minute or more',
    ],
  );
});

test('a course that was made here gets metadata only', async () => {
  const own = { code: 'OWN1', title: { hi: 'अपना', en: 'Own' }, language: 'hi', lessons: [] };
  await createCourse(world.as('author'), courseInput.parse(own));
  const { result } = await take('OWN1,अपना पाठ्यक्रम,,500,ur,ai,');
  assert.equal(result.changed, 1);
  const [line] = await courses('OWN1');
  assert.match(line ?? '', /^OWN1 अपना पाठ्यक्रम draft .*\{ai\}/);
  assert.doesNotMatch(line ?? '', /500/);
});

test('publishers import courses, nodal officers do not', async () => {
  const file = csv(head, 'E1,क,,60,,,');
  assert.equal((await look(world.as('author'), 'courses', file)).result.added, 1);
  await assert.rejects(look(world.as('ramesh'), 'courses', file), { code: 'forbidden' });
});
