import assert from 'node:assert/strict';
import { text } from 'node:stream/consumers';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { castOffices } from '../../demo/cast.ts';
import { keptExports } from '../../test/kept-exports.ts';
import { openWorld } from '../../test/world.ts';
import { classFigures, metrics, officeSummary } from '../insight/index.ts';
import { Refusal } from '../kernel/errors.ts';
import { pick } from '../kernel/i18n.ts';
import type { Definition } from './definition.ts';
import { type Preview, previewReport } from './preview-report.ts';
import { resolveReport } from './resolve-report.ts';
import { groupWords } from './stores/classes.ts';
import { readRows } from './stores/reader.ts';
import { subjects } from './stores/subjects.ts';
import { streamReport } from './stream-report.ts';
import { randomAttendance, randomPeople } from './test-world.ts';

const world = await openWorld();
after(() => world.close());
const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 1e6));
await randomPeople(world, seed);
await randomAttendance(world, seed);
const days = ['2026-03-31', '2026-07-15', '2026-11-22'];
const figures = [
  'learning_minutes',
  'ai_reach',
  'cyber_reach',
  'registered',
  'signed_in',
  'completions',
  'renewals',
  'digital_minutes',
  'classroom_minutes',
  'at_least_one',
  'three_or_more',
  'begun',
];
const fields = [
  'learningMinutes',
  'aiReach',
  'cyberReach',
  'registered',
  'signedIn',
  'completions',
  'renewals',
  'digitalMinutes',
  'classroomMinutes',
  'atLeastOne',
  'threeOrMore',
  'begun',
] as const;

const preview = (definition: Partial<Definition> & Pick<Definition, 'subject'>) =>
  previewReport(world.system, { office: 'UP', ...definition });

/** A row's figures by the code of its key. */
function byCode({ columns, rows }: Preview): Map<unknown, unknown[]> {
  const at = columns.findIndex((column) => column.id.endsWith('Code'));
  return new Map(rows.map((row) => [row[at], row.slice(columns.length - figures.length)]));
}

test(`people's figures are the summary's at every office, whole and office by office (seed ${seed})`, async () => {
  for (const asOf of days)
    for (const { code: office } of castOffices) {
      const summary = await officeSummary(world.system, { code: office, asOf });
      const found = await preview({ subject: 'people', office, asOf, groups: ['below'], measures: figures });
      assert.deepEqual(
        found.total?.slice(-figures.length),
        fields.map((field) => summary[field]),
        `${office} ${asOf}`,
      );
      const rows = byCode(found);
      for (const child of summary.children)
        assert.deepEqual(
          rows.get(child.office.code) ?? figures.map(() => 0),
          fields.map((field) => child[field]),
          `${child.office.code} of ${office} ${asOf}`,
        );
    }
});

test('every measure of every subject has its words from the metric catalogue', () => {
  const known = new Set<string>(metrics.map(({ id }) => id));
  for (const { measures } of Object.values(subjects))
    for (const { id } of measures) assert.ok(known.has(id === 'metLate' ? 'met_late' : id), id);
});

test('completions are the activity view at every office, and its groups add up', async () => {
  for (const asOf of days)
    for (const { code: office } of castOffices) {
      const summary = await officeSummary(world.system, { code: office, asOf, view: 'activity' });
      const expected = [summary.completions, summary.renewals, summary.digitalMinutes];
      const measures = ['completions', 'renewals', 'digital_minutes'];
      for (const groups of [
        ['month'],
        ['below', 'course'],
        ['group', 'week'],
        ['tag'],
        ['district', 'provider'],
      ]) {
        const found = await preview({ subject: 'completions', office, asOf, groups, measures });
        assert.deepEqual(found.total?.slice(-3), expected, `${office} ${asOf} ${groups}`);
        if (!found.isAdding) continue;
        const sums = [3, 2, 1].map((back) => found.rows.reduce((sum, row) => sum + Number(row.at(-back)), 0));
        assert.deepEqual(sums, expected);
      }
    }
});

test('classes are insight’s at every office: those of the primary posting, wherever it is', async () => {
  for (const { code: office } of castOffices) {
    const asOf = '2026-07-15';
    const expected = await classFigures(world.system, { nodeId: world.officeId(office), asOf, by: 'group' });
    const found = await preview({
      subject: 'people',
      office,
      asOf,
      groups: ['group'],
      measures: ['registered', 'completions'],
    });
    const rows = new Map(found.rows.map((row) => [row[0], row.slice(1)]));
    for (const { key, registered, completions } of expected) {
      const words = groupWords[key as keyof typeof groupWords] ?? { hi: 'दर्ज नहीं', en: '' };
      assert.deepEqual(rows.get(pick(words, 'hi')), [registered, completions], `${office} ${key}`);
    }
    // A to D, whichever is the largest.
    assert.deepEqual(
      found.rows.map((row) => row[1]),
      expected.map(({ registered }) => registered),
      office,
    );
  }
});

