import { sql } from 'kysely';
import { hot, type Tx } from '../../kernel/db.ts';
import type { FactsScope } from '../../kernel/facts.ts';

/**
 * Locks the rows of the persons whose facts change, in key order, so that two changes of one person come
 * one after the other and two bulk changes cannot wait for each other in a circle.
 */
export async function lockPersons(tx: Tx, scope: FactsScope): Promise<void> {
  if ('ids' in scope) {
    await sql`${hot}select 1 from person where person_id = any(${scope.ids}::uuid[]) order by person_id
      for no key update`.execute(tx);
    return;
  }
  await sql`select 1 from person where person_id in (select person_id from ${sql.table(scope.table)})
    order by person_id for no key update`.execute(tx);
}

/** As `lockPersons`, but leaves out whoever is locked already; returns whose rows it got. */
export async function lockFreePersons(tx: Tx, ids: string[]): Promise<string[]> {
  const found = await sql<{ id: string }>`${hot}select person_id as id from person
    where person_id = any(${ids}::uuid[]) order by person_id for no key update skip locked`.execute(tx);
  return found.rows.map((row) => row.id);
}
