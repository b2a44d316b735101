import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { openWorld } from '../../../test/world.ts';
import { Refusal } from '../../kernel/errors.ts';
import { addPerson } from './add-person.ts';
import { mergePersons, previewPersonsMerge } from './merge-persons.ts';
import { personRecord } from './stores/person-record.ts';

const world = await openWorld();
after(() => world.close());

const refusedAs = (code: string, reason?: string) => (error: unknown) =>
  error instanceof Refusal && error.code === code && (reason === undefined || error.reason === reason);

const twin = {
  nameHi: 'सुनिता वर्मा',
  code: 'SW9001',
  issuer: 'EHRMS',
  mobile: '9000000001',
  language: 'hi' as const,
  officeCode: 'SW-BBK',
  startsOn: '2020-01-01',
};

test('somebody with the same mobile and a like name is shown before being added again', async () => {
  const ramesh = world.as('ramesh');
  await assert.rejects(addPerson(ramesh, twin), (error: unknown) => {
    assert.ok(error instanceof Refusal && error.reason === 'maybe_duplicate');
    assert.deepEqual(
      (error.details['candidates'] as { code: string }[]).map((person) => person.code),
      ['SW1001'],
    );
    return true;
  });
  await addPerson(ramesh, { ...twin, isAnother: 'yes' });
  await assert.rejects(addPerson(ramesh, { ...twin, isAnother: 'yes' }), (error: unknown) => {
    return error instanceof Refusal && error.fields[0]?.code === 'code_taken';
  });
  await assert.rejects(
    addPerson(ramesh, { ...twin, code: 'SW9002', officeCode: 'SW-JHS' }),
    (error: unknown) => {
      return error instanceof Refusal && error.fields[0]?.code === 'office_outside';
    },
  );
});

test('a merge widens the posting that both have, and old codes and contacts lead to the survivor', async () => {
  const ramesh = world.as('ramesh');
  const survivorId = world.personId('sunita');
  const mergedId = await idOf('SW9001');
  const preview = await previewPersonsMerge(ramesh, { survivorId, mergedId });
  assert.deepEqual(
    preview.effects.slice(0, 3).map((effect) => effect.count),
    [0, 1, 1],
  );
  await mergePersons(ramesh, { survivorId, mergedId });
  assert.equal(await idOf('SW9001'), survivorId);
  const survivor = await personRecord(world.runtime.db.read, survivorId);
  assert.deepEqual(
    survivor?.postings.map((posting) => [posting.officeCode, posting.startsOn, posting.endsOn]),
    [['SW-BBK', '2020-01-01', null]],
  );
  assert.equal(survivor?.accountDay, '2020-01-01');
  const merged = await personRecord(world.runtime.db.read, mergedId);
  assert.equal(merged?.mergedInto, survivorId);
  assert.deepEqual(merged?.postings, []);
  await assert.rejects(mergePersons(ramesh, { survivorId, mergedId }), refusedAs('not_found'));
});

test('nobody merges himself, a person of another subtree, or one who holds a right further up', async () => {
  const ramesh = world.as('ramesh');
  const survivorId = world.personId('sunita');
  await assert.rejects(
    mergePersons(ramesh, { survivorId, mergedId: world.personId('ramesh') }),
    refusedAs('conflict', 'own_record'),
  );
  await assert.rejects(
    mergePersons(ramesh, { survivorId, mergedId: world.personId('kamla') }),
    refusedAs('not_found'),
  );
  await sql`insert into role_grant (person_id, role_grant_id, role, office_id, starts_on)
    values (${world.personId('imran')}, gen_random_uuid(), 'leader', ${world.officeId('UP')}, '2026-01-01')`.execute(
    world.runtime.db.read,
  );
  await assert.rejects(
    mergePersons(ramesh, { survivorId, mergedId: world.personId('imran') }),
    refusedAs('conflict', 'holds_higher_role'),
  );
});

async function idOf(code: string): Promise<string> {
  const found = await sql<{
    id: string;
  }>`select person_id as id from person_code where code = ${code}`.execute(world.runtime.db.read);
  return found.rows[0]?.id ?? '';
}
