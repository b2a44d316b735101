import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { undoImport } from '../../src/kernel/imports/index.ts';
import { openWorld, type World } from '../world.ts';
import { commit, counts, csv, look, people, postings } from './files.ts';

let world: World;
before(async () => {
  world = await openWorld();
});
after(() => world.close());

const head =
  'employee_code,name_hi,office_code,designation,group,engagement,posting_kind,posted_on,posted_until,end_reason,joined_on';
const roster = (...rows: string[]) => csv(head, ...rows);
const take = (...rows: string[]) => commit(world.system, 'roster', roster(...rows));

type Case = {
  name: string;
  /** Files given one after the other; the last one is looked at. */
  files: string[][];
  expect: Partial<ReturnType<typeof counts>>;
  postings: string[];
};

const today = '2026-11-22';
const cases: Case[] = [
  {
    name: 'a posting starts on posted_on, else joined_on, else on the day of the import',
    files: [
      ['A1,क,SW-BBK,,,,,2020-01-01,,,2019-01-01', 'A2,ख,SW-BBK,,,,,,,,2019-01-01', 'A3,ग,SW-BBK,,,,,,,,'],
    ],
    expect: { added: 3, rows: 3 },
    postings: [
      'A1@SW-BBK - - - regular 2020-01-01.. *',
      'A2@SW-BBK - - - regular 2019-01-01.. *',
      `A3@SW-BBK - - - regular ${today}.. *`,
    ],
  },
  {
    name: 'one code with two offices is one person with two postings; the regular one is primary',
    files: [['B1,क,SW-BBK,,,,additional_charge,2019-01-01,,,', 'B1,क,SW-JHS,,,,,2020-01-01,,,']],
    expect: { added: 2 },
    postings: ['B1@SW-BBK - - - additional_charge 2019-01-01..', 'B1@SW-JHS - - - regular 2020-01-01.. *'],
  },
  {
    name: 'the same file again changes nothing',
    files: [
      ['C1,क,SW-BBK,लिपिक,ग,नियमित,,01/02/2020,,,', 'C2,ख,SW-JHS,लिपिक,C,permanent,,,,,2020-02-01'],
      ['C1,क,SW-BBK,लिपिक,ग,नियमित,,01/02/2020,,,', 'C2,ख,SW-JHS,लिपिक,C,permanent,,,,,2020-02-01'],
    ],
    expect: { added: 0, changed: 0, unchanged: 2 },
    postings: [
      'C1@SW-BBK लिपिक C permanent regular 2020-02-01.. *',
      'C2@SW-JHS लिपिक C permanent regular 2020-02-01.. *',
    ],
  },
  {
    name: 'a changed designation closes the posting the day before posted_on and opens a new one',
    files: [['D1,क,SW-BBK,लिपिक,ग,,,2020-01-01,,,'], ['D1,क,SW-BBK,प्रधान लिपिक,ग,,,2024-04-01,,,']],
    expect: { changed: 1, ended: 0 },
    postings: [
      'D1@SW-BBK लिपिक C - regular 2020-01-01..2024-03-31 *',
      'D1@SW-BBK प्रधान लिपिक C - regular 2024-04-01.. *',
    ],
  },
  {
    name: 'a changed group without a new posted_on begins on the day of the import, and stays so when repeated',
    files: [
      ['E1,क,SW-BBK,लिपिक,ग,,,2020-01-01,,,'],
      ['E1,क,SW-BBK,लिपिक,ख,,,2020-01-01,,,'],
      ['E1,क,SW-BBK,लिपिक,ख,,,2020-01-01,,,'],
    ],
    expect: { changed: 0, unchanged: 1 },
    postings: [
      'E1@SW-BBK लिपिक C - regular 2020-01-01..2026-11-21 *',
      `E1@SW-BBK लिपिक B - regular ${today}.. *`,
    ],
  },
  {
    name: 'a changed posted_on alone corrects the posting',
    files: [['F1,क,SW-BBK,,,,,2020-01-01,,,'], ['F1,क,SW-BBK,,,,,2020-03-01,,,']],
    expect: { changed: 1 },
    postings: ['F1@SW-BBK - - - regular 2020-03-01.. *'],
  },
  {
    name: 'what was open is filled in without a new posting',
    files: [['G1,क,SW-BBK,,,,,2020-01-01,,,'], ['G1,क,SW-BBK,लिपिक,ग,संविदा,,2020-01-01,,,']],
    expect: { changed: 1 },
    postings: ['G1@SW-BBK लिपिक C contract regular 2020-01-01.. *'],
  },
  {
    name: 'an empty cell keeps what is known',
    files: [['H1,क,SW-BBK,लिपिक,ग,संविदा,,2020-01-01,,,'], ['H1,,SW-BBK,,,,,,,,', 'H1,क,SW-BBK,,,,,,,,']],
    expect: { unchanged: 2, rejected: 0 },
    postings: ['H1@SW-BBK लिपिक C contract regular 2020-01-01.. *'],
  },
  {
    name: 'an office newly listed ends the unlisted open posting the day before',
    files: [['I1,क,SW-BBK,,,,,2020-01-01,,,'], ['I1,क,SW-JHS,,,,,2026-10-05,,,']],
    expect: { added: 1, ended: 1 },
    postings: [
      'I1@SW-BBK - - - regular 2020-01-01..2026-10-04 transferred *',
      'I1@SW-JHS - - - regular 2026-10-05.. *',
    ],
  },
  {
    name: 'a transfer without a date begins on the day of the import, whatever the day of joining service',
    files: [['J1,क,SW-BBK,,,,,2020-01-01,,,2015-01-01'], ['J1,क,SW-JHS,,,,,,,,2015-01-01']],
    expect: { added: 1, ended: 1 },
    postings: [
      `J1@SW-BBK - - - regular 2020-01-01..2026-11-21 transferred *`,
      `J1@SW-JHS - - - regular ${today}.. *`,
    ],
  },
  {
    name: 'both offices listed: nothing ends',
    files: [
      ['K1,क,SW-BBK,,,,,2020-01-01,,,'],
      ['K1,क,SW-JHS,,,,,2026-10-05,,,', 'K1,क,SW-BBK,,,,,2020-01-01,,,'],
    ],
    expect: { added: 1, unchanged: 1, ended: 0 },
    postings: ['K1@SW-BBK - - - regular 2020-01-01.. *', 'K1@SW-JHS - - - regular 2026-10-05..'],
  },
  {
    name: 'a rejected row ends nothing',
    files: [
      ['L1,क,SW-BBK,,,,,2020-01-01,,,'],
      ['L1,क,SW-JHS,,,,,2026-10-05,,,', 'L1,क,SW-BBK,,ङ,,,2020-01-01,,,'],
    ],
    expect: { added: 1, rejected: 1, ended: 0 },
    postings: ['L1@SW-BBK - - - regular 2020-01-01.. *', 'L1@SW-JHS - - - regular 2026-10-05..'],
  },
  {
    name: 'a further charge and a deputation are held beside the posting',
    files: [['M1,क,SW-BBK,,,,,2020-01-01,,,'], ['M1,क,SW-JHS,,,,deputation,2026-10-05,2026-12-31,,']],
    expect: { added: 1, ended: 0 },
    postings: [
      'M1@SW-BBK - - - regular 2020-01-01.. *',
      'M1@SW-JHS - - - deputation 2026-10-05..2026-12-31 *',
    ],
  },
  {
    name: 'posted_until and end_reason end the posting, once',
    files: [
      ['N1,क,SW-BBK,,,,,2020-01-01,,,'],
      ['N1,क,SW-BBK,,,,,2020-01-01,31.10.2026,सेवानिवृत्त,'],
      ['N1,क,SW-BBK,,,,,2020-01-01,31.10.2026,retired,'],
    ],
    expect: { unchanged: 1, changed: 0, ended: 0 },
    postings: ['N1@SW-BBK - - - regular 2020-01-01..2026-10-31 retired *'],
  },
  {
    name: 'an end reason without a day ends the posting the day before the import',
    files: [['O1,क,SW-BBK,,,,,2020-01-01,,,'], ['O1,क,SW-BBK,,,,,,,died,']],
    expect: { changed: 1, ended: 1 },
    postings: ['O1@SW-BBK - - - regular 2020-01-01..2026-11-21 died *'],
  },
  {
    name: 'an end reason without a day, repeated, keeps the day',
    files: [['P1,क,SW-BBK,,,,,2020-01-01,,,'], ['P1,क,SW-BBK,,,,,,,died,'], ['P1,क,SW-BBK,,,,,,,died,']],
    expect: { unchanged: 1, ended: 0 },
    postings: ['P1@SW-BBK - - - regular 2020-01-01..2026-11-21 died *'],
  },
  {
    name: 'a second row for the same person and office that contradicts is rejected, a repetition is unchanged',
    files: [
      [
        'Q1,क,SW-BBK,लिपिक,,,,2020-01-01,,,',
        'Q1,क,SW-BBK,अधिकारी,,,,2020-01-01,,,',
        'Q1,क,SW-BBK,लिपिक,,,,2020-01-01,,,',
      ],
    ],
    expect: { added: 1, rejected: 1, unchanged: 1 },
    postings: ['Q1@SW-BBK लिपिक - - regular 2020-01-01.. *'],
  },
  {
    name: 'a row of the past is a posting of the past, and repeated it is the same one',
    files: [
      ['R1,क,SW-BBK,,,,,2018-01-01,2019-12-31,,', 'R1,क,SW-JHS,,,,,2020-01-01,,,'],
      ['R1,क,SW-BBK,,,,,2018-01-01,2019-12-31,,', 'R1,क,SW-JHS,,,,,2020-01-01,,,'],
    ],
    expect: { unchanged: 2, ended: 0 },
    postings: ['R1@SW-BBK - - - regular 2018-01-01..2019-12-31 *', 'R1@SW-JHS - - - regular 2020-01-01.. *'],
  },
  {
    name: 'a correction on the same day replaces what began today',
    files: [['S1,क,SW-BBK,लिपिक,,,,,,,'], ['S1,क,SW-JHS,लिपिक,,,,,,,']],
    expect: { added: 1, ended: 1 },
    postings: [`S1@SW-JHS लिपिक - - regular ${today}.. *`],
  },
];

