import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { keptExports } from '../../../test/kept-exports.ts';
import { signedIn } from '../../../test/signed-in.ts';
import { areaSheet } from '../sheet/area-sheet.ts';
import { reviewSheet } from '../sheet/review-sheet.ts';
import type { Line, Section, Sheet } from '../sheet/shape.ts';
import { asking, asOf, linesOf, openDepartment } from '../test-department.ts';
import { compareSheets } from './compare.ts';
import { publishSheet } from './publish-sheet.ts';
import { readSnapshot } from './read-snapshots.ts';

const world = await openDepartment();
after(() => world.close());
const get = asking(world);

test('a published sheet is shown again exactly, whatever happens later, and nobody can change it', async () => {
  const secretary = world.as('secretary');
  const sheet = await reviewSheet(secretary, { code: 'SW', asOf });
  const { id, digest } = await publishSheet(secretary, 'office', { code: 'SW', asOf, note: 'जाँच' });
  await sql`update office set name_hi = 'दूसरा नाम' where code = 'SW-LCK'`.execute(world.runtime.db.read);
  const kept = await readSnapshot(secretary, id);
  assert.deepEqual(kept.sheet, sheet);
  assert.equal(kept.digest, digest);
  const change = sql`update review_snapshot set note = 'x' where review_snapshot_id = ${id}`;
  await assert.rejects(change.execute(world.runtime.db.read), /never changed/);
  await assert.rejects(sql`delete from review_snapshot`.execute(world.runtime.db.read), /never changed/);
  const page = await get(`/office/review-snapshots/${id}`, 'secretary');
  assert.ok(page.body.includes(digest));
  const slides = await get(`/office/review-snapshots/${id}/presentation`, 'secretary');
  assert.match(slides.body, /class="slide-figure">2,759</);
  assert.match(slides.body, new RegExp(`data-sheet="/office/review-snapshots/${id}"`));
  assert.equal((await get(`/office/review-snapshots/${id}/presentation`, 'cmo')).statusCode, 404);
});

test('published sheets are read by whoever sees the office exactly, and published by its leaders alone', async () => {
  const { id } = await publishSheet(world.as('anita'), 'office', { code: 'SW', asOf });
  const other = await publishSheet(world.as('anita'), 'office', { code: 'SW', asOf: '2025-03-31' });
  assert.equal((await get(`/office/review-snapshots/${id}`, 'cmo')).statusCode, 404);
  assert.equal((await get(`/office/review-snapshots/${id}`, 'ramesh')).statusCode, 404);
  assert.equal((await get(`/api/v1/review-snapshots/${id}`, 'chief')).statusCode, 200);
  assert.equal((await get('/api/v1/review/SW/snapshots', 'ramesh')).statusCode, 404);
  await assert.rejects(publishSheet(world.as('ramesh'), 'office', { code: 'SW' }), { code: 'not_found' });
  await assert.rejects(publishSheet(world.as('auditor'), 'office', { code: 'SW' }), { code: 'forbidden' });
  for (const url of [`/office/review-snapshots/${id}.csv`, '/office/review/areas/district:129/sheet.xlsx'])
    assert.equal((await get(url, 'chief')).statusCode, 200);
  const [published, area] = (await keptExports(world)).slice(-2);
  assert.deepEqual([published?.detail.kind, published?.office], ['published_sheet', 'SW']);
  assert.deepEqual([area?.detail.kind, area?.office, area?.detail['area']], ['sheet', null, 'district:129']);
  const pair = await get(`/office/review-snapshots/comparison?first=${other.id}&second=${id}`, 'anita');
  assert.equal(pair.statusCode, 200);
  assert.match(pair.body, /2,759/);
  const compared = `/office/review-snapshots/comparison.csv?first=${other.id}&second=${id}`;
  assert.ok(pair.body.includes(compared.replace('&', '&amp;')));
  const file = await get(compared, 'anita');
  assert.equal(file.statusCode, 200);
  const lines = file.body.split('\r\n');
  const { figures, bands, orders, sections } = compareSheets(
    (await readSnapshot(world.as('anita'), other.id)).sheet,
    (await readSnapshot(world.as('anita'), id)).sheet,
  );
  const parts = sections.flatMap((section) => section.lines);
  assert.equal(lines.length - 2, figures.length + 2 * bands.length + orders.length + parts.length);
  for (const { first, second, change } of figures)
    assert.ok(
      lines.some((line) => line.endsWith(`,${first},${second},${change},${asOf},2025-03-31`)),
      `${first} ${second} ${change}`,
    );
  const taken = (await keptExports(world)).at(-1);
  assert.deepEqual(
    [taken?.detail.kind, taken?.office, taken?.detail['of'], taken?.detail['with'], taken?.detail['rows']],
    ['sheet_comparison', 'SW', id, other.id, lines.length - 2],
  );
  const book = await get(compared.replace('.csv', '.xlsx'), 'anita');
  assert.equal(book.rawPayload.subarray(0, 2).toString(), 'PK');
  assert.equal((await get(compared, 'cmo')).statusCode, 404);
  // One sheet as both: the choice again, what is wrong beside its field, among the sheets to choose from.
  const same = `/office/review-snapshots/comparison?first=${id}&second=${id}`;
  const twice = await get(same, 'anita');
  assert.equal((await get(same.replace('?', '.csv?'), 'anita')).statusCode, 422);
  assert.equal(twice.statusCode, 422);
  assert.match(twice.body, /<select[^>]*name="second"[^>]*aria-invalid="true"/);
  assert.match(twice.body, /दो अलग पत्रक चुनें/);
  assert.ok(twice.body.includes(`href="/office/review-snapshots/${other.id}"`));
  assert.equal((await get(same, 'cmo')).statusCode, 404);
});

