import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { classFigures, officeSummary } from '../insight/index.ts';
import { openTable } from '../kernel/tabular/index.ts';
import { sentencesOf } from './briefing/sentences.ts';
import { sheetShape } from './schema.ts';
import { areaSheet } from './sheet/area-sheet.ts';
import { reviewSheet } from './sheet/review-sheet.ts';
import type { Sheet } from './sheet/shape.ts';
import { countFieldCadres } from './stores/field-cadres.ts';
import { asking, asOf, linesOf, openDepartment } from './test-department.ts';
import { districtTiles, stateTiles } from './tiles/layout.ts';

const world = await openDepartment();
after(() => world.close());
const get = asking(world);

test('the sheet has the figures of the summary, for the office and for every unit below it', async () => {
  const sheet = await reviewSheet(world.as('secretary'), { code: 'SW', asOf, compare: '2025-03-31' });
  const summary = await officeSummary(world.as('secretary'), { code: 'SW', asOf });
  const { office: _office, asOf: _asOf, view: _view, masked: _masked, children, ...figures } = summary;
  assert.deepEqual(sheet.figures, figures);
  assert.equal(sheet.figures.registered, 3900);
  assert.equal(sheet.figures.atLeastOne, 2759);
  for (const child of children) {
    const line = linesOf(sheet, 'units').find((one) => one.code === child.office.code);
    assert.equal(line?.figures.registered, child.registered);
    assert.equal(line?.figures.completions, child.completions);
  }
  const before = await officeSummary(world.as('secretary'), { code: 'SW', asOf: '2025-03-31' });
  assert.equal(sheet.before?.atLeastOne, before.atLeastOne);
});

test('groups and engagements add up to the registered; districts stand on the grid, no two on one square', async () => {
  const sheet = await reviewSheet(world.as('secretary'), { code: 'SW', asOf });
  for (const key of ['groups', 'engagements'] as const) {
    const sum = linesOf(sheet, key).reduce((so, line) => so + (line.figures.registered ?? 0), 0);
    assert.equal(sum, 3900, key);
  }
  const districts = linesOf(sheet, 'districts');
  assert.equal(districts.length, 75);
  assert.deepEqual(new Set(districts.map((line) => line.code)), new Set(districtTiles.map(([code]) => code)));
  for (const tiles of [districtTiles, stateTiles])
    assert.equal(new Set(tiles.map(([, column, row]) => `${column} ${row}`)).size, tiles.length);
  assert.equal(stateTiles.length, 36);
});

test('nobody below 20 people has a place, equal figures share one, and both ends name two figures', async () => {
  const sheet = await reviewSheet(world.as('secretary'), { code: 'SW', asOf });
  for (const line of linesOf(sheet, 'units')) {
    const isSmall = (line.figures.registered ?? 0) < 20;
    assert.equal(line.place === null, isSmall, line.code);
  }
  const [first, second] = linesOf(sheet, 'units');
  assert.ok((first?.reach ?? 0) >= (second?.reach ?? 0));
  assert.equal(sheet.notable.best.length, 3);
  for (const one of [...sheet.notable.best, ...sheet.notable.worst]) {
    assert.equal(one.facts[0]?.metric, 'reach');
    assert.equal(one.facts[0]?.above, 70.7);
  }
});

test('where no office below is large enough to be ranked, districts and divisions tell both ends', async () => {
  const [of, own] = [await reviewSheet(world.as('chief'), { code: 'UP', asOf }), 'SW'];
  const keys = (sheet: Sheet) => sheet.ends?.map(({ key }) => key);
  assert.deepEqual(keys(of), ['districts', 'divisions']);
  assert.deepEqual(of.notable.best, of.ends?.[0]?.best);
  assert.equal(of.ends?.[0]?.best.length, 3);
  assert.equal(of.ends?.[0]?.worst.length, 3);
  assert.equal(of.ends?.[0]?.worst[0]?.opens?.node, 'area');
  assert.deepEqual(keys(await reviewSheet(world.as('chief'), { code: own, asOf })), ['units']);
  assert.deepEqual(keys(await areaSheet(world.as('chief'), { code: 'state:9', asOf })), keys(of));
  const forms = {
    '': /जनपद: सबसे आगे/,
    '/presentation': /id="divisions-worst"/,
    '/briefing': /<h2>मंडल<\/h2>/,
  };
  for (const [form, words] of Object.entries(forms))
    assert.match((await get(`/office/review/UP${form}?asOf=${asOf}`, 'chief')).body, words, form);
});

test('outside one’s own offices the sheet is masked and tells neither change, classes, districts nor board', async () => {
  const sheet = await reviewSheet(world.as('secretary'), { code: 'UP' });
  assert.equal(sheet.isExact, false);
  const health = linesOf(sheet, 'units').find((line) => line.code === 'HF');
  assert.equal(health?.figures.registered, null);
  assert.ok(health?.masked.includes('registered'));
  assert.equal(health?.place, null);
  assert.deepEqual(
    [sheet.before, sheet.compareOn, sheet.board, sheet.roster, sheet.onboarded],
    [null, null, null, null, null],
  );
  assert.deepEqual(
    sheet.sections.map((section) => section.key),
    ['units'],
  );
  assert.deepEqual(sheet.trend, []);
});

