import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { officeSummary, reconcileCounters } from '../src/insight/index.ts';
import { changeFacts } from '../src/kernel/facts.ts';
import { newId } from '../src/kernel/ids.ts';
import { addPerson } from '../src/people/desk/add-person.ts';
import { addPosting } from '../src/people/desk/add-posting.ts';
import { endPosting } from '../src/people/desk/end-posting.ts';
import { mergePersons, previewPersonsMerge } from '../src/people/desk/merge-persons.ts';
import { movePerson } from '../src/people/desk/move-person.ts';
import { personRecord } from '../src/people/desk/stores/person-record.ts';
import { openWorld } from './world.ts';

const world = await openWorld();
after(() => world.close());
const ramesh = world.as('ramesh');
const anita = world.as('anita');
// Whoever inserted the cast did not go through the commands: the counters begin from the events.
const { rebuildCounters } = await import('../src/insight/index.ts');
await rebuildCounters(world.system);

async function addCourse(code: string): Promise<string> {
  const courseId = newId();
  await sql`insert into course (course_id, code, title_en) values (${courseId}, ${code}, ${code})`.execute(
    world.runtime.db.read,
  );
  return courseId;
}

async function complete(personId: string, courseId: string, day: string): Promise<void> {
  await world.runtime.db.transaction((tx) =>
    changeFacts(tx, { ids: [personId] }, async () => {
      await sql`insert into completion (person_id, completion_id, course_id, completed_day, source, minutes)
        values (${personId}, ${newId()}, ${courseId}, ${day}, 'test', 30)`.execute(tx);
    }),
  );
}

async function requireClean(): Promise<void> {
  const found = await reconcileCounters(world.system);
  assert.deepEqual(found.differences, []);
}

test('after adding, moving, charging, ending and merging the counters are what the events say', async () => {
  const { personId: twin } = await addPerson(ramesh, {
    nameHi: 'सुनीता वर्मा',
    code: 'SW9009',
    issuer: 'EHRMS',
    language: 'hi',
    officeCode: 'SW-BBK-SCH',
    startsOn: '2020-01-01',
  });
  await requireClean();
  const survivor = world.personId('sunita');
  const [first, second] = [await addCourse('M-1'), await addCourse('M-2')];
  await complete(survivor, first, '2026-05-01');
  await complete(twin, first, '2026-05-01');
  await complete(twin, first, '2026-03-01');
  await complete(twin, second, '2026-06-01');
  const before = await officeSummary(world.system, { code: 'SW' });
  const { effects } = await previewPersonsMerge(ramesh, { survivorId: survivor, mergedId: twin });
  const count = (label: string) => effects.find((effect) => effect.label.en === label)?.count;
  assert.equal(count('Completions that are added'), 2);
  assert.equal(count('Completions in both, which count once'), 1);
  await mergePersons(ramesh, { survivorId: survivor, mergedId: twin });
  const after = await officeSummary(world.system, { code: 'SW' });
  assert.equal(after.registered, (before.registered ?? 0) - 1);
  assert.equal(before.completions, 3, 'two of the twin, one of the survivor');
  assert.equal(after.completions, 2, 'each course once for one person');
  assert.equal(after.renewals, 1);
  await requireClean();
});

test('transfers now and to come, further charges and retirements keep the counters right', async () => {
  const imran = world.personId('imran');
  await movePerson(anita, { personId: imran, officeCode: 'SW-JHS', startsOn: '2026-12-01' });
  await requireClean();
  const pushpa = world.personId('pushpa');
  await addPosting(anita, {
    personId: pushpa,
    officeCode: 'SW-DIR',
    kind: 'deputation',
    startsOn: '2026-11-01',
  });
  await requireClean();
  const posting = (await personRecord(world.runtime.db.read, imran))?.postings.find((p) => p.endsOn !== null);
  await endPosting(anita, {
    personId: imran,
    postingId: posting?.postingId ?? '',
    endsOn: '2026-11-20',
    endReason: 'retired',
  });
  await requireClean();
});
