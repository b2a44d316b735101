import { sql } from 'kysely';
import type { Day } from '../../kernel/dates.ts';
import type { Tx } from '../../kernel/db.ts';
import type { OrderRow } from './orders.ts';
import { type PersonSource, standingRows } from './standing-sql.ts';
import { boundOn, statusOn } from './status-sql.ts';

export type AskedDays = { orders: OrderRow[]; source: PersonSource; asOf: Day };

/** Writes down the last days of some persons, reckoned from the facts alone, before these are changed. */
export async function keepDays(tx: Tx, { orders, source, asOf }: AskedDays): Promise<void> {
  await sql`create temp table day_before (person_id uuid, mandate_id uuid, was_due_on date) on commit drop`.execute(
    tx,
  );
  for (const order of orders)
    await sql`insert into day_before select person_id, mandate_id, due_on
      from (${standingRows(order, { source })}) standing where ${boundOn(asOf)}`.execute(tx);
  await sql`analyze day_before`.execute(tx);
}

export type MovedDay = { order: OrderRow; dueOn: Day | null; personIds: string[] };

/** Whose last day is another than was written down, of those who have it before them still. */
export async function movedDays(tx: Tx, { orders, source, asOf }: AskedDays): Promise<MovedDay[]> {
  const moved: MovedDay[] = [];
  for (const order of orders) {
    const found = await sql<Omit<MovedDay, 'order'>>`select due_on as "dueOn",
        array_agg(person_id order by person_id) as "personIds"
      from (${standingRows(order, { source })}) standing join day_before using (person_id, mandate_id)
      where ${boundOn(asOf)} and ${statusOn(asOf)} in ('open', 'overdue')
        and due_on is distinct from was_due_on
      group by 1 order by 1`.execute(tx);
    moved.push(...found.rows.map((row) => ({ ...row, order })));
  }
  await sql`drop table day_before`.execute(tx);
  return moved;
}