test('the board tells who has joined of the published list, and who has a nodal officer', async () => {
  const { board, orders } = await reviewSheet(world.as('chief'), { code: 'UP' });
  assert.ok(board);
  assert.deepEqual([board.listed, board.joined, board.withNodal], [68, 2, 1]);
  assert.equal(board.lines.length, 68);
  const own = board.lines.find((line) => line.code === 'SW');
  assert.equal(own?.nodalOfficers, 1);
  assert.ok((own?.strength ?? 0) > 3900);
  assert.deepEqual(orders, []);
  // In words, beside the people it is set against.
  const csv = (await get('/office/review/UP/sheet.csv', 'chief')).rawPayload;
  const columns = ['भाग', 'कोड', 'पंजीकृत', 'नोडल अधिकारी'].map((name) => ({ name }));
  const table = await openTable(Readable.from([csv]), { columns });
  const told = new Map<string | undefined, unknown[]>();
  for await (const { rows } of table.rows)
    for (const { values } of rows)
      if (values[0] === 'विभागों की स्थिति') told.set(values[1] ?? '', values.slice(2));
  assert.deepEqual(told.get('SW'), [String(own?.registered), 'नामित']);
  const health = board.lines.find((line) => line.code === 'HF');
  assert.deepEqual(told.get('HF'), [String(health?.registered), 'नामित नहीं']);
});

test('the registered are a share of sanctioned posts only where all of them stand in offices with a number', async () => {
  const chief = world.as('chief');
  const [state, department] = [
    await reviewSheet(chief, { code: 'UP' }),
    await reviewSheet(chief, { code: 'SW' }),
  ];
  const { strength } = department;
  assert.equal(state.strength, strength);
  assert.deepEqual(state.posts, { share: null, why: 'notRecordedForAll', recorded: 1, of: 2 });
  const share = share1(department.figures.registered, strength);
  assert.deepEqual([department.posts?.share, department.posts?.why], [share, null]);
  const lineOfDepartment = linesOf(state, 'units').find(({ code }) => code === 'SW');
  assert.equal(lineOfDepartment?.postsShare, share);
  const posts = strength?.toLocaleString('en-IN');
  for (const form of ['', '/briefing', '/presentation', '/sheet.csv']) {
    const { body } = await get(`/office/review/UP${form}`, 'chief');
    assert.ok(body.includes(`स्वीकृत पद ${posts}, 2 विभागों में से 1 के ही दर्ज`), form);
    assert.ok(!body.includes(`स्वीकृत पद ${posts} का`), form);
    assert.ok(!body.includes('पंजीकृत इनके'), form);
  }
  const district = () => areaSheet(chief, { code: 'district:129' });
  assert.deepEqual((await district()).posts, { share: null, why: 'notRecordedForAll', recorded: 1, of: 2 });
  const { db } = world.runtime;
  await sql`update office set strength = 5 where code = 'HF-BBK'`.execute(db.read);
  try {
    const { posts: all, figures, strength: here } = await district();
    assert.deepEqual(all, { share: share1(figures.registered, here), why: null, recorded: 2, of: 2 });
    // Whoever stands in the government's own office stands in none of the two.
    await sql`update office set strength = 50 where code = 'HF'`.execute(db.read);
    const whole = await reviewSheet(chief, { code: 'UP' });
    assert.deepEqual(whole.posts, { share: null, why: 'notRecordedForAll', recorded: 2, of: 2 });
    assert.match(sentencesOf(whole, 'en')[0]?.sentences.join(' ') ?? '', /not entered for every office; /);
  } finally {
    await sql`update office set strength = null where code in ('HF', 'HF-BBK')`.execute(db.read);
  }
});

test('field cadres, counted every half hour, come to the figures of the field as a whole', async () => {
  const { db } = world.runtime;
  const today = '2026-11-22';
  assert.ok((await countFieldCadres(db, today)) > 0);
  const ctx = world.as('secretary');
  const whole = await classFigures(ctx, { nodeId: world.officeId('SW'), asOf: today, by: 'fieldCadre' });
  const field = whole.find((one) => one.key === 'field');
  const section = (await reviewSheet(ctx, { code: 'SW' })).sections.find((one) => one.key === 'fieldCadres');
  assert.ok(section?.countedAt);
  assert.equal(section.lines.length, 2);
  for (const name of ['registered', 'atLeastOne', 'completions', 'digitalMinutes', 'signedIn'] as const) {
    const sum: number = section.lines.reduce((so, line) => so + (line.figures[name] ?? 0), 0);
    assert.equal(sum, field?.[name], name);
  }
  assert.equal(section.lines.find((line) => line.nameHi === 'आशा')?.nameEn, 'ASHA');
  const past = await reviewSheet(ctx, { code: 'SW', asOf });
  assert.equal(past.sections.find((one) => one.key === 'fieldCadres')?.countedAt, null);
});

test('the sheet keeps to its contract', async () => {
  for (const [who, code] of [
    ['chief', 'UP'],
    ['secretary', 'UP'],
    ['anita', 'SW'],
  ] as const) {
    const sheet = await reviewSheet(world.as(who), { code });
    assert.deepEqual(sheetShape.parse(sheet), sheet, `${who} ${code}`);
  }
});

function share1(part: number | null, whole: number | null): number {
  return Math.round((1000 * (part ?? 0)) / (whole ?? 0)) / 10;
}
