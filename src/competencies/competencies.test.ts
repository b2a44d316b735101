import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { signedIn } from '../../test/signed-in.ts';
import { openWorld, type World } from '../../test/world.ts';
import { courseOf, loadDemonstrationCourses } from '../catalogue/index.ts';
import { translator } from '../kernel/i18n.ts';
import { newId } from '../kernel/ids.ts';
import { changeLevels, levelsSubject } from './dictionary/change-levels.ts';
import { addCompetency, changeCompetency, retireCompetency } from './dictionary/save-competency.ts';
import { seedDictionary } from './dictionary/seed-dictionary.ts';
import { resolveWords } from './dictionary/tags.ts';
import { competencyTree, coursesOfCompetency, levelNames } from './dictionary/tree.ts';
import { competenciesNeeded } from './needs/competencies-needed.ts';
import { setNeeds } from './needs/set-needs.ts';
import { declareCompetency, withdrawDeclaration } from './passbook/declare-competency.ts';
import { ownPassbook } from './passbook/passbook-view.ts';
import { renderPassbook } from './passbook/render-passbook.ts';
import { changesOf } from './stores/dictionary.ts';

let world: World;
before(async () => {
  world = await openWorld();
  await loadDemonstrationCourses(world.system, world.runtime);
});
after(() => world.close());

test('the dictionary has the model in three kinds, in both languages, with empty descriptors', async () => {
  const tree = await competencyTree(world.system);
  assert.deepEqual(
    tree.map((branch) => [branch.kind, branch.competencies.length]),
    [
      ['behavioural_core', 8],
      ['behavioural_leadership', 5],
      ['functional', 21],
    ],
  );
  for (const one of tree.flatMap((branch) => branch.competencies)) {
    assert.match(one.nameHi, /[\u0900-\u097f]/);
    assert.equal(one.descriptors.length, 5);
  }
});

test('a demonstration course bears its competencies and is found by the Hindi name of one', async () => {
  assert.deepEqual((await courseOf(world.system, 'gem-procurement')).competencies, [
    'public-procurement:2',
    'financial-management:1',
  ]);
  const found = await coursesOfCompetency(world.system, { key: 'public-procurement' });
  assert.deepEqual(
    found.map((one) => [one.code, one.level]),
    [['gem-procurement', 2]],
  );
  assert.deepEqual(await coursesOfCompetency(world.system, { key: 'public-procurement', from: 3 }), []);
});

test('what an editor changed and retired stays so when the model is read again', async () => {
  const tree = await competencyTree(world.system);
  const { kind, nameEn, subThemes } =
    tree.flatMap((branch) => branch.competencies).find((one) => one.key === 'communication') ?? assert.fail();
  await changeCompetency(world.system, 'communication', { kind, nameEn, subThemes, nameHi: 'संवाद' });
  await retireCompetency(world.system, 'change-management');
  await seedDictionary(world.runtime);
  const again = (await competencyTree(world.system)).flatMap((branch) => branch.competencies);
  assert.equal(again.find((one) => one.key === 'communication')?.nameHi, 'संवाद');
  assert.equal(
    again.some((one) => one.key === 'change-management'),
    false,
  );
});

test('a statement stands until it is replaced or withdrawn, and only its person withdraws it', async () => {
  const ctx = world.as('sunita');
  const note = 'दो वर्ष से कार्यालय की खरीद करती हूँ';
  const first = await declareCompetency(ctx, { competency: 'सार्वजनिक खरीद', level: 2, note });
  const second = await declareCompetency(ctx, { competency: 'public-procurement', level: 3, note });
  const { entries } = await ownPassbook(ctx);
  assert.deepEqual(
    entries.map(({ competency, level, strength }) => [competency.key, level, strength]),
    [['public-procurement', 3, 'declared']],
  );
  await assert.rejects(withdrawDeclaration(ctx, first.declarationId), { code: 'not_found' });
  await assert.rejects(withdrawDeclaration(world.as('anita'), second.declarationId), { code: 'not_found' });
  await withdrawDeclaration(ctx, second.declarationId);
  assert.deepEqual((await ownPassbook(ctx)).entries, []);
});

