import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { signedIn } from '../../test/signed-in.ts';
import { openWorld } from '../../test/world.ts';
import { rebuildCounters } from '../insight/index.ts';
import { sumsWords } from '../insight/pages/words.ts';
import { trainingReport } from '../insight/training-report.ts';
import { addDays } from '../kernel/dates.ts';
import { newId } from '../kernel/ids.ts';
import { addOffice } from '../organisations/desk/keep-office.ts';
import { previewReport } from '../reports/index.ts';
import { definitionOf } from '../reports/pages/query.ts';
import { measures, randomAttendance, randomPeople } from '../reports/test-world.ts';
import { sectionNotes } from './files/section-words.ts';
import { lineHref, sayIn } from './pages/words.ts';
import { areaSheet } from './sheet/area-sheet.ts';
import { reviewSheet } from './sheet/review-sheet.ts';
import type { Sheet } from './sheet/shape.ts';
import { differenceOf } from './sheet/sums.ts';
import { countFieldCadres } from './stores/field-cadres.ts';

const world = await openWorld();
after(() => world.close());
const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 1e6));

// Offices of four districts; one of another district stands below a district's office, and one below that is back there.
const more = [
  { code: 'SW-LKP', nameHi: 'लखीमपुर', parentCode: 'SW', areaCode: '159' },
  { code: 'SW-BBK-OUT', nameHi: 'बाहर', parentCode: 'SW-BBK', areaCode: '140' },
  { code: 'SW-BBK-BACK', nameHi: 'फिर वहीं', parentCode: 'SW-BBK-OUT', areaCode: '129' },
  { code: 'SW-BBK-2', nameHi: 'दूसरा', parentCode: 'SW', areaCode: '129' },
  { code: 'SW-DIR-NONE', nameHi: 'बिना क्षेत्र', parentCode: 'SW', areaCode: undefined },
];

before(async () => {
  for (const office of more) await addOffice(world.system, { kind: 'office', ...office });
  await randomPeople(world, seed);
  await randomAttendance(world, seed);
  const { db } = world.runtime;
  const offices = await sql<{ id: string }>`select office_id as id from office
    where path @> array[${world.officeId('SW')}::uuid] order by code`.execute(db.read);
  const people = await sql<{ id: string }>`select person_id as id from person
    where employee_code ~ '^R[0-9]+$' order by employee_code`.execute(db.read);
  for (const [at, { id }] of people.rows.entries())
    for (let times = 0; times < 1 + (at % 3); times += 1)
      await sql`insert into posting (person_id, posting_id, office_id, kind, starts_on)
        values (${id}, ${newId()}, ${offices.rows[(at * 7 + times * (1 + (at % 4))) % offices.rows.length]?.id},
          'additional_charge', ${addDays('2026-01-01', at * 8)})`.execute(db.read);
  await rebuildCounters(world.system);
});

test(`a department’s districts and divisions count each person once, as the report does (seed ${seed})`, async () => {
  for (const asOf of ['2026-06-30', '2026-11-22'])
    for (const [key, group] of [
      ['districts', 'district'],
      ['divisions', 'division'],
    ] as const) {
      const sheet = await reviewSheet(world.system, { code: 'SW', asOf });
      const report = await previewReport(world.system, {
        ...{ subject: 'people', office: 'SW', asOf, groups: [group], measures: Object.keys(measures) },
      });
      assert.deepEqual(sheetRows(sheet, key), reportRows(report.rows), `${key} ${asOf}`);
      assert.ok(sheetRows(sheet, key).length >= 3);
      const section = sheet.sections.find((one) => one.key === key);
      const none = report.rows.find(([code]) => code === null)?.[2] ?? 0;
      assert.equal(section?.outside, none, `in no ${group}, as the report has them`);
    }
});

test('why the parts do not add up is told with both numbers, those of the training page and of the report', async () => {
  const sheet = await reviewSheet(world.system, { code: 'SW' });
  const notes = (wanted: string, language: 'hi' | 'en') => {
    const section = sheet.sections.find(({ key }) => key === wanted);
    return section ? sectionNotes(section, sheet, sayIn(language)).join(' ') : '';
  };
  const report = await trainingReport(world.system, { code: 'SW' });
  const { itself, again } = report.sums ?? {};
  assert.ok((itself?.registered ?? 0) > 0 && (again?.registered ?? 0) > 0);
  const [onTraining = ''] = sumsWords(report, 'hi');
  assert.ok(
    notes('units', 'hi').length > 0 && onTraining.startsWith(notes('units', 'hi')),
    notes('units', 'hi'),
  );
  for (const key of ['districts', 'divisions']) {
    const [sum, outside, twice, whole] =
      /([\d,]+) \+ [^\d]*([\d,]+) − [^\d]*([\d,]+) = ([\d,]+)/.exec(notes(key, 'en'))?.slice(1).map(Number) ??
      [];
    assert.equal(whole, sheet.figures.registered, key);
    assert.equal((sum ?? 0) + (outside ?? 0) - (twice ?? 0), whole, key);
    assert.ok((outside ?? 0) > 0 && (twice ?? 0) > 0, key);
  }
});

