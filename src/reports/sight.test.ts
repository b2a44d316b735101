import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { commit, csv } from '../../test/imports/files.ts';
import { openWorld } from '../../test/world.ts';
import type { Definition } from './definition.ts';
import { takeUpDigests } from './keep-digests.ts';
import { makeFigures } from './make-table.ts';
import { previewReport } from './preview-report.ts';
import { resolveReport } from './resolve-report.ts';

const world = await openWorld();
after(() => world.close());
const { system } = world;
await commit(system, 'courses', csv('course_code,title_hi,duration_minutes', 'C1,कोर्स,30'));
await commit(system, 'completions', csv('employee_code,course_code,completed_on', 'SW1001,C1,2026-03-01'));

const rowOf = async (who: 'ramesh' | 'system', definition: Partial<Definition>) => {
  const ctx = who === 'system' ? system : world.as(who);
  const { rows } = await previewReport(ctx, { subject: 'completions', office: 'SW-BBK', ...definition });
  return rows.find((row) => row[0] === 'SW1001');
};

test('of whoever has left the reader’s offices a list tells code and name, and nothing of today', async () => {
  const columns = ['code', 'nameHi', 'mobile', 'email', 'designation', 'cadre'];
  const before = await rowOf('ramesh', { columns });
  assert.ok(before?.[2], 'a mobile before she leaves');
  const moved = csv(
    'employee_code,name_hi,office_code,posted_on,designation,mobile',
    'SW1001,सुनीता वर्मा,HF-BBK-CHC,2026-04-01,नया पद,9999912345',
  );
  await commit(system, 'roster', moved);
  assert.deepEqual(await rowOf('ramesh', { columns }), ['SW1001', 'सुनीता वर्मा', null, null, null, null]);
  assert.equal((await rowOf('system', { columns }))?.[4], 'नया पद');
  const march = { subject: 'people', asOf: '2026-03-15', columns: ['code', 'mobile', 'joinedOn'] } as const;
  const list = { ...march, columns: [...march.columns] };
  assert.deepEqual(await rowOf('ramesh', list), ['SW1001', null, null]);
  assert.ok((await rowOf('system', list))?.[1]);
  const byPost = await rowOf('ramesh', { columns, filters: { designation: ['नया पद'] } });
  assert.equal(byPost, undefined);
});

test('of whoever stands elsewhere figures of an office tell no post, neither by it nor among it; those of both offices do', async () => {
  const ofDay = { subject: 'completions', groups: ['designation'], measures: ['completions'] } as const;
  for (const takeUp of [false, true]) {
    if (takeUp) await takeUpDigests(system);
    for (const source of ['facts', 'digests'] as const) {
      const figures = async (definition: Partial<Definition>) => {
        const asked = { ...ofDay, groups: [...ofDay.groups], measures: [...ofDay.measures], ...definition };
        const report = await resolveReport(system, { office: 'SW-BBK', ...asked });
        return (await makeFigures(system, report, { source })).rows;
      };
      assert.deepEqual(await figures({}), [['दर्ज नहीं', 1]]);
      assert.deepEqual(await figures({ filters: { designation: ['नया पद'] } }), []);
      assert.deepEqual(await figures({ office: 'UP' }), [['नया पद', 1]]);
      assert.notDeepEqual(await figures({ asOf: '2026-03-15' }), [['दर्ज नहीं', 1]]);
    }
  }
});