test('an editor of a root office keeps the dictionary; a nodal officer does not', async () => {
  const input = {
    key: 'disaster-response',
    kind: 'functional',
    nameHi: 'आपदा प्रतिक्रिया',
    nameEn: 'Disaster Response',
    subThemes: [],
  } as const;
  await assert.rejects(addCompetency(world.as('anita'), { ...input, subThemes: [] }), { code: 'forbidden' });
  await addCompetency(world.as('operator'), { ...input, subThemes: [] });
  const audits =
    await sql`select 1 from audit_event where action = 'competency.added' and subject_id = 'disaster-response'`.execute(
      world.runtime.db.read,
    );
  assert.equal(audits.rows.length, 1);
});

test('a completed course enters the passbook: by test where one was passed, and stays when it is retired', async () => {
  const personId = world.personId('ramesh');
  const db = world.runtime.db;
  const course = await sql<{ id: string; version: string; lesson: string }>`select c.course_id as id,
      c.current_version_id as version, l.lesson_id as lesson from course c
    join lesson l on l.course_version_id = c.current_version_id and l.kind = 'quiz'
    where c.code = 'cyber-hygiene'`.execute(db.read);
  const [{ id, version, lesson }] = course.rows as [{ id: string; version: string; lesson: string }];
  const enrolmentId = newId();
  await db.transaction(async (tx) => {
    await sql`insert into completion (person_id, completion_id, course_id, course_version_id, completed_day, source, enrolment_id)
      values (${personId}, ${newId()}, ${id}, ${version}, '2026-11-01', 'daksh', ${enrolmentId}),
        (${personId}, ${newId()}, ${id}, null, '2026-10-01', 'iGOT', null)`.execute(tx);
    await sql`insert into quiz_attempt (person_id, quiz_attempt_id, enrolment_id, lesson_id, number, answers, score, max_score, is_passed, submitted_at)
      values (${personId}, ${newId()}, ${enrolmentId}, ${lesson}, 1, '{}', 4, 5, true, now())`.execute(tx);
    // The tag is lowered and the course retired afterwards: what was shown does not fall.
    await sql`update course set state = 'retired', competencies = '{information-and-communication-management:1}' where course_id = ${id}`.execute(
      tx,
    );
  });
  const { entries } = await ownPassbook(world.as('ramesh'));
  const entry = entries.find(({ competency }) => competency.key === 'digital-fluency') ?? assert.fail();
  assert.deepEqual([entry.level, entry.strength], [1, 'assessed']);
  assert.equal(entry.evidence[0]?.course.isRetired, true);
  assert.equal(entry.evidence[0]?.score, 0.8);
  const other = entries.find(({ competency }) => competency.key.startsWith('information')) ?? assert.fail();
  assert.deepEqual(
    other.evidence.map((line) => [line.strength, line.source]),
    [
      ['assessed', 'daksh'],
      ['completed', 'iGOT'],
    ],
  );
});

test('what a post asks for is set by the nodal officer above it, and a statement leaves the gap open', async () => {
  const designation = await sql<{ id: string }>`select p.designation_id as id from posting p
    where p.person_id = ${world.personId('ramesh')}`.execute(world.runtime.db.read);
  const post = { officeCode: 'SW', designationId: designation.rows[0]?.id ?? assert.fail() };
  const words = ['डिजिटल दक्षता: २', 'information-and-communication-management:1', 'communication:3'];
  await assert.rejects(setNeeds(world.as('ramesh'), post, words), { code: 'not_found' });
  await assert.rejects(setNeeds(world.as('anita'), post, ['communication']), { code: 'invalid' });
  await setNeeds(world.as('anita'), post, words);
  const ctx = world.as('ramesh');
  await declareCompetency(ctx, { competency: 'communication', level: 5, note: 'दस वर्ष से जन-सुनवाई में' });
  const needed = await competenciesNeeded(ctx, world.personId('ramesh'));
  assert.deepEqual(
    needed.map((need) => [need.key, need.level, need.shown, need.isMet]),
    [
      ['communication', 3, null, false],
      ['digital-fluency', 2, 1, false],
      ['information-and-communication-management', 1, 1, true],
    ],
  );
});

