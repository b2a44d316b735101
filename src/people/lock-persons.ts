import { sql } from 'kysely';
import type { Tx } from '../kernel/db.ts';
import type { FactsScope } from '../kernel/facts.ts';

/** Locks the persons whose facts change, in key order: two changes of one person wait, none deadlocks. */
export async function lockPersons(tx: Tx, scope: FactsScope): Promise<void> {
  if ('table' in scope) {
    await sql`select 1 from person join ${sql.table(scope.table)} using (person_id) order by person_id for no key update of person`.execute(
      tx,
    );
    return;
  }
  await sql`select 1 from person where person_id = any(${scope.ids}::uuid[]) order by person_id for no key update`.execute(
    tx,
  );
}