test('on the page publishing is asked first, and of nobody who may not', async () => {
  const press = async (who: string, form: { note: string; sure?: string }) =>
    (await world.app()).inject({
      method: 'POST',
      url: '/office/review/SW-JHS/snapshots',
      headers: {
        ...(await signedIn(world, who)).headers,
        'content-type': 'application/x-www-form-urlencoded',
      },
      payload: new URLSearchParams(form).toString(),
    });
  const published = async () =>
    (await get('/api/v1/review/SW-JHS/snapshots', 'secretary')).json().items.length;
  const note = 'पूछा गया';
  const asked = await press('secretary', { note });
  assert.equal(asked.statusCode, 200);
  assert.match(asked.body, /name="sure" value="yes"/);
  assert.match(asked.body, /name="note" value="पूछा गया"/);
  for (const form of [{ note }, { note, sure: 'yes' }]) {
    assert.equal((await press('cmo', form)).statusCode, 404);
    assert.equal((await press('auditor', form)).statusCode, 403);
  }
  assert.equal(await published(), 0);
  assert.equal((await press('secretary', { note, sure: 'yes' })).statusCode, 303);
  assert.equal((await press('secretary', { note, sure: 'yes' })).statusCode, 303);
  assert.equal(await published(), 1);
});

test('two sheets are compared by their orders as well, whichever of them knows an order', async () => {
  const sheet = await reviewSheet(world.as('secretary'), { code: 'SW', asOf });
  const order = (mandateId: string, met: number) => ({
    ...{ mandateId, number: mandateId, titleHi: null, titleEn: null, dueOn: null },
    ...{ bound: 12, met, metLate: 1, open: 0, overdue: 0, exempt: 2 },
  });
  const { orders } = compareSheets(
    { ...sheet, orders: [order('A', 1), order('B', 3)] },
    { ...sheet, orders: [order('C', 9), { ...order('B', 4), titleHi: 'नया नाम' }] },
  );
  assert.deepEqual(
    orders.map(({ code, nameHi, first, second, change }) => [code, nameHi, first, second, change]),
    [
      ['C', 'C', null, 100, null],
      ['B', 'नया नाम', 40, 50, 10],
      ['A', 'A', 20, null, null],
    ],
  );
});