for (const { name, files, expect, postings: expected } of cases) {
  test(name, async () => {
    const codes = [...new Set(files.flat().map((row) => row.split(',')[0] ?? ''))];
    for (const rows of files.slice(0, -1)) await take(...rows);
    const last = files.at(-1) ?? [];
    const seen = await look(world.system, 'roster', roster(...last));
    const { result } = await take(...last);
    assert.deepEqual(counts(seen.result), counts(result), 'a dry run and the commit count the same');
    const found = counts(result);
    for (const [key, value] of Object.entries(expect))
      assert.equal(found[key], value, `${key} in ${JSON.stringify(found)}`);
    assert.equal(result.rows, result.added + result.changed + result.unchanged + result.rejected);
    assert.deepEqual(await postings(world, ...codes), expected);
  });
}

const rejected: [name: string, row: string, reason: RegExp][] = [
  ['an unknown office', 'X1,क,NOPE,,,,,,,,', /unknown office/],
  ['an impossible date', 'X1,क,SW-BBK,,,,,31-02-2020,,,', /impossible date \(posted_on\)/],
  ['a future posted_on', 'X1,क,SW-BBK,,,,,2026-11-23,,,', /future \(posted_on\)/],
  ['a future joined_on', 'X1,क,SW-BBK,,,,,,,,2027-01-01', /future \(joined_on\)/],
  ['an unknown group', 'X1,क,SW-BBK,,E,,,,,,', /the group is none of/],
  ['an unknown engagement', 'X1,क,SW-BBK,,,ठेका पद्धति,,,,,', /unknown engagement/],
  ['an unknown kind', 'X1,क,SW-BBK,,,,घूमता,,,,', /unknown kind/],
  ['no code', ',क,SW-BBK,,,,,,,,', /no employee code|no code/],
  ['no name', 'X1,,SW-BBK,,,,,,,,', /no name/],
  ['an end before the beginning', 'X1,क,SW-BBK,,,,,2020-01-02,2020-01-01,,', /end before it begins/],
];
for (const [name, row, reason] of rejected) {
  test(`rejected, with the reason: ${name}`, async () => {
    const { result, errors } = await take(row);
    assert.deepEqual(counts(result), { rows: 1, added: 0, changed: 0, unchanged: 0, ended: 0, rejected: 1 });
    assert.match(errors[0]?.['reason'] ?? '', reason);
    assert.match(errors[0]?.['reason'] ?? '', /[\u0900-\u097f]/);
    assert.equal(errors[0]?.['line'], '2');
    assert.equal(errors[0]?.['office_code'], row.split(',')[2]);
  });
}

