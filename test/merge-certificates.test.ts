import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { issueCertificates } from '../src/credentials/issue-certificates.ts';
import { replaceCertificate } from '../src/credentials/replace-certificate.ts';
import { insertCourse } from '../src/credentials/test-completion.ts';
import { verifyCertificate } from '../src/credentials/verify-certificate.ts';
import { rebuildCounters, reconcileCounters } from '../src/insight/index.ts';
import { changeFacts } from '../src/kernel/facts.ts';
import { newId } from '../src/kernel/ids.ts';
import { addPerson } from '../src/people/desk/add-person.ts';
import { mergePersons } from '../src/people/desk/merge-persons.ts';
import { openWorld } from './world.ts';

const world = await openWorld();
after(() => world.close());
const ramesh = world.as('ramesh');
await rebuildCounters(world.system);

async function twinOf(code: string): Promise<string> {
  const { personId } = await addPerson(ramesh, {
    nameHi: `सुनीता वर्मा ${code}`,
    code,
    issuer: 'EHRMS',
    language: 'hi',
    officeCode: 'SW-BBK-SCH',
    startsOn: '2020-01-01',
  });
  return personId;
}

/** A completion of 1 November; the number of its certificate, where Daksh decided it. */
async function complete(personId: string, courseId: string, source: string): Promise<string | undefined> {
  const completionId = newId();
  return world.runtime.db.transaction(async (tx) => {
    await changeFacts(tx, { ids: [personId] }, () =>
      sql`insert into completion (person_id, completion_id, course_id, completed_day, completed_at, source, minutes, office_id)
        values (${personId}, ${completionId}, ${courseId}, '2026-11-01', '2026-11-01T06:00:00Z', ${source}, 60,
          ${world.officeId('SW-BBK')})`.execute(tx),
    );
    return (await issueCertificates(tx, world.system, [{ personId, completionId }])).get(completionId);
  });
}

const stateOf = async (number: string | undefined) =>
  (await verifyCertificate(world.system, number ?? '')).state;

test('of two certificates for one course and day the one whose completion counts stays, though it is the later', async () => {
  const courseId = await insertCourse(world, { code: 'TWICE', hi: 'दोनों ने', en: 'Both' });
  const [survivorId, mergedId] = [world.personId('sunita'), await twinOf('SW9001')];
  const theirs = await complete(mergedId, courseId, 'daksh');
  const own = await complete(survivorId, courseId, 'daksh');
  await mergePersons(ramesh, { survivorId, mergedId });
  assert.deepEqual([await stateOf(own), await stateOf(theirs)], ['valid', 'revoked']);
  const revocations = await sql`select 1 from audit_event where action = 'certificate.revoked'
    and subject_id = ${theirs ?? ''}`.execute(world.runtime.db.read);
  assert.equal(revocations.rows.length, 1);
  await replaceCertificate(ramesh, { certificateNo: own ?? '', reason: 'नाम ठीक किया गया' });
  assert.deepEqual((await reconcileCounters(world.system)).differences, []);
});

test('a completion that Daksh decided counts before one brought from elsewhere, and its certificate with it', async () => {
  const courseId = await insertCourse(world, { code: 'ONCE', hi: 'एक ने', en: 'One' });
  const [survivorId, mergedId] = [world.personId('sunita'), await twinOf('SW9002')];
  await complete(survivorId, courseId, 'igot');
  const number = await complete(mergedId, courseId, 'daksh');
  await mergePersons(ramesh, { survivorId, mergedId });
  assert.equal(await stateOf(number), 'valid');
  const kept = await sql<{
    source: string;
  }>`select c.source from completion c join certificate k using (person_id, completion_id)
    where c.person_id = ${survivorId} and c.course_id = ${courseId} and c.voided_at is null`.execute(
    world.runtime.db.read,
  );
  assert.deepEqual(kept.rows, [{ source: 'daksh' }]);
  await replaceCertificate(ramesh, { certificateNo: number ?? '', reason: 'नाम ठीक किया गया' });
  assert.deepEqual((await reconcileCounters(world.system)).differences, []);
});