test('what nobody waits for any more is cancelled, and a time limit is kept', async () => {
  const { db } = world.runtime;
  const leaving = new AbortController();
  const slow = sql`select pg_sleep(30)`;
  const began = performance.now();
  const [gone, late] = [
    readRows(db, slow, { timeoutMs: 60_000, signal: leaving.signal }),
    readRows(db, slow, { timeoutMs: 200 }),
  ];
  setTimeout(() => leaving.abort(), 200);
  await Promise.all([assert.rejects(gone, /cancel/), assert.rejects(late, /timeout/)]);
  assert.ok(performance.now() - began < 10_000);
  assert.deepEqual(await readRows(db, sql`select 1`, { timeoutMs: 1000 }), [[1]]);
});

test('whoever goes away while a connection is waited for leaves nothing running', async () => {
  const { db } = world.runtime;
  const leaving = new AbortController();
  const late = Object.create(db, {
    readElsewhere: {
      value: (work: Parameters<typeof db.readElsewhere>[0]) =>
        db.readElsewhere((pool) => {
          const slow = Object.create(pool, {
            connect: {
              value: async () => {
                leaving.abort();
                return pool.connect();
              },
            },
          });
          return work(slow);
        }),
    },
  });
  const asked = readRows(late, sql`select pg_sleep(20)`, { timeoutMs: 60_000, signal: leaving.signal });
  const began = performance.now();
  await assert.rejects(asked, /nobody waits/);
  assert.ok(performance.now() - began < 5_000);
});

test('bands stand from none to three or more, whichever is the largest', async () => {
  const { bands } = await officeSummary(world.system, { code: 'SW' });
  const found = await preview({
    subject: 'people',
    office: 'SW',
    groups: ['band'],
    measures: ['registered'],
  });
  const expected = [
    ['एक भी नहीं', bands.none],
    ['एक या दो', bands.oneOrTwo],
    ['तीन या अधिक', bands.threeOrMore],
  ];
  assert.deepEqual(
    found.rows,
    expected.filter(([, count]) => count),
  );
});

test('classes and bands add up to the registered, and a filter leaves its part', async () => {
  const summary = await officeSummary(world.system, { code: 'UP' });
  for (const groups of [
    ['group', 'engagement'],
    ['designation'],
    ['cadre'],
    ['band'],
    ['signedIn', 'band'],
  ]) {
    const found = await preview({ subject: 'people', groups, measures: ['registered'] });
    assert.equal(
      found.rows.reduce((sum, row) => sum + Number(row.at(-1)), 0),
      summary.registered,
    );
  }
  const some = await preview({
    subject: 'people',
    groups: ['band'],
    measures: ['registered'],
    filters: { band: ['none'] },
  });
  assert.deepEqual(some.rows.at(0)?.at(-1), summary.bands.none);
  assert.equal(some.rows.length, 1);
});

test('a list has everybody registered once, its figures add up, and no cell runs as a formula', async () => {
  const summary = await officeSummary(world.system, { code: 'UP' });
  const columns = ['code', 'nameHi', 'nameEn', 'group', 'office', 'district', 'designation', 'completions'];
  const english = { ...world.system, language: 'en' } as const;
  const report = await resolveReport(english, { subject: 'people', office: 'UP', columns });
  const stream = await streamReport(english, report, new AbortController().signal);
  const lines = (await text(stream)).split('\r\n');
  assert.equal(lines.length - 2, summary.registered);
  assert.match(lines[0] ?? '', /^Employee code,Name \(Hindi\),/);
  const done = lines.slice(1, -1).reduce((sum, line) => sum + Number(line.split(',').at(-1)), 0);
  assert.equal(done, summary.completions);
  assert.ok(lines.some((line) => line.includes(`,'=नाम `) && line.includes('"Name, ""')));
  assert.ok(!lines.some((line) => /(^|,)"?=/.test(line)));
  const kept = await keptExports(world, 'report');
  assert.deepEqual(
    kept.map(({ action, detail }) => [action, detail.people, detail.rows]),
    [['export.taken', true, summary.registered]],
  );
});

test('lists of people are for who reads names there, figures for who sees figures; others find no office', async () => {
  const list: Definition = { subject: 'people', office: 'SW', columns: ['code'] };
  const groups: Definition = { subject: 'people', office: 'SW', groups: ['group'], measures: ['registered'] };
  assert.ok((await previewReport(world.as('anita'), list)).rows.length > 0);
  assert.ok((await previewReport(world.as('secretary'), groups)).rows.length > 0);
  const reasonOf = (work: Promise<unknown>) =>
    work.then(
      () => 'none',
      (error: unknown) => (error instanceof Refusal ? error.reason : error),
    );
  assert.equal(await reasonOf(previewReport(world.as('secretary'), list)), 'no_right_to_names');
  assert.equal(await reasonOf(previewReport(world.as('sunita'), groups)), 'forbidden');
  assert.equal(await reasonOf(previewReport(world.as('anita'), { ...groups, office: 'HF' })), 'not_found');
  assert.equal(await reasonOf(previewReport(world.as('anita'), { ...groups, measures: ['x'] })), 'invalid');
});
