import { sql } from 'kysely';
import { hot, type Tx } from '../../kernel/db.ts';
import type { FactsScope } from '../../kernel/facts.ts';

/**
 * Locks the rows of the persons whose facts change, in key order, so that two changes of one person come
 * one after the other and two bulk changes cannot wait for each other in a circle. Of a few it returns whose records
 * are taken back.
 */
export async function lockPersons(tx: Tx, scope: FactsScope): Promise<string[]> {
  if ('ids' in scope) {
    const found = await sql<{ id: string; isGone: boolean }>`${hot}select person_id as id,
        voided_at is not null as "isGone"
      from person where person_id = any(${scope.ids}::uuid[]) order by person_id for no key update`.execute(
      tx,
    );
    return found.rows.filter((row) => row.isGone).map((row) => row.id);
  }
  await sql`select 1 from person where person_id in (select person_id from ${sql.table(scope.table)})
    order by person_id for no key update`.execute(tx);
  return [];
}

/** As `lockPersons`, but leaves out whoever is locked already or taken back; returns whose rows it got. */
export async function lockFreePersons(tx: Tx, ids: string[]): Promise<string[]> {
  const found = await sql<{ id: string }>`${hot}select person_id as id from person
    where person_id = any(${ids}::uuid[]) and voided_at is null
    order by person_id for no key update skip locked`.execute(tx);
  return found.rows.map((row) => row.id);
}
