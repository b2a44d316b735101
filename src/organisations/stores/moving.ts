import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../kernel/db.ts';
import { changeFacts } from '../../kernel/facts.ts';
import { closeGates, reshapeTree } from './tree-locks.ts';

/**
 * Changes where offices stand in the tree or on the map, inside a change of the facts of everybody whose figures they
 * carry with them. `moved` selects the ids of the offices that will be counted elsewhere, before the work; what it
 * rests on was read with the tree held. Nobody is posted there from before they are gathered until all is counted.
 */
export async function movingOffices<T>(
  tx: Tx,
  moved: RawBuilder<unknown>,
  work: () => Promise<T>,
): Promise<T> {
  await reshapeTree(tx);
  await sql`drop table if exists moved_person`.execute(tx);
  await sql`create temp table moved_office on commit drop as ${moved}`.execute(tx);
  await closeGates(tx, sql`select office_id from moved_office`);
  await gatherPersons(tx);
  const found = await sql`select 1 from moved_person limit 1`.execute(tx);
  return found.rows.length === 0 ? work() : changeFacts(tx, { table: 'moved_person' }, work);
}

/**
 * Ever posted at the offices of `moved_office`, or with a completion frozen there; with a root, whoever was never
 * posted stands at one. Into the temporary table `moved_person`.
 */
async function gatherPersons(tx: Tx): Promise<void> {
  await sql`create temp table moved_person on commit drop as
    select person_id from posting where office_id in (select office_id from moved_office)
    union select person_id from completion where office_id in (select office_id from moved_office)
    union select person_id from person
      where exists (select from moved_office join office using (office_id) where parent_id is null)
        and not exists (select from posting where posting.person_id = person.person_id)`.execute(tx);
  await sql`drop table moved_office`.execute(tx);
  await sql`create unique index on moved_person (person_id)`.execute(tx);
  await sql`analyze moved_person`.execute(tx);
}

/** An office and all below it. */
export function atOrBelow(officeId: string): RawBuilder<unknown> {
  return sql`select office_id from office where path @> array[${officeId}::uuid]`;
}
