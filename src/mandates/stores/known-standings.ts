import { type RawBuilder, sql } from 'kysely';
import type { Reads, Tx } from '../../kernel/db.ts';
import { bindingOrders, citingAmong, type OrderRow } from './orders.ts';
import { type PersonSource, standingRows } from './standing-sql.ts';

const columns = sql`person_id, mandate_id, bound_days, reached_on, due_on, overdue_from, exempt_days`;

/** Orders as they were known at an instant; `named`: numbers of later ones that change others and are looked at too. */
export type OrdersKnown = { until: Date; named: readonly string[] };

/**
 * Where the persons of `source` stand by the facts of today under the orders of then: those published by an instant,
 * as later orders had not changed them yet. What nobody has changed since is read as it is written.
 */
export async function standingsKnownAt(
  db: Reads | Tx,
  source: PersonSource,
  { until, named }: OrdersKnown,
): Promise<RawBuilder<unknown>> {
  const present = new Map((await bindingOrders(db)).map((order) => [order.mandateId, order]));
  const then = await bindingOrders(db, until, named.length > 0 ? await citingAmong(db, named) : []);
  const isSame = (order: OrderRow) => {
    const now = present.get(order.mandateId);
    return now?.extendedUntil === order.extendedUntil && now.inForceUntil === order.inForceUntil;
  };
  const written = then.filter(isSame).map((order) => order.mandateId);
  const computed = then.filter((order) => !isSame(order));
  return sql`select ${columns} from mandate_standing
    where mandate_id = any(${written}::uuid[]) and person_id in (${source})
    ${sql.join(
      computed.map((order) => sql`union all select ${columns} from (${standingRows(order, { source })}) one`),
      sql` `,
    )}`;
}
