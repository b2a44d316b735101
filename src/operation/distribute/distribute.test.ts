import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestDatabase, type TestDatabase } from '../../../test/database.ts';
import type { CommandLine, Runtime } from '../../kernel/feature.ts';
import { type TableFacts, tableFacts } from './catalogue-store.ts';
import { obstaclesOf } from './check.ts';
import { type Classified, classified } from './classes.ts';
import { distributeCommand } from './command.ts';
import { stepsOf } from './statements.ts';

/**
 * What is known to stand in the way, and described in docs/growth.md: a trigger keeps what follows from an
 * office, a course, a designation or a cadre, so that no way to write them forgets it. One less is welcome.
 */
const known = [
  'area nodes_of_areas',
  'cadre cadre_renamed',
  'course course_tags_changed',
  'course course_tags_kept',
  'course course_tags_kept_first',
  'course mark_draft_course',
  'course mark_new_course',
  'designation designation_renamed',
  'office nodes_of_changed',
  'office nodes_of_made',
  'office office_moved',
];

let database: TestDatabase;
let facts: TableFacts[];

before(async () => {
  database = await openTestDatabase();
  facts = await tableFacts(database.db.read);
});
after(() => database.close());

test('every table has one class, and its keys, foreign keys and triggers agree with it', () => {
  const found = obstaclesOf(facts, classified);
  const triggers = found.flatMap(({ table, problem }) => {
    const name = /has the trigger (\w+)/.exec(problem)?.[1];
    return name ? [`${table} ${name}`] : [];
  });
  const others = found.filter(({ problem }) => !problem.startsWith('has the trigger'));
  assert.deepEqual(
    others.map(({ table, problem }) => `${table} ${problem}`),
    [],
  );
  assert.deepEqual(triggers.sort(), known);
});

test('no person-owned table and no lookup has a trigger', () => {
  const spread = new Set(classified.filter((one) => one.column).map((one) => one.table));
  const wrong = facts.filter((one) => spread.has(one.table) && one.triggers.length > 0);
  assert.deepEqual(
    wrong.map((one) => one.table),
    [],
  );
});

const plain = (table: string, more: Partial<TableFacts> = {}): TableFacts => ({
  table,
  key: ['person_id', 'id'],
  unique: [],
  references: [],
  triggers: [],
  ...more,
});
const asPerson = (table: string): Classified => ({ table, class: 'person', column: 'person_id' });

test('a new table without a class is told what to do', () => {
  const [obstacle] = obstaclesOf([plain('novelty')], []);
  assert.equal(obstacle?.table, 'novelty');
  assert.match(obstacle?.problem ?? '', /classes\.ts as one of\n {2}person: .*\n {2}lookup: /);
});

test('a key without person_id, uniqueness across persons, a key into a queue and a trigger are found', () => {
  const wrong = plain('novelty', {
    key: ['id'],
    unique: [{ name: 'novelty_code', columns: ['code'] }],
    references: [{ table: 'queue', columns: ['queue_id'] }],
    triggers: ['novelty_kept'],
  });
  const classes: Classified[] = [asPerson('novelty'), { table: 'queue', class: 'local' }];
  const problems = obstaclesOf([wrong, plain('queue')], classes).map((one) => one.problem);
  assert.equal(problems.length, 4);
  for (const word of [/must stand in/, /novelty_code/, /which is local/, /novelty_kept/])
    assert.ok(problems.some((problem) => word.test(problem)));
});

test('a class whose table is gone is found, and one that was given twice', () => {
  const problems = obstaclesOf([], [asPerson('gone'), asPerson('gone')]).map((one) => one.problem);
  assert.ok(problems.some((problem) => /no such table/.test(problem)));
  assert.ok(problems.some((problem) => /several classes/.test(problem)));
});

test('what others point at is spread before them, and persons lie together', () => {
  const steps = stepsOf(facts, classified, { way: 'at once' });
  const place = (table: string) => steps.findIndex((step) => step.table === table);
  for (const one of facts.filter(({ table }) => place(table) >= 0))
    for (const link of one.references)
      if (link.table !== one.table)
        assert.ok(place(link.table) < place(one.table), `${link.table} < ${one.table}`);
  const posting = steps[place('posting')]?.statement;
  assert.equal(
    posting,
    `select create_distributed_table('public.posting', 'person_id', colocate_with => 'public.person')`,
  );
  const spread = classified.filter((one) => one.class !== 'local').map((one) => one.table);
  assert.deepEqual(steps.map((step) => step.table).sort(), spread.sort());
});

test('tables are spread beside work where no foreign key forbids it', () => {
  const steps = stepsOf(facts, classified, { way: 'concurrently' });
  const of = (table: string) => steps.find((step) => step.table === table)?.statement ?? '';
  assert.match(of('completion'), /create_distributed_table_concurrently/);
  assert.doesNotMatch(of('course_translator'), /concurrently/);
});

test('the command prints the statements, and says by its exit status whether all would spread', async () => {
  const out: string[] = [];
  const errors: string[] = [];
  const line: CommandLine = {
    args: [],
    flags: { check: true },
    print: (text) => out.push(text),
    printError: (text) => errors.push(text),
  };
  const runtime = { db: database.db } as Runtime;
  assert.equal(await distributeCommand.run({} as never, line, runtime), known.length > 0 ? 1 : 0);
  assert.ok(out.includes(`select create_reference_table('public.area');`));
  assert.match(errors.join('\n'), /docs\/growth\.md/);
});
