import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { castOffices } from '../../demo/cast.ts';
import { openWorld } from '../../test/world.ts';
import { classFigures, type Figures, officeSummary } from '../insight/index.ts';
import { listPersons } from '../insight/list-persons.ts';
import { changeFacts } from '../kernel/facts.ts';
import { newId } from '../kernel/ids.ts';
import { editOffice } from '../organisations/desk/keep-office.ts';
import { previewReport } from '../reports/index.ts';
import { measures, randomAttendance, randomPeople } from '../reports/test-world.ts';
import { plainFigures } from './sheet/line.ts';
import { reviewSheet } from './sheet/review-sheet.ts';
import type { Sheet } from './sheet/shape.ts';
import { topOfficesIn } from './stores/areas.ts';
import { countFieldCadres } from './stores/field-cadres.ts';

const world = await openWorld();
after(() => world.close());
const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 1e6));
await randomPeople(world, seed);
await randomAttendance(world, seed);
const today = '2026-11-22';
const ids = Object.keys(measures);
const valuesOf = (figures: Figures) => Object.values(measures).map((field) => figures[field]);

test(`counters, sheet and report give the same figures, whoever is lent or posted twice (seed ${seed})`, async () => {
  for (const asOf of ['2026-03-31', '2026-07-15', today])
    for (const { code: office } of castOffices) {
      const summary = await officeSummary(world.system, { code: office, asOf });
      const sheet = await reviewSheet(world.system, { code: office, asOf });
      const report = await previewReport(world.system, {
        ...{ subject: 'people', office, asOf, groups: ['group'], measures: ids },
      });
      const where = `${office} ${asOf}`;
      assert.deepEqual(sheet.figures, plainFigures(summary), where);
      assert.deepEqual(report.total?.slice(-ids.length), valuesOf(summary), where);
      for (const key of ['groups', 'engagements'] as const)
        assert.deepEqual(sumsOf(sheet, key), valuesOf(summary), `${where} ${key}`);
    }
});

test('cadres of the field, counted from the events, are the field of the counters in every figure', async () => {
  await countFieldCadres(world.runtime.db, today);
  let told = 0;
  for (const { code: office } of castOffices) {
    const by = { nodeId: world.officeId(office), asOf: today, by: 'fieldCadre' } as const;
    const field = (await classFigures(world.system, by)).find((one) => one.key === 'field');
    const sheet = await reviewSheet(world.system, { code: office });
    if (sheet.sections.find(({ key }) => key === 'fieldCadres')?.countedAt == null) continue;
    assert.ok(field, office);
    assert.deepEqual(sumsOf(sheet, 'fieldCadres'), valuesOf(field), office);
    told += 1;
  }
  assert.ok(told >= 3);
});

test('the minutes of an office’s people, courses and classrooms, add up to its learning time', async () => {
  for (const { code } of castOffices) {
    const { items, next } = await listPersons(world.system, { code, limit: 200 });
    assert.equal(next, null);
    const { digitalMinutes, classroomMinutes } = await officeSummary(world.system, { code });
    const sums = [0, 0];
    for (const person of items) {
      sums[0] = (sums[0] ?? 0) + person.minutes;
      sums[1] = (sums[1] ?? 0) + person.classroomMinutes;
    }
    assert.deepEqual(sums, [digitalMinutes, classroomMinutes], code);
  }
});

test('whoever is lent is on the roster where he is lent to, with or without an account', async () => {
  const rosters = () =>
    Promise.all(
      ['SW-JHS', 'HF-BBK'].map(
        async (office) => (await reviewSheet(world.system, { code: office })).roster ?? 0,
      ),
    );
  const before = await rosters();
  const id = newId();
  await world.runtime.db.transaction((tx) =>
    changeFacts(tx, { ids: [id] }, async () => {
      await sql`insert into person (person_id, employee_code, name_hi) values (${id}, 'LENT', 'नाम')`.execute(
        tx,
      );
      for (const [code, kind] of [
        ['SW-JHS', 'regular'],
        ['HF-BBK', 'deputation'],
      ] as const)
        await sql`insert into posting (person_id, posting_id, office_id, kind, is_primary, starts_on)
          values (${id}, ${newId()}, ${world.officeId(code)}, ${kind}, ${kind === 'regular'}, '2026-01-01')`.execute(
          tx,
        );
    }),
  );
  const [lending, borrowing] = before;
  assert.deepEqual(await rosters(), [lending, (borrowing ?? 0) + 1]);
});

test('the highest offices of a district are those with none above them there, however far above', async () => {
  const { db } = world.runtime;
  const nodeId = await sql<{
    id: string;
  }>`select node_id as id from area where area_id = 'district:129'`.execute(db.read);
  const codes = async () => (await topOfficesIn(db.read, nodeId.rows[0]?.id ?? '')).map(({ code }) => code);
  const before = await codes();
  await editOffice(world.system, { code: 'HF-BBK-CHC', areaCode: '153' });
  const [officeId, parentId] = [newId(), world.officeId('HF-BBK-CHC')];
  await sql`insert into office (office_id, code, name_hi, kind, parent_id, path, area_id, area_code)
    select ${officeId}, 'HF-BBK-SUB', 'उपकेन्द्र', 'office', office_id, path || ${officeId}::uuid, 'district:129', '129'
    from office where office_id = ${parentId}`.execute(db.read);
  assert.deepEqual(await codes(), before);
});

function sumsOf(sheet: Sheet, key: Sheet['sections'][number]['key']): number[] {
  const lines = sheet.sections.find((section) => section.key === key)?.lines ?? [];
  return Object.values(measures).map((field) =>
    lines.reduce((sum, { figures }) => sum + (figures[field] ?? 0), 0),
  );
}
