import { sql } from 'kysely';
import type { Tx } from '../../kernel/db.ts';
import type { FactsScope } from '../../kernel/facts.ts';

/**
 * Locks the rows of the persons whose facts change, in key order, so that two changes of one person come
 * one after the other and two bulk changes cannot wait for each other in a circle.
 */
export async function lockPersons(tx: Tx, scope: FactsScope): Promise<void> {
  const wanted =
    'ids' in scope
      ? sql`select unnest(${scope.ids}::uuid[])`
      : sql`select person_id from ${sql.table(scope.table)}`;
  await sql`select 1 from person where person_id in (${wanted}) order by person_id for no key update`.execute(
    tx,
  );
}
