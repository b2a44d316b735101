import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { editOffice } from '../organisations/desk/keep-office.ts';
import { placeNotes } from './files/section-words.ts';
import { sayIn } from './pages/words.ts';
import { areaSheet } from './sheet/area-sheet.ts';
import { reviewSheet } from './sheet/review-sheet.ts';
import type { Sheet } from './sheet/shape.ts';
import { asking, asOf, linesOf, openDepartment } from './test-department.ts';

const world = await openDepartment();
after(() => world.close());
const get = asking(world);

test('a district has a sheet of everybody whose office stands there, for those above all of them', async () => {
  const sheet = await areaSheet(world.as('chief'), { code: 'district:129' });
  const department = await reviewSheet(world.as('chief'), { code: 'SW' });
  const own = linesOf(department, 'districts').find((line) => line.code === '129');
  const here = linesOf(sheet, 'units');
  assert.deepEqual(here.map((line) => line.code).toSorted(), ['HF-BBK', 'SW-BBK']);
  assert.equal(
    sheet.figures.registered,
    (own?.figures.registered ?? 0) + 3,
    'and the three of the other department',
  );
  const posts = await reviewSheet(world.as('chief'), { code: 'SW-BBK' });
  assert.equal(sheet.strength, posts.strength);
  assert.equal(sheet.roster, sheet.figures.registered);
  const state = await areaSheet(world.as('chief'), { code: 'state:9' });
  assert.equal(linesOf(state, 'divisions').length, 18);
  const barabanki = linesOf(state, 'districts').find((line) => line.code === '129');
  assert.equal(barabanki?.figures.registered, sheet.figures.registered);
  for (const who of ['secretary', 'cmo'])
    assert.equal((await get('/api/v1/review/areas/district:129', who)).statusCode, 404, who);
  assert.equal((await get('/api/v1/review/areas/district:9999', 'chief')).statusCode, 404);
  assert.equal((await get('/office/review/areas/district:129', 'chief')).statusCode, 200);
  const brief = await get('/office/review/areas/district:129/briefing', 'chief');
  assert.match(brief.body, /स्वीकृत पद [\d,]+, यहाँ के 2 कार्यालयों में से 1 के ही दर्ज; /);
});

test('an area’s sheet leads back to the one that led there, if its reader may see that, and says what it leaves out', async () => {
  const state = await areaSheet(world.as('chief'), { code: 'state:9' });
  const district = await areaSheet(world.as('chief'), { code: 'district:129' });
  assert.deepEqual(
    district.path.map(({ node, code }) => `${node} ${code}`),
    ['office UP', 'area state:9', 'area division:AYD'],
  );
  assert.deepEqual(
    state.path.map(({ code }) => code),
    ['UP'],
  );
  const whole = await get(`/office/review/UP?asOf=${asOf}`, 'chief');
  const way = `/office/review/areas/district%3A129?asOf=${asOf}&amp;from=UP`;
  assert.ok(whole.body.includes(`href="${way}"`));
  const page = await get(way.replace('&amp;', '&'), 'chief');
  assert.ok(page.body.includes(`<li><a href="/office/review/UP?asOf=${asOf}">`), 'on the path');
  assert.ok(page.body.includes(`href="/office/review/SW-BBK?asOf=${asOf}&amp;from=areas%2Fdistrict%3A129"`));
  assert.match(page.body, /न जनपद दर्ज है न कोई और क्षेत्र/);
  const away = await get(`/office/review/areas/district:129?asOf=${asOf}&from=SW`, 'chief');
  assert.ok(away.body.includes(`href="/office/review/SW?asOf=${asOf}">वापस: `));
  assert.match(away.body, /name="from" value="SW"/);
  for (const from of ['NOWHERE', 'areas/district:9999', '//example.org', '%00', 'areas/district:129', 'UP'])
    assert.doesNotMatch(
      (await get(`/office/review/areas/district:129?from=${from}`, 'chief')).body,
      /वापस: /,
    );
  const office = '/office/review/SW-BBK?from=areas/district:129';
  assert.match((await get(office, 'chief')).body, /वापस: बाराबंकी/);
  assert.doesNotMatch((await get(office, 'secretary')).body, /वापस: /);
  const today = await get('/office/review/areas/district:129', 'chief');
  assert.match(today.body, /स्वीकृत पद यहाँ के कार्यालयों की अपनी-अपनी प्रविष्टियों का योग/);
  assert.match((await get('/office/review/areas/state:9/sheet.csv', 'chief')).body, /न जनपद दर्ज है/);
});