test('a difference is that of the exact figures, as the sheet tells it, and both sheets are a click away', async () => {
  const sheet = await reviewSheet(world.as('secretary'), { code: 'SW', asOf });
  // 17.74 % and 19.55 %: 1.81 apart, where the eye reads 17.7 and 19.6. The page says why.
  const reaching = (atLeastOne: number): Sheet => ({
    ...sheet,
    figures: {
      ...sheet.figures,
      registered: 10_000,
      atLeastOne,
      aiReach: atLeastOne,
      learningMinutes: atLeastOne,
    },
  });
  const { figures } = compareSheets(reaching(1774), reaching(1955));
  const found = new Map(figures.map((row) => [row.code, [row.first, row.second, row.change]]));
  for (const metric of ['reach', 'aiReach'] as const)
    assert.deepEqual(found.get(metric), [17.7, 19.6, 1.8], metric);
  assert.deepEqual(found.get('learningHours'), [30, 33, 3]);
  const bare = compareSheets(reaching(1769), reaching(1771)).figures.find(
    ({ code }) => code === 'learningHours',
  );
  assert.deepEqual([bare?.first, bare?.second, bare?.change], [29, 30, 1]);
  const [first, second] = await Promise.all(
    ['एक', 'दो'].map((note) => publishSheet(world.as('secretary'), 'office', { code: 'SW-JHS', asOf, note })),
  );
  const page = await get(
    `/office/review-snapshots/comparison?first=${first?.id}&second=${second?.id}`,
    'secretary',
  );
  assert.match(page.body, /दिखते अंकों के अंतर से 0.1/);
  for (const href of [`-snapshots/${first?.id}`, `-snapshots/${second?.id}`, '/SW-JHS/snapshots'])
    assert.ok(page.body.includes(`href="/office/review${href}"`), href);
});

test('the sheet of an area is published by the government’s leaders, shown again, and compared with no other’s', async () => {
  const [chief, base] = [world.as('chief'), '/office/review/areas/district:129'];
  const sheet = await areaSheet(chief, { code: 'district:129', asOf });
  const press = async (who: string, url: string) =>
    (await world.app()).inject({
      ...{ method: 'POST', url, payload: { note: 'मंडलीय बैठक', asOf } },
      headers: (await signedIn(world, who)).headers,
    });
  const api = '/api/v1/review/areas/district:129/snapshots';
  for (const who of ['secretary', 'anita', 'cmo']) {
    assert.equal((await press(who, api)).statusCode, 404, who);
    assert.equal((await get(api, who)).statusCode, 404, who);
    assert.equal((await get(`${base}/snapshots`, who)).statusCode, 404, who);
  }
  const [first, again] = [await press('chief', api), await press('chief', api)];
  assert.equal(first.statusCode, 201);
  assert.equal(again.json().id, first.json().id, 'two clicks are one');
  const kept = await readSnapshot(chief, first.json().id);
  assert.deepEqual(kept.sheet, sheet);
  const listed = (await get(api, 'chief')).json().items;
  assert.deepEqual(
    listed.map(({ office, area, note }: Record<string, string | null>) => [office, area, note]),
    [[null, 'district:129', 'मंडलीय बैठक']],
  );
  assert.deepEqual((await get('/api/v1/review/UP/snapshots', 'chief')).json().items, []);
  const state = await publishSheet(chief, 'area', { code: 'state:9', asOf, note: 'मंडलीय बैठक' });
  assert.equal((await get('/api/v1/review/areas/state:9/snapshots', 'chief')).json().items.length, 1);
  const page = await get(`/office/review-snapshots/${first.json().id}`, 'chief');
  assert.match(page.body, /href="\/office\/review\/areas\/district%3A129\/snapshots"/);
  assert.equal((await get(`/office/review-snapshots/${first.json().id}`, 'secretary')).statusCode, 404);
  const pair = (second: string) =>
    get(`/office/review-snapshots/comparison?first=${first.json().id}&second=${second}`, 'chief');
  assert.equal((await pair(state.id)).statusCode, 404, 'a district beside a state');
  const today = await publishSheet(chief, 'area', { code: 'district:129' });
  assert.match((await pair(today.id)).body, /href="\/office\/review\/areas\/district%3A129"/);
  const list = (await get(`${base}/snapshots`, 'chief')).body;
  assert.match(list, /मंडलीय बैठक/);
  assert.match((await get(base, 'chief')).body, /areas\/district%3A129\/snapshots/);
  const acts = await sql<{ detail: Record<string, string> }>`select detail from audit_event
    where action = 'review.published' and detail ->> 'area' = 'district:129'`.execute(world.runtime.db.read);
  assert.deepEqual([acts.rows.length, acts.rows[0]?.detail['areaHi']], [2, 'बाराबंकी']);
});

