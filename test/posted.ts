import { sql } from 'kysely';
import type { Tx } from '../src/kernel/db.ts';
import { changeFacts } from '../src/kernel/facts.ts';

/** Registers whoever stands in the temporary table `posted` (`person_id, office_id`) and posts him there. */
export function writePosted(tx: Tx): Promise<void> {
  return changeFacts(tx, { table: 'posted' }, async () => {
    await sql`insert into person (person_id, name_en, account_day)
      select person_id, 'Person', '2026-01-01' from posted`.execute(tx);
    await sql`insert into posting (person_id, posting_id, office_id, starts_on, is_primary)
      select person_id, gen_random_uuid(), office_id, '2026-01-01', true from posted`.execute(tx);
  });
}
