import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { openWorld } from '../../test/world.ts';
import { addPerson } from '../people/desk/add-person.ts';
import { mergePersons } from '../people/desk/merge-persons.ts';
import { asAsked } from '../people/index.ts';
import { saveReport, visibleReports } from './keep-report.ts';

const world = await openWorld();
after(() => world.close());

const ramesh = world.as('ramesh');

async function twinOf(code: string): Promise<string> {
  const place = { officeCode: 'SW-BBK-SCH', startsOn: '2020-01-01' };
  const twin = { nameHi: `रमेश ${code}`, code, issuer: 'EHRMS', language: 'hi', ...place } as const;
  return (await addPerson(ramesh, twin)).personId;
}

test('what a merged record had saved is the survivor’s, and the merge is on record', async () => {
  const mergedId = await twinOf('SW9101');
  const reportId = await saveReport(ramesh, {
    name: 'मासिक',
    definition: { subject: 'people', office: 'SW-BBK', groups: ['group'], measures: ['registered'] },
  });
  await sql`update report set owner_id = ${mergedId} where report_id = ${reportId}`.execute(
    world.runtime.db.read,
  );
  assert.ok(!(await visibleReports(ramesh)).some((one) => one.reportId === reportId));
  await mergePersons(world.system, { survivorId: world.personId('ramesh'), mergedId });
  assert.ok((await visibleReports(ramesh)).some((one) => one.reportId === reportId));
  const kept =
    await sql`select 1 from audit_event where action = 'report.moved' and person_id = ${world.personId('ramesh')}`.execute(
      world.runtime.db.read,
    );
  assert.equal(kept.rows.length, 1);
});

test('of two reports of one name the one that comes has a number behind it', async () => {
  const mergedId = await twinOf('SW9103');
  const definition = {
    subject: 'people' as const,
    office: 'SW-BBK',
    groups: ['group'],
    measures: ['registered'],
  };
  const [came, same] = [
    await saveReport(ramesh, { name: 'प्रगति', definition }),
    await saveReport(ramesh, { name: 'Progress', definition }),
  ];
  await sql`update report set owner_id = ${mergedId} where report_id in (${came}, ${same})`.execute(
    world.runtime.db.read,
  );
  const own = await saveReport(ramesh, { name: 'प्रगति', definition });
  await saveReport(ramesh, { name: 'प्रगति (2)', definition });
  await mergePersons(world.system, { survivorId: world.personId('ramesh'), mergedId });
  const names = new Map((await visibleReports(ramesh)).map(({ reportId, name }) => [reportId, name]));
  assert.deepEqual(
    [own, came, same].map((id) => names.get(id)),
    ['प्रगति', 'प्रगति (3)', 'Progress'],
  );
});

test('a job that a merged record had asked for is done as the survivor', async () => {
  const mergedId = await twinOf('SW9102');
  await mergePersons(world.system, { survivorId: world.personId('ramesh'), mergedId });
  const { actor } = ramesh;
  assert.ok(actor.kind === 'person');
  const asked = { actor: { ...actor, personId: mergedId, grants: [] }, requestId: 'r', ip: null };
  const now = (await asAsked(world.system, asked)).actor;
  assert.ok(now.kind === 'person' && now.personId === world.personId('ramesh') && now.grants.length > 0);
});