test('an account counts from registered_on, else from the first day of the first posting', async () => {
  const file = csv(
    'employee_code,name_en,office_code,posted_on,posted_until,registered_on,mobile,email',
    'AC1,Asha,SW-BBK,2020-01-01,,2021-05-05,+91-98100 00001,ASHA@Example.in',
    'AC2,Bela,SW-BBK,2020-01-01,,,,',
    'AC3,Chitra,SW-BBK,2020-01-01,,,,',
    'AC3,Chitra,SW-JHS,2018-01-01,2019-12-31,,09810000003,',
  );
  await commit(world.system, 'roster', file);
  assert.deepEqual(await people(world, 'AC1', 'AC2', 'AC3'), [
    'EHRMS:AC1 |Asha 9810000001 asha@example.in .. 2021-05-05 2021-05-05 9810000001,asha@example.in',
    'EHRMS:AC2 |Bela - - .. 2020-01-01',
    'EHRMS:AC3 |Chitra 9810000003 - .. 2018-01-01 9810000003',
  ]);
});

test('the whole roster of an office ends who is not listed, guards against many, and lets them resume', async () => {
  const rows = Array.from({ length: 20 }, (_, n) => `W${n},क,SW-BBK-SCH,,,,,2020-01-01,,,`);
  await take(...rows);
  const flags = { complete: true, office: 'SW-BBK-SCH', allowManyEnded: true };
  await commit(world.system, 'roster', roster('SW2001,इमरान ख़ान,SW-BBK-SCH,,,,,,,,', ...rows), flags);
  const without = (n: number) => roster(...rows.slice(n), 'SW2001,इमरान ख़ान,SW-BBK-SCH,,,,,,,,');
  await assert.rejects(commit(world.system, 'roster', without(3), { ...flags, allowManyEnded: false }), {
    reason: 'many_ended',
  });
  const two = await commit(world.system, 'roster', without(2), { ...flags, allowManyEnded: false });
  assert.equal(two.result.ended, 2);
  assert.deepEqual(await postings(world, 'W0'), ['W0@SW-BBK-SCH - - - regular 2020-01-01..2026-11-21 *']);
  world.clock.set('2027-01-15T06:00:00Z');
  const back = await take('W0,क,SW-BBK-SCH,,,,,2020-01-01,,,');
  assert.equal(back.result.changed, 1);
  assert.deepEqual(await postings(world, 'W0'), ['W0@SW-BBK-SCH - - - regular 2020-01-01.. *']);
  world.clock.set('2027-03-15T06:00:00Z');
  await take('W1,क,SW-BBK-SCH,,,,,2020-01-01,,,');
  assert.deepEqual(await postings(world, 'W1'), [
    'W1@SW-BBK-SCH - - - regular 2020-01-01..2026-11-21 *',
    'W1@SW-BBK-SCH - - - regular 2027-03-15.. *',
  ]);
  const again = await take('W1,क,SW-BBK-SCH,,,,,2020-01-01,,,');
  assert.equal(again.result.unchanged, 1);
  world.clock.set('2026-11-22T06:00:00Z');
});

