import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import { courseInput, createCourse, publishCourse } from '../src/catalogue/index.ts';
import { reconcileCounters } from '../src/insight/index.ts';
import type { Ctx } from '../src/kernel/context.ts';
import { changeFacts } from '../src/kernel/facts.ts';
import { newId } from '../src/kernel/ids.ts';
import { undoImport } from '../src/kernel/imports/index.ts';
import { enrolLearner } from '../src/learning/index.ts';
import { commit, csv } from './imports/files.ts';
import { openWorld } from './world.ts';

const world = await openWorld();
after(() => world.close());
const { db } = world.runtime;

test('a roster is undone, or its people learn: what was answered to somebody belongs to a record that is there', async () => {
  const lesson = { code: 'text', kind: 'text' as const, title: 'पाठ', body: '# पाठ' };
  await createCourse(
    world.system,
    courseInput.parse({ code: 'CC', title: { hi: 'क', en: 'C' }, lessons: [lesson] }),
  );
  await publishCourse(world.system, 'CC');
  for (let round = 0; round < 8; round += 1) {
    const line = `RR${round},N X,SW-JHS,2026-01-01`;
    const { result } = await commit(
      world.system,
      'roster',
      csv('employee_code,name_en,office_code,posted_on', line),
    );
    const found = await sql<{ id: string }>`select person_id as id from person
      where employee_code = ${`RR${round}`}`.execute(db.read);
    const id = found.rows[0]?.id ?? '';
    const done = (act: Promise<unknown>) =>
      act.then(
        () => true,
        () => false,
      );
    const undone = done(undoImport(world.system, result.id));
    await wait((round % 4) * 10);
    const learnt = done(round % 2 ? enrolLearner(as(id), { courseCode: 'CC' }) : complete(id));
    const outcome = `${(await undone) ? 'undone' : 'kept'}, ${(await learnt) ? 'learnt' : 'refused'}`;
    assert.notEqual(outcome, 'undone, learnt');
  }
  const lost = await sql<{ count: number }>`select count(*)::integer as count from (
      select person_id from enrolment union all select person_id from completion where voided_at is null) acts
    join person using (person_id) where person.account_day is null`.execute(db.read);
  assert.equal(lost.rows[0]?.count, 0);
  assert.deepEqual((await reconcileCounters(world.system)).differences, []);
});

function as(personId: string): Ctx {
  const { actor } = world.as('sunita');
  return { ...world.as('sunita'), actor: { ...actor, personId, grants: [] } as Ctx['actor'] };
}

function complete(id: string): Promise<unknown> {
  const completionId = newId();
  return db.transaction((tx) =>
    changeFacts(tx, { ids: [id], hint: { kind: 'completed', completionIds: [completionId] } }, () =>
      sql`insert into completion (person_id, completion_id, course_id, completed_day, completed_at, source, minutes, office_id)
        select ${id}, ${completionId}, course.course_id, '2026-11-22', now(), 'daksh', 30, posting.office_id
        from posting, course where person_id = ${id} and posting.voided_at is null and course.code = 'CC' limit 1`.execute(
        tx,
      ),
    ),
  );
}
