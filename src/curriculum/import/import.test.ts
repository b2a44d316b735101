import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { openWorld } from '../../../test/world.ts';
import { requireKind, takeFile } from '../../imports/index.ts';
import { newId } from '../../kernel/ids.ts';
import { checkImport, commitImport, importById, undoImport } from '../../kernel/imports/index.ts';
import { publishSyllabus } from '../programmes/publish-syllabus.ts';
import { createProgramme } from '../programmes/save-programme.ts';
import { beginSyllabus, saveSyllabus } from '../programmes/save-syllabus.ts';
import { wholeProgramme } from '../read.ts';
import { failingSubjects } from '../rules/read-coverage.ts';
import { saveRule } from '../rules/save-rule.ts';
import { ruleInput } from '../schema.ts';

const world = await openWorld();
after(() => world.close());
const flags = { complete: false, allOrNothing: false, allowManyEnded: false };
const nodal = world.as('anita');

async function bring(lines: string[], key = 'anita') {
  const ctx = world.as(key);
  const head =
    'programme_code,office_code,title_hi,revised_on,in_force_from,induction,course_code,part,tags,minutes';
  const source = (async function* () {
    yield Buffer.from(`${[head, ...lines].join('\n')}\n`);
  })();
  const importId = await takeFile(ctx, requireKind('programmes'), { source, name: 'p.csv', flags });
  await checkImport(ctx, importId);
  const { added, changed, unchanged, rejected, warnings } = await commitImport(ctx, importId);
  return { importId, counts: [added, changed, unchanged, rejected], warnings };
}

const good = [
  'P1,SW-BBK-SCH,पहला,01-02-2025,01-03-2025,हाँ,,AI का परिचय,ai,120',
  'P1,SW-BBK-SCH,,01-02-2025,01-03-2025,हाँ,,साइबर,cyber;field,60',
];

test('programmes come with their syllabi, again unchanged, and go by undo unless something was built on them', async () => {
  const first = await bring(good);
  assert.deepEqual(first.counts, [2, 0, 0, 0]);
  const { programme, syllabi } = await wholeProgramme(nodal, 'P1');
  assert.equal(programme.isInduction, true);
  assert.deepEqual(syllabi[0]?.parts[1]?.tags, ['cyber', 'field']);
  assert.equal(syllabi[0]?.publishedOn, '2025-03-01');
  assert.deepEqual((await bring(good)).counts, [0, 0, 2, 0]);
  const next = await bring(['P1,SW-BBK-SCH,,01-02-2026,,,,साइबर,cyber,60']);
  assert.deepEqual(next.counts, [0, 1, 0, 0]);
  await assert.rejects(undoImport(world.as('anita'), first.importId), { code: 'has_dependents' });
  await undoImport(world.as('anita'), next.importId);
  assert.equal((await wholeProgramme(nodal, 'P1')).syllabi.length, 1);
  await saveSyllabus(nodal, 'P1', { revisedOn: '2026-01-01', isInduction: false, parts: [{ title: 'x' }] });
  await assert.rejects(undoImport(world.as('anita'), first.importId), { code: 'has_dependents' });
});

test('a syllabus with one wrong row is refused whole, with the reason of each row', async () => {
  const wrong = await bring([
    'P2,SW-BBK-SCH,दूसरा,01-02-2025,,,,भाग,ai,60',
    'P2,SW-BBK-SCH,दूसरा,01-02-2025,,,NO-COURSE,,,',
    'P3,NOWHERE,तीसरा,01-02-2025,,,,भाग,ai,60',
    'P4,SW-BBK-SCH,चौथा,01-02-2025,,,,,ai,60',
    'P5,HF-BBK-CHC,पाँचवाँ,01-02-2025,,,,भाग,ai,60',
    'P6,SW-BBK-SCH,,01-02-2025,,,,भाग,ai,60',
    'P1,SW-BBK,पहला,01-02-2025,,,,भाग,ai,60',
  ]);
  assert.deepEqual(wrong.counts, [0, 0, 0, 7]);
  const found = await importById(world.runtime.db.read, wrong.importId);
  assert.deepEqual(
    found?.samples?.rejected?.map((row) => row.reason?.en),
    [
      'another row of this programme was refused',
      'unknown course',
      'unknown office',
      'give a course’s code or a part’s name: one of the two',
      'this office lies outside your offices',
      'no name',
      'a programme of this code is another institute’s, or closed',
    ],
  );
});

