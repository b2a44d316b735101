import { sql } from 'kysely';
import type { Reads, Tx } from './db.ts';

/** Whether this installation has noted a small fact about itself, such as a step of the demonstration. */
export async function hasInstallationFact(db: Reads | Tx, name: string): Promise<boolean> {
  const found = await sql`select 1 from installation_fact where name = ${name}`.execute(db);
  return found.rows.length > 0;
}

export async function noteInstallationFact(db: Reads | Tx, name: string): Promise<void> {
  await sql`insert into installation_fact (name, value) values (${name}, 'true') on conflict do nothing`.execute(
    db,
  );
}
