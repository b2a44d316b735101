import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { signedIn } from '../../test/signed-in.ts';
import { openWorld } from '../../test/world.ts';
import type { Ctx } from '../kernel/context.ts';
import { Refusal } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import { type Definition, longestName } from './definition.ts';
import {
  copyReport,
  deleteReport,
  renameReport,
  saveReport,
  visibleReport,
  visibleReports,
} from './keep-report.ts';

const world = await openWorld();
after(() => world.close());
const app = await world.app();
const anita = await signedIn(world, 'anita');
const own = world.as('anita');

const byGroup: Definition = { subject: 'people', office: 'SW', groups: ['group'], measures: ['registered'] };
const ofDistrict: Definition = { ...byGroup, filters: { district: ['barabanki'] } };
const nameOf = async (ctx: Ctx, reportId: string) => (await visibleReport(ctx, reportId)).name;

const inLanguage = (language: 'hi' | 'en') => ({
  ...anita.headers,
  cookie: `${anita.headers.cookie}; language=${language}`,
});
const page = (url: string, language: 'hi' | 'en' = 'hi') =>
  app.inject({ url, headers: inLanguage(language) });
const post = (url: string, fields: Record<string, string>) =>
  app.inject({
    method: 'POST',
    url,
    headers: { ...anita.headers, 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({ _csrf: anita.csrf, ...fields }).toString(),
  });

test('a report that nobody named is called by what it is, in the language of whoever keeps it', async () => {
  const names = [
    await nameOf(own, await saveReport(own, { definition: byGroup })),
    await nameOf(own, await saveReport(own, { definition: ofDistrict })),
    await nameOf(own, await saveReport({ ...own, language: 'en' }, { definition: ofDistrict })),
    await nameOf(
      own,
      await saveReport(own, { definition: { subject: 'people', office: 'SW', columns: ['code'] } }),
    ),
  ];
  assert.equal(new Set(names).size, names.length);
  assert.match(names[0] ?? '', /^कार्मिक: .*समाज कल्याण.*, समूह के अनुसार$/);
  assert.match(names[1] ?? '', / · जनपद: बाराबंकी$/);
  assert.match(names[2] ?? '', /^People: Social Welfare.*, by Group · District: Barabanki$/);
  assert.match(names[3] ?? '', /^कार्मिक, सूची: /);
  const long = {
    ...byGroup,
    filters: { designation: [] },
    groups: ['group', 'designation'],
    asOf: '2026-01-01',
  };
  assert.ok((await nameOf(own, await saveReport(own, { definition: long }))).length <= longestName);
});

test('a second of the same name, kept, copied or renamed, has a number behind it', async () => {
  const first = await saveReport(own, { name: 'प्रगति', definition: byGroup });
  const second = await copyReport(own, first, 'प्रगति');
  assert.equal(await nameOf(own, second), 'प्रगति (2)');
  const third = await saveReport(own, { name: 'और', definition: byGroup });
  await renameReport(own, third, { name: 'प्रगति' });
  assert.equal(await nameOf(own, third), 'प्रगति (3)');
  await renameReport(own, third, { name: 'प्रगति (3)', definition: ofDistrict });
  assert.equal(await nameOf(own, third), 'प्रगति (3)', 'its own name is free to it');
  const longest = 'ल'.repeat(longestName);
  await saveReport(own, { name: longest, definition: byGroup });
  const other = await nameOf(own, await saveReport(own, { name: longest, definition: byGroup }));
  assert.equal(other.length, longestName);
  assert.ok(other.endsWith('ल (2)'));
  const races = await Promise.all(
    Array.from({ length: 5 }, () => saveReport(own, { name: 'Race', definition: byGroup })),
  );
  const raced = await Promise.all(races.map((id) => nameOf(own, id)));
  assert.deepEqual(raced.toSorted(), ['Race', 'Race (2)', 'Race (3)', 'Race (4)', 'Race (5)']);
});

test('a name has no signs that cannot be seen or turned; the page says so beside the field', async () => {
  for (const name of ['\ud800', '\u202e', 'a\u202eb', 'a\u0007b', '\u200b', '\u200d\u200c']) {
    const answer = await app.inject({
      method: 'POST',
      url: '/api/v1/reports',
      headers: anita.headers,
      payload: { name, definition: byGroup },
    });
    assert.equal(answer.statusCode, 422, JSON.stringify(name));
    const [error] = answer.json<{ errors: { path: string }[] }>().errors;
    assert.equal(error?.path, 'name');
  }
  const definition = JSON.stringify(byGroup);
  const kept = await post('/office/reports', { definition, name: 'आगे\u202eपीछे' });
  assert.equal(kept.statusCode, 422);
  assert.match(kept.body, /id="name-error"/);
  const reportId = await saveReport(own, { name: 'क्ष्‍य जोड़', definition: byGroup });
  assert.equal(await nameOf(own, reportId), 'क्ष्‍य जोड़', 'joiners belong to the script');
  for (const name of ['', '\u202e']) {
    const copied = await post(`/office/reports/${reportId}/copies`, { name });
    assert.equal(copied.statusCode, 422, JSON.stringify(name));
    assert.match(copied.body, /<details[^>]* open/);
    assert.match(copied.body, /id="name-error"/);
  }
});

test('a name that was taken formerly stays as it is; only another one has to be readable', async () => {
  const reportId = await saveReport(own, { name: 'पुरानी', definition: byGroup });
  const former = 'पुरानी\u202eरिपोर्ट';
  await sql`update report set name = ${former} where report_id = ${reportId}`.execute(world.runtime.db.read);
  const put = (payload: Record<string, unknown>) =>
    app.inject({ method: 'PUT', url: `/api/v1/reports/${reportId}`, headers: anita.headers, payload });
  const same = await put({ name: former, definition: ofDistrict });
  assert.deepEqual([same.statusCode, same.json<{ name: string }>().name], [200, former]);
  for (const name of ['', 'और\u202eकुछ', 'क'.repeat(longestName + 1)]) {
    const wrong = await put({ name });
    assert.equal(wrong.statusCode, 422, name);
    assert.deepEqual(
      wrong.json<{ errors: { path: string }[] }>().errors.map(({ path }) => path),
      ['name'],
    );
  }
  const address = `/office/reports/${reportId}/definition`;
  const definition = JSON.stringify(byGroup);
  assert.equal((await post(address, { definition, name: former })).statusCode, 303);
  const changed = await post(address, { definition, name: `${former}!` });
  assert.equal(changed.statusCode, 422);
  assert.match(changed.body, /id="name-error"/);
  assert.equal((await put({ name: 'नई' })).json<{ name: string }>().name, 'नई');
});

test('a filter is told by its name in the reader’s language, however it was said', async () => {
  const chosen = 'subject=people&office=SW&g1=group&m=registered&show=1';
  for (const said of ['barabanki', 'बाराबंकी']) {
    const url = `/office/reports/new?${chosen}&f_district=${encodeURIComponent(said)}`;
    assert.match((await page(url)).body, /जनपद: बाराबंकी/);
    assert.match((await page(url, 'en')).body, /District: Barabanki/);
  }
  const reportId = await saveReport(own, {
    definition: { ...byGroup, filters: { district: ['BARABANKI'] } },
  });
  assert.match((await page(`/office/reports/${reportId}`, 'en')).body, /District: Barabanki/);
  const csv = await page(`/office/reports/${reportId}/rows.csv`);
  assert.ok(decodeURIComponent(csv.headers['content-disposition'] as string).includes('जनपद बाराबंकी'));
});

test('a mistyped designation is answered with what is like it, as a district is', async () => {
  await sql`insert into designation (designation_id, name, name_key) values (${newId()}, 'सहायक', 'names')`.execute(
    world.runtime.db.read,
  );
  const chosen = 'subject=people&office=SW&g1=group&m=registered&show=1';
  for (const [dimension, typed, name] of [
    ['district', 'बारबंकी', 'बाराबंकी'],
    ['designation', 'सहयक', 'सहायक'],
  ]) {
    const wrong = await page(
      `/office/reports/new?${chosen}&f_${dimension}=${encodeURIComponent(typed ?? '')}`,
    );
    assert.ok(wrong.body.includes(`मिलते-जुलते: &quot;${name}&quot;`), typed);
  }
});

test('what may have been meant is of the report’s own offices first, in the page’s language, and put in by a link', async () => {
  const chosen = 'subject=people&office=SW&g1=group&m=registered&show=1';
  const asked = (typed: string) => `/office/reports/new?${chosen}&f_district=${encodeURIComponent(typed)}`;
  const meant = (body: string) => {
    const [, links = ''] =
      /id="filters\.district-error">.*?(?:मिलते-जुलते|Similar): (.*?)<\/p>/s.exec(body) ?? [];
    return [...links.matchAll(/href="([^"]*)">([^<]*)</g)].map(([, href = '', name = '']) => ({
      href: href.replaceAll('&amp;', '&'),
      name,
    }));
  };
  const hindi = meant((await page(asked('लखनऊ; बाराबंकि'))).body);
  assert.deepEqual(
    hindi.map(({ name }) => name),
    ['बाराबंकी'],
  );
  const followed = await page(hindi[0]?.href ?? '');
  assert.equal(followed.statusCode, 200);
  assert.match(followed.body, /id="filters\.district"[^>]*value="लखनऊ; बाराबंकी"/);
  const far = 'jaisalmr';
  assert.deepEqual(meant((await page(asked(far))).body), [], 'it has no name in Hindi');
  const english = meant((await page(asked(far), 'en')).body);
  assert.deepEqual(
    english.map(({ name }) => name),
    ['Jaisalmer'],
  );
  assert.equal((await page(english[0]?.href ?? '', 'en')).statusCode, 200);
});

test('one person keeps at most two hundred, however many are sent at once; what is removed makes room', async () => {
  const reader = world.as('secretary');
  const definition: Definition = { ...byGroup };
  const most = 200;
  for (let at = 0; at < most - 2; at += 1) await saveReport(reader, { name: `र ${at}`, definition });
  const more = await Promise.allSettled(
    Array.from({ length: 8 }, (_, at) => saveReport(reader, { name: `और ${at}`, definition })),
  );
  assert.equal(more.filter(({ status }) => status === 'fulfilled').length, 2);
  const kept = await visibleReports(reader);
  const [one] = kept;
  assert.equal(kept.filter(({ ownerId }) => ownerId === one?.ownerId).length, most);
  const refused = (error: unknown) => error instanceof Refusal && error.reason === 'too_many_reports';
  await assert.rejects(copyReport(reader, one?.reportId ?? '', 'प्रति'), refused);
  await deleteReport(reader, one?.reportId ?? '');
  await copyReport(reader, kept[1]?.reportId ?? '', 'प्रति');
});
