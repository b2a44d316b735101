import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { openWorld, type World } from '../../test/world.ts';
import { courseOf, loadDemonstrationCourses } from '../catalogue/index.ts';
import { addCompetency, changeCompetency, retireCompetency } from './dictionary/save-competency.ts';
import { seedDictionary } from './dictionary/seed-dictionary.ts';
import { competencyTree, coursesOfCompetency } from './dictionary/tree.ts';
import { declareCompetency, withdrawDeclaration } from './passbook/declare-competency.ts';
import { ownPassbook } from './passbook/passbook-view.ts';

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
