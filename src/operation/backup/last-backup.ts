import { sql } from 'kysely';
import type { Reads } from '../../kernel/db.ts';

export type LastBackup = { madeAt: string; bytes: number; seconds: number };

/** Kept in the database, so that every machine knows it and no folder need be named. */
export async function noteBackup(db: Reads, backup: LastBackup): Promise<void> {
  await sql`insert into installation_fact (name, value) values ('last backup', ${JSON.stringify(backup)}::jsonb)
    on conflict (name) do update set value = excluded.value, changed_at = now()`.execute(db);
}

export async function lastBackup(db: Reads): Promise<LastBackup | undefined> {
  const found = await sql<{ value: LastBackup }>`select value from installation_fact
    where name = 'last backup'`.execute(db);
  return found.rows[0]?.value;
}
