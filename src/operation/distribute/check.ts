import type { TableFacts } from './catalogue-store.ts';
import { type Classified, classWords, type TableClass } from './classes.ts';

export type Obstacle = { table: string; problem: string };

/** What would keep tables from being spread over machines; nothing where all agree with their class. */
export function obstaclesOf(facts: TableFacts[], classes: readonly Classified[]): Obstacle[] {
  const classOf = new Map(classes.map((one) => [one.table, one]));
  const names = new Set(facts.map((one) => one.table));
  return [
    ...twice(classes),
    ...classes.filter((one) => !names.has(one.table)).map((one) => gone(one.table)),
    ...facts.flatMap((one) => {
      const itsClass = classOf.get(one.table);
      return itsClass ? faultsOf(one, itsClass, classOf) : [withoutClass(one.table)];
    }),
  ];
}

const say = (table: string, problem: string): Obstacle => ({ table, problem });

function withoutClass(table: string): Obstacle {
  const choices = Object.entries(classWords).map(([name, words]) => `  ${name}: ${words}`);
  return say(
    table,
    `has no class. Name it in src/operation/distribute/classes.ts as one of\n${choices.join('\n')}`,
  );
}

function gone(table: string): Obstacle {
  return say(
    table,
    'has a class in src/operation/distribute/classes.ts, but there is no such table: remove it',
  );
}

function twice(classes: readonly Classified[]): Obstacle[] {
  const times = Map.groupBy(classes, (one) => one.table);
  return [...times]
    .filter(([, all]) => all.length > 1)
    .map(([table, all]) => say(table, `has several classes: ${all.map((one) => one.class).join(', ')}`));
}

type ClassOf = ReadonlyMap<string, Classified>;

function faultsOf(facts: TableFacts, own: Classified, classOf: ClassOf): Obstacle[] {
  const { column } = own;
  return [
    ...(column ? keyFaults(facts, { ...own, column }) : []),
    ...facts.references.flatMap((link) => linkFaults(facts.table, { own, link, classOf })),
    ...(own.class === 'local'
      ? []
      : facts.triggers.map((name) =>
          say(facts.table, `has the trigger ${name}: Citus spreads no table with triggers`),
        )),
  ];
}

function keyFaults(facts: TableFacts, own: Classified & { column: string }): Obstacle[] {
  const { table, key, unique } = facts;
  const isThere = key.includes(own.column);
  return [
    ...(isThere
      ? []
      : [say(table, `${own.column} must stand in the primary key, which is (${key.join(', ')})`)]),
    ...unique
      .filter((index) => !index.columns.includes(own.column))
      .map((index) =>
        say(
          table,
          `the unique index ${index.name} (${index.columns.join(', ')}) has no ${own.column}: what is unique across ${own.column} belongs into a lookup table, or the index need not be unique`,
        ),
      ),
  ];
}

/** Which class may point at which by a foreign key. */
const pointsAt: Record<TableClass, readonly TableClass[]> = {
  person: ['person', 'reference'],
  lookup: ['reference'],
  reference: ['reference'],
  local: ['local', 'reference'],
};

type Link = { own: Classified; link: TableFacts['references'][number]; classOf: ClassOf };

function linkFaults(table: string, { own, link, classOf }: Link): Obstacle[] {
  const other = classOf.get(link.table)?.class;
  if (!other) return [];
  if (!pointsAt[own.class].includes(other))
    return [say(table, `is ${own.class} and has a foreign key to ${link.table}, which is ${other}`)];
  const staysWithPerson = other !== 'person' || link.columns.includes('person_id');
  return staysWithPerson ? [] : [say(table, `its foreign key to ${link.table} does not name person_id`)];
}