test('two sheets are compared by bands and by every table of either, and a sheet of an earlier version as well', async () => {
  const second = await reviewSheet(world.as('chief'), { code: 'SW', asOf });
  const first = structuredClone(await reviewSheet(world.as('chief'), { code: 'SW', asOf: '2025-03-31' }));
  const districts = first.sections.find(({ key }) => key === 'districts');
  assert.ok(districts);
  // What a sheet of an earlier version lacks, and a district that is gone since.
  delete first.ends;
  first.sections = first.sections.filter(({ key }) => key !== 'divisions');
  districts.lines = [
    ...districts.lines.slice(1),
    { ...lineOfFirst(districts), code: '9999', nameHi: 'पुराना' },
  ];
  const compared = compareSheets(first, second);
  const [none] = compared.bands;
  assert.deepEqual(none?.second, { count: 1141, share: 29.3 });
  assert.equal(none?.first.count, first.figures.bands.none);
  assert.deepEqual(
    compared.sections.map(({ key }) => key),
    ['units', 'divisions', 'districts', 'groups', 'engagements', 'fieldCadres'],
  );
  const of = (key: string) => compared.sections.find((one) => one.key === key)?.lines ?? [];
  assert.equal(of('districts').length, 76);
  assert.deepEqual(of('districts').at(-1)?.second, null);
  assert.equal(of('districts').at(-1)?.nameHi, 'पुराना');
  assert.ok(of('divisions').every((line) => line.first === null && line.second !== null));
  const own = linesOf(second, 'districts').find(({ code }) => code === '162');
  const told = of('districts').find(({ code }) => code === '162');
  assert.deepEqual([told?.second, told?.people], [own?.reach, own?.figures.registered]);
  const masked = { ...second.figures, bands: { none: null, oneOrTwo: null, threeOrMore: null } };
  assert.deepEqual(compareSheets(first, { ...second, figures: masked }).bands, []);
  const [one, other] = [
    await publishSheet(world.as('chief'), 'office', { code: 'UP', asOf: '2025-03-31' }),
    await publishSheet(world.as('chief'), 'office', { code: 'UP', asOf }),
  ];
  const url = `/office/review-snapshots/comparison?first=${one.id}&second=${other.id}`;
  const [page, whole] = [(await get(url, 'chief')).body, (await get(`${url}&rows=all`, 'chief')).body];
  for (const text of ['<h2>जनपद</h2>', '<h2>मंडल</h2>', 'किसने कितने कोर्स पूरे किए'])
    assert.ok(page.includes(text), text);
  const names = linesOf(second, 'districts').map(({ nameHi }) => nameHi);
  const shownOn = (body: string) => {
    const table = body.slice(body.indexOf('<h2>जनपद</h2>'));
    return names.filter((name) => table.includes(`>${name}<`)).length;
  };
  assert.deepEqual([names.length, shownOn(page), shownOn(whole)], [75, 20, 75]);
  const all = `${url}&rows=all#districts`.replaceAll('&', '&amp;');
  assert.ok(page.includes(`<a href="${all}">सभी 75</a>`));
  assert.doesNotMatch(whole, /rows=all/);
});

test('published by two clicks it is one sheet, and it is found when its office has another code', async () => {
  const wish = { code: 'SW-BBK', asOf, note: 'दो बार' };
  const [first, second] = await Promise.all(
    [1, 2].map(() => publishSheet(world.as('secretary'), 'office', wish)),
  );
  assert.equal(first?.id, second?.id);
  assert.notEqual(
    (await publishSheet(world.as('secretary'), 'office', { ...wish, note: 'और' })).id,
    first?.id,
  );
  await sql`update office set code = 'SW-NEW' where code = 'SW-BBK'`.execute(world.runtime.db.read);
  const listed = await get('/api/v1/review/SW-NEW/snapshots', 'secretary');
  assert.equal(listed.json().items.length, 2);
  const page = await get(`/office/review-snapshots/${first?.id}`, 'secretary');
  assert.match(page.body, /\/office\/review\/SW-NEW\/snapshots/);
});

function lineOfFirst({ lines: [line] }: Section): Line {
  assert.ok(line);
  return line;
}