test('an undo puts everything back: new people, transfers, promotions, names and numbers', async () => {
  const first = csv(
    'employee_code,name_hi,office_code,designation,posted_on,mobile',
    'U1,उमा,SW-BBK,लिपिक,2020-01-01,9810000011',
    'U2,ऊषा,SW-BBK,लिपिक,2020-01-01,',
    'U3,एला,SW-BBK,लिपिक,2020-01-01,',
  );
  const made = await commit(world.system, 'roster', first);
  const state = async () => [await people(world), await postings(world)];
  const before = await state();
  const second = csv(
    'employee_code,name_hi,office_code,designation,posted_on,mobile',
    'U1,उमा देवी,SW-BBK,प्रधान लिपिक,2024-01-01,9810000012',
    'U2,ऊषा,SW-JHS,लिपिक,2025-01-01,9810000013',
    'U3,एला,SW-BBK,लिपिक,2019-01-01,',
    'U4,ओम,SW-BBK,लिपिक,2020-01-01,9810000014',
  );
  const { result } = await commit(world.system, 'roster', second);
  assert.deepEqual(counts(result), { rows: 4, added: 2, changed: 2, unchanged: 0, ended: 1, rejected: 0 });
  assert.notDeepEqual(await state(), before);
  await undoImport(world.system, result.id);
  assert.deepEqual(await state(), before);
  const again = await commit(world.system, 'roster', second);
  assert.deepEqual(counts(again.result), counts(result));
  await undoImport(world.system, again.result.id);
  assert.deepEqual(await state(), before);
  await undoImport(world.system, made.result.id);
  assert.deepEqual(await people(world, 'U1', 'U2', 'U3', 'U4'), []);
});
