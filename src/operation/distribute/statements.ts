import type { TableFacts } from './catalogue-store.ts';
import type { Classified } from './classes.ts';

/** Fixed once: more machines later take over whole shards, so that there must be enough of them. */
const shards = 64;

export type Step = { table: string; statement: string };

/**
 * The statements that spread the tables, in an order that works: what others point at first, then `person`,
 * then all that lie beside it. `concurrently` lets people go on writing where no foreign key forbids it.
 */
export function stepsOf(
  facts: TableFacts[],
  classes: readonly Classified[],
  options: { way: 'concurrently' | 'at once' },
): Step[] {
  const factsOf = new Map(facts.map((one) => [one.table, one]));
  const spread = (one: Classified, rest: string): Step => {
    const hasLinks = (factsOf.get(one.table)?.references.length ?? 0) > 0;
    const verb =
      options.way === 'concurrently' && !hasLinks
        ? 'create_distributed_table_concurrently'
        : 'create_distributed_table';
    return {
      table: one.table,
      statement: `select ${verb}('public.${one.table}', '${one.column}', ${rest})`,
    };
  };
  const of = (name: Classified['class']) =>
    classes.filter((one) => one.class === name && factsOf.has(one.table));
  const beside = of('person').filter((one) => one.table !== 'person');
  return [
    ...parentsFirst(of('reference'), factsOf).map(({ table }) => ({
      table,
      statement: `select create_reference_table('public.${table}')`,
    })),
    ...of('person')
      .filter((one) => one.table === 'person')
      .map((one) => spread(one, `colocate_with => 'none', shard_count => ${shards}`)),
    ...beside.map((one) => spread(one, `colocate_with => 'public.person'`)),
    ...of('lookup').map((one) => spread(one, `colocate_with => 'none', shard_count => ${shards}`)),
  ];
}

function parentsFirst(tables: Classified[], factsOf: ReadonlyMap<string, TableFacts>): Classified[] {
  const byName = new Map(tables.map((one) => [one.table, one]));
  const done = new Set<Classified>();
  const visit = (one: Classified, way: string[]) => {
    if (done.has(one) || way.includes(one.table)) return;
    for (const link of factsOf.get(one.table)?.references ?? []) {
      const parent = byName.get(link.table);
      if (parent) visit(parent, [...way, one.table]);
    }
    done.add(one);
  };
  for (const one of tables) visit(one, []);
  return [...done];
}