test('words for competencies are understood in both languages and with a level, and others refused', () => {
  const dictionary = [{ key: 'public-procurement', nameHi: 'सार्वजनिक खरीद', nameEn: 'Public Procurement' }];
  const words = [
    'public procurement',
    'सार्वजनिक ख़रीद:3',
    'Public-Procurement : L4',
    'public-procurement:6',
    'purchase',
  ];
  assert.deepEqual(
    [...resolveWords(dictionary, words)],
    [
      ['public procurement', 'public-procurement'],
      ['सार्वजनिक ख़रीद:3', 'public-procurement:3'],
      ['Public-Procurement : L4', 'public-procurement:4'],
    ],
  );
});

test('pages and API answer in both languages; the PDF is one', async () => {
  const app = await world.app();
  for (const url of [
    '/competencies',
    '/competencies/digital-fluency',
    '/api/v1/competencies',
    '/competencies?q=prashikshan',
  ])
    assert.equal((await app.inject({ url })).statusCode, 200, url);
  const list = (await app.inject({ url: '/api/v1/competencies' })).json();
  assert.deepEqual(list.levels.length, 5);
  const pdf = await renderPassbook({
    passbook: await ownPassbook(world.as('ramesh')),
    needs: await competenciesNeeded(world.as('ramesh'), world.personId('ramesh')),
    say: { t: translator('hi'), language: 'hi', levels: list.levels },
    holder: { name: 'रमेश', subtitle: '' },
    madeAt: world.clock.now(),
  });
  assert.equal(pdf.subarray(0, 5).toString(), '%PDF-');
});

test('the levels are renamed by the dictionary’s keeper alone, with a history; nobody’s level changes', async () => {
  const levels = [1, 2, 3, 4, 5].map((n) => ({ hi: `चरण ${n}`, en: `Step ${n}` }));
  await assert.rejects(changeLevels(world.as('sunita'), { levels }), { code: 'forbidden' });
  const before = await levelNames(world.system);
  await changeLevels(world.system, { levels });
  await changeLevels(world.system, { levels });
  assert.deepEqual(await levelNames(world.system), levels);
  // Starting again leaves what was changed.
  await seedDictionary(world.runtime);
  assert.deepEqual(await levelNames(world.system), levels);
  const changes = await changesOf(world.runtime.db.read, levelsSubject);
  assert.equal(changes.length, 1);
  assert.deepEqual(changes[0]?.detail.before?.['levelNames'], before);
  await changeLevels(world.system, { levels: before });
});

test('a passbook is read over the API within one’s offices, and the look is kept', async () => {
  const app = await world.app();
  const url = `/api/v1/persons/${world.personId('sunita')}/passbook`;
  const as = async (key: string) => app.inject({ url, headers: (await signedIn(world, key)).headers });
  const seen = await as('ramesh');
  assert.equal(seen.statusCode, 200);
  assert.ok(Array.isArray(seen.json().items));
  assert.equal((await as('cmo')).statusCode, 404);
  assert.equal((await as('imran')).statusCode, 403);
  const kept = await sql<{
    n: number;
  }>`select count(*)::int as n from audit_event where action = 'person.viewed'
    and person_id = ${world.personId('sunita')} and actor_person_id = ${world.personId('ramesh')}`.execute(
    world.runtime.db.read,
  );
  assert.equal(kept.rows[0]?.n, 1);
});