test('each class of people leads to the report of just these, of an office and of an area', async () => {
  assert.ok((await countFieldCadres(world.runtime.db, '2026-11-22')) > 0);
  const sheets = [
    await reviewSheet(world.system, { code: 'SW' }),
    await reviewSheet(world.system, { code: 'SW-BBK', asOf: '2026-06-30' }),
    await areaSheet(world.system, { code: 'district:129' }),
    await areaSheet(world.system, { code: 'division:AYD' }),
  ];
  const followed = new Set<string>();
  for (const sheet of sheets)
    for (const key of ['groups', 'engagements', 'fieldCadres'] as const)
      for (const line of sheet.sections.find((one) => one.key === key)?.lines ?? []) {
        const href = lineHref(sheet, { of: key, line }, {});
        if (['field', 'other'].includes(line.code)) {
          assert.equal(href, undefined, 'of the field as a whole there is no report');
          continue;
        }
        const asked = new URL(href ?? '', 'http://localhost').searchParams;
        const query = Object.fromEntries([...asked.keys()].map((name) => [name, asked.getAll(name)]));
        const definition = { ...definitionOf(query, ''), measures: Object.keys(measures) };
        const { total } = await previewReport(world.system, definition);
        const expected = Object.values(measures).map((field) => line.figures[field]);
        assert.deepEqual(total?.slice(-expected.length), expected, `${href} (seed ${seed})`);
        followed.add(line.code);
      }
  for (const code of ['A', 'unknown', 'contract', 'संवर्ग 0', 'संवर्ग 1']) assert.ok(followed.has(code), code);
});

test('offices in another state leave the districts of the state where most people are', async () => {
  await addOffice(world.system, {
    ...{ code: 'UP-DEL', nameHi: 'स्थानिक आयुक्त, नई दिल्ली', kind: 'office', parentCode: 'UP' },
  });
  const { db } = world.runtime;
  await sql`update office set area_id = 'state:7' where code = 'UP-DEL'`.execute(db.read);
  await sql`insert into posting (person_id, posting_id, office_id, kind, starts_on)
    select ${world.personId('sunita')}, ${newId()}, office_id, 'additional_charge', '2026-01-01' from office
    where code = 'UP-DEL'`.execute(db.read);
  await rebuildCounters(world.system);
  const sheet = await reviewSheet(world.as('chief'), { code: 'UP' });
  const lines = (wanted: string) => sheet.sections.find(({ key }) => key === wanted)?.lines ?? [];
  assert.deepEqual(
    lines('states').map((line) => line.code),
    ['9', '7'],
  );
  assert.equal(lines('divisions').length, 18);
  assert.equal(lines('districts').length, 75);
  const { headers } = await signedIn(world, 'chief');
  const presented = await (await world.app()).inject({ url: '/office/review/UP/presentation', headers });
  assert.match(presented.body, /id="map-title"[^>]*>जनपद: पहुँच</);
  const states = sheet.sections.find(({ key }) => key === 'states');
  const sums = states && differenceOf(states, sheet);
  const people = lines('states').reduce((sum, line) => sum + (line.figures.registered ?? 0), 0);
  assert.equal(sums?.difference ?? 0, people - (sheet.figures.registered ?? 0));
});

type Row = readonly unknown[];

function sheetRows(sheet: Sheet, key: 'districts' | 'divisions'): Row[] {
  const lines = sheet.sections.find((section) => section.key === key)?.lines ?? [];
  return lines
    .map((line) => [line.code, ...Object.values(measures).map((field) => line.figures[field])])
    .filter(([, registered]) => registered !== 0)
    .toSorted(byCode);
}

/** Without those whose office stands in none. */
function reportRows(rows: readonly Row[]): Row[] {
  return rows
    .filter(([code]) => code !== null)
    .map(([code, _name, ...values]) => [code, ...values])
    .toSorted(byCode);
}

function byCode([a]: Row, [b]: Row): number {
  return String(a).localeCompare(String(b));
}
