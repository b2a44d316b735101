import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { after, before, test } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { goldenDepartment } from '../../demo/department.ts';
import { loadDepartment } from '../../test/golden/load.ts';
import { keptExports } from '../../test/kept-exports.ts';
import { signedIn } from '../../test/signed-in.ts';
import { openWorld } from '../../test/world.ts';
import { classFigures, officeSummary, rebuildCounters, settleMarks } from '../insight/index.ts';
import { openTable } from '../kernel/tabular/index.ts';
import { sentencesOf } from './briefing/sentences.ts';
import { placeNotes } from './files/section-words.ts';
import { bareFactText } from './pages/notable-card.tsx';
import { sayIn } from './pages/words.ts';
import { sheetShape } from './schema.ts';
import { areaSheet } from './sheet/area-sheet.ts';
import { reviewSheet } from './sheet/review-sheet.ts';
import type { Line, Section, Sheet } from './sheet/shape.ts';
import { compareSheets } from './snapshots/compare.ts';
import { publishSheet } from './snapshots/publish-sheet.ts';
import { readSnapshot } from './snapshots/read-snapshots.ts';
import { countFieldCadres } from './stores/field-cadres.ts';
import { districtTiles, stateTiles } from './tiles/layout.ts';

const world = await openWorld();
after(() => world.close());
before(async () => {
  const { db } = world.runtime;
  await sql`insert into cadre (cadre_id, name, name_key, name_en, is_field)
    values (gen_random_uuid(), 'आशा', 'आशा', 'ASHA', true), (gen_random_uuid(), 'ए.एन.एम.', 'एएनएम', null, true)`.execute(
    db.read,
  );
  await settleMarks(world.system);
  const department = goldenDepartment();
  await loadDepartment(world.runtime, department);
  // As an import does: the area by its code, and the posts.
  await sql`update office set area_id = 'district:' || area_code where area_code is not null`.execute(
    db.read,
  );
  const { offices } = department.made;
  await sql`update office set strength = made.strength
    from unnest(${offices.map((one) => one.code)}::text[], ${offices.map((one) => one.strength)}::integer[])
      as made (code, strength) where made.code = office.code and made.strength > 0`.execute(db.read);
  await sql`update posting set cadre_id = (select cadre_id from cadre
      where name = case when service_group = 'D' then 'आशा' else 'ए.एन.एम.' end)
    where service_group = 'D' or engagement = 'contract'`.execute(db.read);
  await sql`analyze`.execute(db.read);
  await rebuildCounters(world.system);
});
const asOf = '2025-09-30';

async function get(url: string, who?: string, asked: Record<string, string> = {}) {
  const app = await world.app();
  const headers = who ? (await signedIn(world, who)).headers : {};
  return app.inject({ method: 'GET', url, headers: { ...headers, ...asked } });
}

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

function share1(part: number | null, whole: number | null): number {
  return Math.round((1000 * (part ?? 0)) / (whole ?? 0)) / 10;
}

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

test('before the first figure stand two buttons, and all others behind one that needs no script', async () => {
  const { body } = await get(`/office/review/SW?asOf=${asOf}`, 'secretary');
  const [, buttons = ''] = /<div class="actions">(.*?)<div class="stat/.exec(body) ?? [];
  const [open = '', hidden = ''] = buttons.split('<details class="more-actions"');
  const links = (part: string) => [...part.matchAll(/href="\/office\/([^"?]*)/g)].map(([, href]) => href);
  assert.deepEqual(links(open), ['review/SW/presentation', 'review/SW/sheet.pdf']);
  assert.deepEqual(links(hidden), [
    ...['review/SW/briefing', 'review/SW/sheet.xlsx', 'review/SW/sheet.csv', 'review/SW/snapshots'],
    'offices/SW/training',
  ]);
});

