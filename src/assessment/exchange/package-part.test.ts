import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openWorld } from '../../../test/world.ts';
import { courseInput, createCourse } from '../../catalogue/index.ts';
import { importPackage } from '../../catalogue/package/import-package.ts';
import { lookAtPackage } from '../../catalogue/package/look-at-package.ts';
import { exported, onDisk, repacked, unpacked } from '../../catalogue/package/test-packages.ts';
import { savePrerequisites } from '../../learning/prerequisites/save-prerequisites.ts';
import { loadDemonstrationBank } from '../load-demonstration.ts';
import { bankByCode, questionsOf } from '../stores/banks.ts';
import { blueprintByCode } from '../stores/blueprints.ts';

const world = await openWorld();
after(() => world.close());
const author = world.as('author');
const demonstration = await loadDemonstrationBank(world.system);
const drawn = { code: 't', kind: 'quiz', title: 'परीक्षा', quiz: { blueprint: demonstration.blueprint.code } };
const course = { code: 'DRAWN', title: 'क', officeCode: 'SW', lessons: [drawn] };
await createCourse(author, courseInput.parse(course));
await savePrerequisites(author, 'DRAWN', { must: [demonstration.course.code], hint: [] });
const source = await unpacked(await exported(world, 'DRAWN'));

// biome-ignore lint/suspicious/noExplicitAny: a test changes documents wherever it likes
type Loose = any;
const brought = async (change: (document: Loose) => void) => {
  const document = JSON.parse(source.text);
  change(document);
  const path = await onDisk(world, await repacked(source, document));
  const report = await lookAtPackage(author, path);
  const from = { path, name: 'x.zip', take: { as: 'course' as const } };
  const made = await importPackage(author, world.runtime.storage, from);
  return { made, report, back: (await unpacked(await exported(world, made.code))).document as Loose };
};

test('a drawn test travels with its blueprint and banks; what is here already is used, not doubled', async () => {
  const { parts } = source.document as Loose;
  assert.deepEqual(
    parts.tests.blueprints.map((one: Loose) => one.code),
    [demonstration.blueprint.code],
  );
  assert.equal(parts.tests.banks[0].questions.length, demonstration.questions.length);
  const { back, report } = await brought((document) => {
    document.course.code = 'DRAWN-B';
  });
  assert.deepEqual(back.parts, parts);
  assert.deepEqual(report.notes, []);
  assert.equal(await bankByCode(author.db.read, 'cyber-hygiene-2'), undefined);
});

test('banks and blueprints of the same code that say something else come under another code', async () => {
  const { back, report } = await brought((document) => {
    document.course.code = 'DRAWN-C';
    document.parts.tests.banks[0].questions[0].tags = ['other'];
  });
  assert.ok(report.notes.some((note) => note.code === 'tests_renamed'));
  const bank = await bankByCode(author.db.read, 'cyber-hygiene-2');
  assert.equal(
    (await questionsOf(author.db.read, bank?.bankId ?? '')).length,
    demonstration.questions.length,
  );
  const blueprint = await blueprintByCode(author.db.read, `${demonstration.blueprint.code}-2`);
  assert.equal(blueprint?.rules.sections[0]?.parts[0]?.bank, 'cyber-hygiene-2');
  assert.equal(back.modules[0].lessons[0].quiz.blueprint, `${demonstration.blueprint.code}-2`);
});

test('courses that come first are taken where they are, and told where they are not', async () => {
  const { back, report } = await brought((document) => {
    document.course.code = 'DRAWN-D';
    document.parts.prerequisites.push({ code: 'nowhere', must: false });
  });
  assert.deepEqual(back.parts.prerequisites, [{ code: demonstration.course.code, must: true }]);
  assert.ok(report.notes.some((note) => note.code === 'prerequisites_missing'));
});

test('a part that is not as it must be is refused, and changes nothing', async () => {
  for (const change of [
    (document: Loose) => (document.parts.tests.banks = []),
    (document: Loose) => (document.parts.tests.banks[0].questions[0].content.kind = 'riddle'),
    (document: Loose) => (document.parts.tests.people = []),
    (document: Loose) => (document.parts.prerequisites = [{ code: 'x' }]),
  ])
    await assert.rejects(
      brought((document) => {
        document.course.code = 'DRAWN-E';
        change(document);
      }),
      { code: 'invalid' },
    );
  await assert.rejects(exported(world, 'DRAWN-E'), { code: 'not_found' });
});