test('an area’s path says what each step is, and its sheet how many people of the government it leaves out', async () => {
  const [up, state, district] = [
    await reviewSheet(world.as('chief'), { code: 'UP', asOf }),
    await areaSheet(world.as('chief'), { code: 'state:9', asOf }),
    await areaSheet(world.as('chief'), { code: 'district:129', asOf }),
  ];
  const whole = up.figures.registered ?? 0;
  const people = whole - (state.figures.registered ?? 0);
  assert.ok(people > 0);
  const told = people < 5 ? null : people;
  for (const { leftOut } of [state, district])
    assert.deepEqual(leftOut, { why: 'noArea', people: told, whole });
  const page = await get(`/office/review/areas/district:129?asOf=${asOf}`, 'chief');
  for (const step of ['>उत्तर प्रदेश (राज्य)</a>', '>अयोध्या (मंडल)</a>', '<h1>बाराबंकी (जनपद)</h1>'])
    assert.ok(page.body.includes(step), step);
  const note = (leftOut: Sheet['leftOut']) => {
    const [text = ''] = placeNotes({ ...state, leftOut }, sayIn('hi'));
    return text;
  };
  assert.match(note({ why: 'noArea', people: 1234, whole: 9876 }), /9,876 पंजीकृत कार्मिकों में ऐसे 1,234 हैं/);
  assert.match(note({ why: 'elsewhere', people: 12, whole: 9876 }), /से 12 यहाँ नहीं गिने गए/);
  assert.match(note({ why: 'noArea', people: null, whole: 9876 }), /5 से कम/);
  assert.doesNotMatch(note({ why: 'noArea', people: null, whole: 9876 }), /9,876/);
  assert.match(note({ why: 'noArea', people: 0, whole: 9876 }), /कोई पंजीकृत कार्मिक नहीं/);
  // Sheets published by an earlier version have no such number.
  const { leftOut: _none, ...old } = state;
  assert.match(placeNotes(old, sayIn('en'))[0] ?? '', /alone\.$/);
});

test('a district where several offices stand leads to these, with the very figures of its square, and back', async () => {
  await editOffice(world.system, { code: 'SW-BBK', areaCode: '162' });
  try {
    const sheet = await reviewSheet(world.as('secretary'), { code: 'SW', asOf });
    const line = linesOf(sheet, 'districts').find((one) => one.code === '162');
    assert.equal(line?.opens, null);
    const page = (await get(`/office/review/SW?asOf=${asOf}`, 'secretary')).body;
    const linkIn = (body: string, pattern: RegExp) => pattern.exec(body)?.[0].replaceAll('&amp;', '&') ?? '';
    const href = linkIn(page, /\/office\/review\/SW\/districts\/162[^"]*/);
    const { body, statusCode } = await get(href, 'secretary');
    assert.equal(statusCode, 200);
    for (const code of ['SW', 'SW-DIR', 'SW-BBK'])
      assert.ok(body.includes(`href="/office/review/${code}?asOf=${asOf}"`), code);
    assert.match(body, new RegExp(`<tfoot.*>${line?.figures.registered}<.*>${line?.reach?.toFixed(1)}%<`));
    const report = await get(linkIn(body, /\/office\/reports\/new\?[^"]*f_district=162[^"]*/), 'secretary');
    assert.equal(report.statusCode, 200);
    for (const text of ['बाराबंकी', String(line?.figures.registered), String(line?.figures.completions)])
      assert.ok(report.body.replaceAll(',', '').includes(text), text);
    assert.equal((await get('/office/review/SW/districts/0', 'secretary')).statusCode, 404);
    assert.equal((await get('/office/review/UP/districts/162', 'secretary')).statusCode, 404);
    assert.equal((await get(href, 'sunita')).statusCode, 403);
  } finally {
    await editOffice(world.system, { code: 'SW-BBK', areaCode: '129' });
  }
});
