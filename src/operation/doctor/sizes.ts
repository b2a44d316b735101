import { sql } from 'kysely';
import type { Runtime } from '../../kernel/feature.ts';

/** What database and files took on a day, by the disk's own account. */
export type Size = { day: string; databaseBytes: number; fileBytes: number };

const fact = 'sizes';
const mostDays = 60;

/** Once a day, so that growth can be told. */
export async function noteSize({ db, clock }: Pick<Runtime, 'db' | 'clock'>): Promise<void> {
  const day = clock.now().toISOString().slice(0, 10);
  const now =
    await sql<Size>`select ${day} as day, pg_database_size(current_database())::float8 as "databaseBytes",
    coalesce((select sum(bytes) from file), 0)::float8 as "fileBytes"`.execute(db.read);
  const sizes = [...(await sizesOf({ db })).filter((size) => size.day !== day), ...now.rows].slice(-mostDays);
  await sql`insert into installation_fact (name, value) values (${fact}, ${JSON.stringify(sizes)}::jsonb)
    on conflict (name) do update set value = excluded.value, changed_at = now()`.execute(db.read);
}

/** Of each noted day, the earliest first. */
export async function sizesOf({ db }: Pick<Runtime, 'db'>): Promise<Size[]> {
  const found = await sql<{
    value: Size[];
  }>`select value from installation_fact where name = ${fact}`.execute(db.read);
  return found.rows[0]?.value ?? [];
}

/** Bytes a day over what is known, at least a week if there is one; undefined before two days are. */
export async function growthPerDay(runtime: Pick<Runtime, 'db'>): Promise<number | undefined> {
  const sizes = await sizesOf(runtime);
  const [first, last] = [sizes.at(-30) ?? sizes[0], sizes.at(-1)];
  if (!first || !last || first.day === last.day) return undefined;
  const daysBetween = (Date.parse(last.day) - Date.parse(first.day)) / 86_400_000;
  return (last.databaseBytes + last.fileBytes - first.databaseBytes - first.fileBytes) / daysBetween;
}
