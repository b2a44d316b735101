import { sql } from 'kysely';
import type { World } from '../../../test/world.ts';
import { newId } from '../../kernel/ids.ts';

/** A published order of the year over an office, as tests of what moves its clocks need one. */
export async function publishedOrder(world: World, number: string, office = 'SW'): Promise<string> {
  const mandateId = newId();
  const rules = {
    scope: { offices: [office] },
    window: { from: '2026-04-01', to: '2027-03-31' },
    condition: { courses: { atLeast: 1 } },
    countRenewals: false,
    graceDays: 0,
    joinersMinimumDays: 30,
    reminderDays: [30, 7, 1],
    clocks: { stop: ['long_leave', 'suspension'], leaveDays: 30, deputation: 'notBound' },
    claims: true,
  };
  await world.runtime.db.transaction((tx) =>
    sql`insert into mandate (mandate_id, number, order_date, issuer, title_hi, title_en, office_id, rules, rules_digest,
        state, published_at)
      values (${mandateId}, ${number}, '2026-04-01', 'शासन', 'वर्ष में एक कोर्स', 'One course a year',
        ${world.officeId(office)}, ${JSON.stringify(rules)}::jsonb, ${number}, 'published', ${world.clock.now()})`.execute(
      tx,
    ),
  );
  return mandateId;
}

/** How often a person's facts were told to have changed, and by whom: the orders' figures follow from it. */
export async function factsOf(
  world: World,
  personId: string,
  table: string,
): Promise<Record<string, unknown>[]> {
  const found = await sql<
    Record<string, unknown>
  >`select * from ${sql.table(table)} where person_id = ${personId}
    order by recorded_at`.execute(world.runtime.db.read);
  return found.rows;
}
