import { sql } from 'kysely';
import type { Reads } from '../../kernel/db.ts';

/** The record that a person's record was merged into at last; itself where it was not. */
export async function survivorOf(reads: Reads, personId: string): Promise<string> {
  const found = await sql<{ id: string }>`with recursive way as (
      select person_id, merged_into from person where person_id = ${personId}
      union
      select person.person_id, person.merged_into from way join person on person.person_id = way.merged_into
    ) select person_id as id from way where merged_into is null`.execute(reads);
  return found.rows[0]?.id ?? personId;
}