test('a district where several offices stand leads to these, with the very figures of its square, and back', async () => {
  const { db } = world.runtime;
  await sql`update office set area_id = 'district:162', area_code = '162' where code = 'SW-BBK'`.execute(
    db.read,
  );
  await rebuildCounters(world.system);
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
    await sql`update office set area_id = 'district:129', area_code = '129' where code = 'SW-BBK'`.execute(
      db.read,
    );
    await rebuildCounters(world.system);
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

test('a kept sheet says the same compressed or not, and goes to nobody who may not see it so', async () => {
  const url = `/api/v1/review/UP?asOf=${asOf}`;
  const plain = await get(url, 'chief');
  assert.equal(plain.headers['content-encoding'], undefined);
  for (const [form, open] of [
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
  ] as const)
    for (let time = 0; time < 2; time += 1) {
      const answer = await get(url, 'chief', { 'accept-encoding': form });
      const { vary, 'content-encoding': encoding, 'content-type': type } = answer.headers;
      assert.deepEqual([vary, encoding, type], ['Accept-Encoding', form, plain.headers['content-type']]);
      assert.deepEqual(JSON.parse(open(answer.rawPayload).toString()), plain.json());
    }
  const others = await get(url, 'anita');
  assert.notDeepEqual(others.json(), plain.json(), 'masked for whoever sees one department');
  assert.equal((await get(url, 'sunita')).statusCode, 403);
  const state = `/api/v1/review/areas/state:9?asOf=${asOf}`;
  assert.equal((await get(state, 'chief')).statusCode, 200);
  assert.equal((await get(state, 'secretary')).statusCode, 404);
  assert.equal((await get(state)).statusCode, 401);
});

test('page, CSV and API give the same figures; PDF, briefing and presentation are made of them', async () => {
  const query = `asOf=${asOf}&compare=2025-03-31`;
  const api = (await get(`/api/v1/review/SW?${query}`, 'secretary')).json() as Sheet;
  assert.equal(api.figures.completions, 21_150);
  const page = await get(`/office/review/SW?${query}&rows=all`, 'secretary');
  for (const text of ['3,900', '2,759', '21,150', '3,900 का 70.7%', 'सिद्धार्थनगर'])
    assert.ok(page.body.includes(text), text);
  const csv = await get(`/office/review/SW/sheet.csv?${query}`, 'secretary');
  const names = ['कोड', 'पंजीकृत', 'पूरे किए गए कोर्स'].map((name) => ({ name }));
  const table = await openTable(Readable.from([csv.rawPayload]), { columns: names });
  const rows = [];
  for await (const chunk of table.rows) rows.push(...chunk.rows.map((row) => row.values));
  assert.deepEqual(rows[0], ['SW', '3900', '21150']);
  for (const line of linesOf(api, 'units'))
    assert.ok(
      rows.some((row) => row[0] === line.code && row[1] === String(line.figures.registered)),
      line.code,
    );
  for (const form of ['sheet.pdf', 'briefing.pdf'])
    assert.equal(
      (await get(`/office/review/SW/${form}?${query}`, 'secretary')).rawPayload.subarray(0, 5).toString(),
      '%PDF-',
    );
  assert.match((await get(`/office/review/SW/briefing?${query}`, 'secretary')).body, /3,900 कार्मिक पंजीकृत/);
  assert.match(
    (await get(`/office/review/SW/presentation?${query}`, 'secretary')).body,
    /class="slide-figure">2,759</,
  );
  const slides = (await get(`/office/review/UP/presentation?${query}`, 'chief')).body;
  for (const id of ['divisions-1', 'divisions-2', 'board', 'board-1', 'districts-best', 'divisions-worst'])
    assert.ok(slides.includes(`id="${id}"`), id);
  assert.match(slides, /src="\/assets\/presentation[\w-]*\.js"/);
});

test('the briefing gives every reason of the sheet, and the figure of the whole once of each measure', async () => {
  const sheet = await reviewSheet(world.as('secretary'), { code: 'SW', asOf });
  for (const [language, whole] of [
    ['hi', 'पूरे में'],
    ['en', 'the whole'],
  ] as const) {
    const say = sayIn(language);
    const text = sentencesOf(sheet, language)
      .flatMap(({ sentences }) => sentences)
      .join(' ');
    const named = (sheet.ends ?? []).flatMap(({ best, worst }) => [...best, ...worst]);
    assert.ok(named.some(({ facts }) => facts.length > 1));
    for (const { facts } of named)
      for (const fact of facts) assert.ok(text.includes(bareFactText(fact, say)), bareFactText(fact, say));
    const measures = new Set(named.flatMap(({ facts }) => facts.map(({ metric }) => metric)));
    assert.equal(text.split(`(${whole} `).length - 1, measures.size, language);
  }
  const one = sentencesOf({ ...sheet, completionsOnDay: 1 }, 'en').flatMap(({ sentences }) => sentences);
  assert.ok(one.includes('Courses completed on this day: 1.'));
});

test('a day to come, and a day of comparison that is not before the sheet’s, are told and not passed over', async () => {
  const page = async (query: string) => (await get(`/office/review/SW?${query}`, 'secretary')).body;
  const [ahead, notBefore] = [/आगे की तिथि के आँकड़े नहीं होते/, /तुलना की तिथि \(1 नवंबर 2026\)/];
  assert.match(await page('asOf=2030-01-01'), ahead);
  assert.match(await page('asOf=01-10-2026&compare=2026-11-01'), notBefore);
  assert.match(await page('asOf=2026-11-01&compare=2026-11-01'), notBefore);
  const brief = await get('/office/review/SW/briefing?asOf=2030-01-01', 'secretary');
  assert.match(brief.body, ahead);
  for (const query of ['', 'asOf=2026-11-22', 'asOf=2026-11-02&compare=2026-11-01']) {
    assert.doesNotMatch(await page(query), ahead, query);
    assert.doesNotMatch(await page(query), /तुलना की तिथि \(/, query);
  }
  const api = await get('/api/v1/review/SW?asOf=2026-10-01&compare=2026-11-01', 'secretary');
  assert.equal(api.json().compareOn, '2026-09-01');
  const wrong = await get('/api/v1/review/SW?compare=31-02-2026', 'secretary');
  assert.deepEqual([wrong.statusCode, wrong.json().errors[0].path], [422, 'compare']);
  assert.match((await get('/office/review/UP?asOf=2026-10-15', 'secretary')).body, /माह के अंतिम दिन/);
  assert.match((await get('/office/offices/SW/training?asOf=2030-01-01', 'secretary')).body, ahead);
});

test('a sheet’s list of its parts leads to every card of it, in their order', async () => {
  for (const [who, path] of [
    ['chief', 'UP'],
    ['secretary', 'SW'],
    ['anita', 'UP'],
    ['chief', 'areas/district:129'],
  ] as const) {
    const { body } = await get(`/office/review/${path}?asOf=${asOf}`, who);
    const list = /<nav class="jump-list".*?<\/nav>/s.exec(body)?.[0] ?? '';
    const jumps = [...list.matchAll(/href="#([\w-]+)"/g)].map(([, id]) => id);
    const cards = [...body.matchAll(/<section class="card[^>]* id="([\w-]+)"/g)].map(([, id]) => id);
    // Both ends of all tables stand together, and are one entry.
    const [first, ...others] = cards.filter((id) => /-(best|worst)$/.test(id ?? ''));
    assert.deepEqual(
      jumps,
      cards.filter((id) => !others.includes(id)),
      `${who} ${path}`,
    );
    assert.equal(jumps.includes(first), first !== undefined);
  }
});

test('a page that many lead to has a way back to the sheet that it was opened from', async () => {
  const from = (path: string) => ({ host: 'daksh.test', referer: `http://daksh.test${path}` });
  const sheet = `/office/review/SW?asOf=${asOf}`;
  for (const url of ['/office/definitions', '/office/curriculum/failing?office=SW']) {
    assert.match(
      (await get(url, 'secretary', from(sheet))).body,
      /<a href="\/office\/review\/SW\?asOf=[^>]*>वापस/,
    );
    for (const path of [url, '/learn', '/office/../sign-in'])
      assert.doesNotMatch((await get(url, 'secretary', from(path))).body, /वापस: जिस पृष्ठ/, path);
    const abroad = { host: 'daksh.test', referer: 'http://example.org/office/review/SW' };
    assert.doesNotMatch((await get(url, 'secretary', abroad)).body, /वापस: जिस पृष्ठ/);
  }
});

test('a wrong day comes back beside its field, as it was typed, with the way to the sheet of today', async () => {
  for (const form of ['', '/presentation', '/briefing', '/districts/162']) {
    const answer = await get(`/office/review/SW${form}?asOf=abc&compare=2026-10-01`, 'secretary');
    assert.equal(answer.statusCode, 422, form);
    assert.match(answer.body, /id="asOf-error"/);
    assert.match(answer.body, /name="asOf"[^>]*value="abc"|value="abc"[^>]*name="asOf"/);
    assert.match(answer.body, /value="2026-10-01"/);
    assert.match(answer.body, /action="\/office\/review\/SW"/);
    assert.match(answer.body, /href="\/office\/review\/SW"/);
    assert.match(answer.body, /href="#asOf"/);
  }
  const both = await get('/office/review/areas/district:129?asOf=x&compare=31-02-2026', 'chief');
  assert.equal(both.statusCode, 422);
  assert.match(both.body, /action="\/office\/review\/areas\/district%3A129"/);
  assert.equal((await get('/office/review/NOWHERE?asOf=abc', 'secretary')).statusCode, 404);
  const file = await get('/office/review/SW/sheet.csv?asOf=abc', 'secretary', { accept: 'text/html' });
  assert.equal(file.statusCode, 422);
  assert.match(file.body, /<h1>तिथि ठीक नहीं है/);
  assert.doesNotMatch(file.body, /error-summary/, 'what the heading says is not said again');
});

test('an unknown office is not found, a learner has no sheets, and a wrong day is refused', async () => {
  assert.equal((await get('/api/v1/review/NOWHERE', 'secretary')).statusCode, 404);
  assert.equal((await get('/api/v1/review/SW')).statusCode, 401);
  assert.equal((await get('/api/v1/review/SW', 'sunita')).statusCode, 403);
  assert.equal((await get('/api/v1/review/SW?asOf=31-02-2026', 'secretary')).statusCode, 422);
});

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
  // One sheet as both: the choice again, what is wrong beside its field, among the sheets to choose from.
  const same = `/office/review-snapshots/comparison?first=${id}&second=${id}`;
  const twice = await get(same, 'anita');
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

function linesOf(sheet: Sheet, key: Sheet['sections'][number]['key']) {
  return sheet.sections.find((section) => section.key === key)?.lines ?? [];
}