test('a course that is no longer offered is refused as a part, unless the syllabus had it before', async () => {
  const set = (state: string) =>
    sql`update course set state = ${state} where code = 'R-1'`.execute(world.runtime.db.read);
  await sql`insert into course (course_id, code, title_hi, state, tags)
    values (${newId()}, 'R-1', 'पुराना कोर्स', 'published', '{}')`.execute(world.runtime.db.read);
  const first = ['R1,SW-BBK-SCH,पहला,01-02-2025,01-03-2025,,R-1,,,'];
  assert.deepEqual((await bring(first)).counts, [1, 0, 0, 0]);
  await set('retired');
  assert.deepEqual((await bring(first)).counts, [0, 0, 1, 0]);
  const refused = await bring(['R2,SW-BBK-SCH,दूसरा,01-02-2025,,,R-1,,,']);
  assert.deepEqual(refused.counts, [0, 0, 0, 1]);
  const found = await importById(world.runtime.db.read, refused.importId);
  assert.equal(found?.samples?.rejected?.[0]?.reason?.en, 'this course is no longer offered');
});

test('tags of a file are told apart at blanks, commas and semicolons alone', async () => {
  await bring(['T1,SW-BBK-SCH,टैग,01-02-2025,,,,भाग,cyber-security posh;ai,60']);
  const { syllabi } = await wholeProgramme(nodal, 'T1');
  assert.deepEqual(syllabi[0]?.parts[0]?.tags, ['ai', 'cyber-security', 'posh']);
});

test('the syllabus in force is the latest by its day, whatever was brought in after it', async () => {
  const now = [{ title: 'आज का' }];
  await createProgramme(nodal, { code: 'D1', titleHi: 'क्रम', officeCode: 'SW-BBK-SCH' });
  await saveSyllabus(nodal, 'D1', { revisedOn: '2026-10-01', isInduction: true, parts: now });
  await publishSyllabus(nodal, 'D1');
  await bring(['D1,SW-BBK-SCH,,01-02-2010,01-03-2010,,,पुराना,ai,60']);
  const { programme, syllabi } = await wholeProgramme(nodal, 'D1');
  assert.deepEqual([programme.revisedOn, programme.isInduction], ['2026-10-01', true]);
  assert.deepEqual(
    syllabi.map((one) => one.publishedOn),
    ['2026-11-22', '2010-03-01'],
  );
  await beginSyllabus(nodal, 'D1');
  const [draft] = (await wholeProgramme(nodal, 'D1')).syllabi;
  assert.deepEqual(
    [draft?.state, draft?.isInduction, draft?.parts.map((one) => one.titleHi)],
    ['draft', true, ['आज का']],
  );
  // Brought in while the draft lay there, of the day on which it is published.
  await bring(['D1,SW-BBK-SCH,,02-02-2026,22-11-2026,,,बीच का,ai,60']);
  await publishSyllabus(nodal, 'D1');
  const [last] = (await wholeProgramme(nodal, 'D1')).syllabi;
  assert.deepEqual([last?.parts.map((one) => one.titleHi), last?.version], [['आज का'], 5]);
});

test('what was in force before a blocking rule is taken and listed; what it forbade on its day is refused', async () => {
  await saveRule(
    nodal,
    ruleInput.parse({
      ...{ orderNumber: '1/2026', orderDate: '2026-01-16', issuer: 'मुख्य सचिव', titleHi: 'साइबर' },
      ...{
        officeCode: 'SW',
        kinds: 'programme',
        tags: 'cyber',
        enforcement: 'blocking',
        validFrom: '2026-06-01',
      },
    }),
  );
  const brought = await bring([
    'P7,SW-BBK-SCH,सातवाँ,01-02-2025,31-05-2026,,,भाग,ai,60',
    'P8,SW-BBK-SCH,आठवाँ,01-02-2025,01-06-2026,,,भाग,ai,60',
  ]);
  assert.deepEqual(brought.counts, [1, 0, 0, 1]);
  assert.deepEqual(brought.warnings, [{ code: 'rule_missed', count: 1, sample: ['P7: cyber'] }]);
  const { items } = await failingSubjects(nodal, { office: 'SW' });
  assert.deepEqual(
    items.map(({ subject }) => subject.code).filter((code) => code.startsWith('P')),
    ['P7'],
  );
});
