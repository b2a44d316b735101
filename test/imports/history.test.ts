import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { undoImport } from '../../src/kernel/imports/index.ts';
import { actDetail, actWord } from '../../src/people/desk/act-words.ts';
import { mergePersons } from '../../src/people/desk/merge-persons.ts';
import { viewPerson } from '../../src/people/desk/person-view.ts';
import { openWorld, type World } from '../world.ts';
import { commit, csv } from './files.ts';

let world: World;
before(async () => {
  world = await openWorld();
});
after(() => world.close());

const head = 'employee_code,name_hi,office_code,designation,posted_on';
const take = (...rows: string[]) => commit(world.system, 'roster', csv(head, ...rows));

async function idOf(code: string): Promise<string> {
  const found = await world.runtime.db.pool.query<{ id: string }>(
    'select person_id as id from person_code where code = $1',
    [code],
  );
  return found.rows[0]?.id ?? '';
}

async function historyOf(personId: string): Promise<string[]> {
  const { trail } = await viewPerson(world.as('ramesh'), personId);
  return trail.acts.map((act) => [actWord(act, 'en'), actDetail(act, 'en')].filter(Boolean).join(' | '));
}

test('an import and its undo stand in the history of each person they touched', async () => {
  await take('H1,राम,SW-BBK,लिपिक,2020-01-01');
  const second = await take('H1,राम कुमार,SW-BBK,प्रधान लिपिक,2024-04-01');
  await undoImport(world.system, second.result.id);
  const history = await historyOf(await idOf('H1'));
  assert.deepEqual(history.slice(0, 3), [
    'Import taken back: Roster (people and postings) | roster.csv',
    'Import applied: Roster (people and postings) | Changed: name (Hindi) · new posting · posting ended · roster.csv',
    'Import applied: Roster (people and postings) | record made · new posting · roster.csv',
  ]);
});

test('what was done to a merged record stands in the history of the one that stays', async () => {
  await take('H2,सीता,SW-BBK,लिपिक,2020-01-01', 'H3,सीता,SW-BBK,लिपिक,2020-01-01');
  const [survivorId, mergedId] = [await idOf('H2'), await idOf('H3')];
  await viewPerson(world.as('ramesh'), mergedId);
  await mergePersons(world.as('ramesh'), { survivorId, mergedId });
  const history = await historyOf(survivorId);
  assert.ok(history.includes('Records merged'));
  assert.equal(history.filter((line) => line.startsWith('Records merged')).length, 1);
  assert.ok(
    history.some((line) => line.startsWith('Import applied') && line.includes('on the merged record H3')),
  );
});

test('the looks of whoever looks are one number, those of others one line each', async () => {
  await take('H4,गीता,SW-BBK,लिपिक,2020-01-01');
  const id = await idOf('H4');
  await historyOf(id);
  await historyOf(id);
  const { trail } = await viewPerson(world.as('ramesh'), id);
  assert.equal(trail.ownLooks.count, 3);
  assert.ok(trail.acts.every(({ action }) => action !== 'person.viewed'));
});
