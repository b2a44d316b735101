import { sql } from 'kysely';
import type { Ctx } from '../../kernel/context.ts';

/** What making the data took, their counters included, and what the database then took on disk. */
export type HowMade = { seconds: number; databaseBytes: number };

const fact = 'data generated';

export async function keepHowMade({ db }: Ctx, took: number): Promise<HowMade> {
  const seconds = Math.round(took * 10) / 10;
  const kept = await sql<{ value: HowMade }>`insert into installation_fact (name, value)
    select ${fact}, jsonb_build_object('seconds', ${seconds}::float8, 'databaseBytes', pg_database_size(current_database()))
    on conflict (name) do update set value = excluded.value, changed_at = now() returning value`.execute(
    db.read,
  );
  return kept.rows[0]?.value ?? { seconds, databaseBytes: 0 };
}

/** Undefined where nothing was generated. */
export async function howMade({ db }: Ctx): Promise<HowMade | undefined> {
  const found = await sql<{
    value: HowMade;
  }>`select value from installation_fact where name = ${fact}`.execute(db.read);
  return found.rows[0]?.value;
}
