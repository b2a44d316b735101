import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { signedIn } from '../../test/signed-in.ts';
import { openWorld } from '../../test/world.ts';
import { changeFacts } from '../kernel/facts.ts';
import { newId } from '../kernel/ids.ts';

const world = await openWorld();
after(() => world.close());
const app = await world.app();
const { headers } = await signedIn(world, 'ramesh');

const preview = (payload: object) =>
  app.inject({
    method: 'POST',
    url: '/api/v1/reports/preview',
    headers,
    payload: { subject: 'people', office: 'SW-BBK', ...payload },
  });

test('a preview masks mobile numbers and e-mails; whole ones stand in files, which are on record', async () => {
  const columns = ['code', 'mobile', 'email'];
  const { rows } = (await preview({ columns })).json<{ rows: (string | null)[][] }>();
  assert.ok(rows.some(([, mobile]) => mobile));
  for (const [, mobile, email] of rows) {
    if (mobile) assert.match(mobile, /^\d\d•+\d\d$/);
    if (email) assert.match(email, /^..?•+@/);
  }
  const file = await app.inject({
    method: 'POST',
    url: '/api/v1/reports/rows.csv',
    headers,
    payload: { subject: 'people', office: 'SW-BBK', columns },
  });
  assert.match(file.body, /,\d{10},/);
});

test('a column chosen twice and a sign that no text can have are refused', async () => {
  for (const columns of [
    ['office', 'office'],
    ['code', 'code'],
  ])
    assert.equal((await preview({ columns })).statusCode, 422, columns.join());
  for (const filter of ['cadre', 'district', 'designation']) {
    const asked = { columns: ['code'], filters: { [filter]: ['a\u0000b'] } };
    assert.equal((await preview(asked)).statusCode, 422, filter);
  }
});

test('a day that no calendar has is told beside its field, and not in the middle of a file', async () => {
  for (const day of ['0000-01-01', '2026-02-30', '99999-01-01']) {
    const asked = { columns: ['code'], asOf: day };
    const answer = await preview(asked);
    assert.equal(answer.statusCode, 422, day);
    assert.equal(answer.json<{ errors: { path: string }[] }>().errors[0]?.path, 'asOf');
  }
});

test('filters are said by code or name in either language, and an unknown one is told with what is like it', async () => {
  const registered = async (filters: object) => {
    const answer = await preview({ groups: ['group'], measures: ['registered'], filters });
    return answer.statusCode === 200 ? answer.json<{ total: unknown[] }>().total : answer.json();
  };
  const hi = 'सहायक लेखाकार';
  await world.runtime.db.transaction((tx) =>
    changeFacts(tx, { ids: [world.personId('sunita')] }, async () => {
      await sql`with made as (insert into designation (designation_id, name, name_key, name_en)
          values (${newId()}, ${hi}, 'preview', 'Assistant accountant') returning designation_id)
        update posting set designation_id = made.designation_id from made
        where person_id = ${world.personId('sunita')}`.execute(tx);
    }),
  );
  const inHindi = await registered({ designation: [hi] });
  assert.deepEqual(inHindi, ['कुल', 1]);
  assert.deepEqual(await registered({ designation: [' ASSISTANT accountant'] }), inHindi);
  const district = await sql<{
    code: string;
    hi: string;
    en: string;
  }>`select code, name_hi as hi, name_en as en
    from area where kind = 'district' and name_en = 'Barabanki'`.execute(world.runtime.db.read);
  const { code = '', ...named } = district.rows[0] ?? {};
  const byCode = await registered({ district: [code] });
  for (const name of Object.values(named)) assert.deepEqual(await registered({ district: [name] }), byCode);

  const wrong = await registered({ designation: [hi, `${hi}x`], district: ['Atlantis'] });
  assert.deepEqual(
    wrong.errors.map((one: { path: string }) => one.path),
    ['filters.designation', 'filters.district'],
  );
  assert.ok(JSON.stringify(wrong.errors[0]).includes(`मिलते-जुलते: \\"${hi}`));
});

test('tags and languages stand in words of the language that is read in', async () => {
  const rows = async (payload: object, language: 'hi' | 'en') => {
    const answer = await app.inject({
      method: 'POST',
      url: '/api/v1/reports/preview',
      headers: { ...headers, 'accept-language': language },
      payload: { subject: 'courses', office: 'SW-BBK', ...payload },
    });
    return answer.json<{ rows: string[][] }>().rows.flat();
  };
  await sql`insert into course (course_id, code, title_hi, title_en, state, tags, languages, published_at)
    values (${newId()}, 'WORDS-1', 'शब्द', 'Words', 'published', '{cyber,own words}', '{hi,ta}', '2025-01-01')`.execute(
    world.runtime.db.read,
  );
  const grouped = { groups: ['tag'], measures: ['courses'] };
  assert.ok((await rows(grouped, 'hi')).includes('साइबर सुरक्षा'));
  assert.ok((await rows(grouped, 'en')).includes('own words'));
  const listed = {
    columns: ['code', 'tag', 'language'],
    filters: { language: ['तमिल'], tag: ['Cyber security'] },
  };
  assert.deepEqual((await rows(listed, 'hi')).slice(1), ['साइबर सुरक्षा; own words', 'हिन्दी; तमिल']);
});
