import { sql } from 'kysely';
import type { Reads } from '../../kernel/db.ts';
import type { Place } from '../sheet/shape.ts';

/** The offices on the way from the root, the last one included. */
export async function placesOnPath(reads: Reads, path: readonly string[]): Promise<Place[]> {
  const found = await sql<Place>`select 'office' as node, code, name_hi as "nameHi", name_en as "nameEn", kind
    from office where office_id = any(${path}::uuid[]) order by cardinality(path)`.execute(reads);
  return found.rows;
}

/**
 * Sanctioned posts of an office and of those right below it, by code. An office's own number stands for all below it;
 * where it has none, the numbers nearest below are added.
 */
export async function strengthsOf(reads: Reads, officeId: string): Promise<Map<string, number>> {
  const found = await sql<{ code: string; strength: number | null }>`
    select wanted.code, coalesce(wanted.strength, (
        select sum(below.strength) from office below
        where below.path @> array[wanted.office_id] and below.strength is not null and not exists (
          select from office between_them
          where between_them.office_id = any(below.path) and between_them.office_id <> below.office_id
            and between_them.strength is not null and between_them.path @> array[wanted.office_id]))) as strength
    from office wanted where wanted.office_id = ${officeId} or wanted.parent_id = ${officeId}`.execute(reads);
  return new Map(found.rows.flatMap(({ code, strength }) => (strength === null ? [] : [[code, strength]])));
}

/** People who are posted at or below an office on a day and have no account yet. */
export async function rosterWithoutAccount(
  reads: Reads,
  { officeId, day }: { officeId: string; day: string },
): Promise<number> {
  const found = await sql<{ count: number }>`select count(*) as count from person
    where account_day is null and merged_into is null and voided_at is null and exists (
      select from posting join office using (office_id)
      where posting.person_id = person.person_id and posting.voided_at is null and posting.starts_on <= ${day}
        and (posting.ends_on is null or posting.ends_on >= ${day}) and office.path @> array[${officeId}::uuid])`.execute(
    reads,
  );
  return found.rows[0]?.count ?? 0;
}

/** The one office above all others, where there is one. */
export async function loneRoot(reads: Reads): Promise<string | undefined> {
  const found = await sql<{
    id: string;
  }>`select office_id as id from office where parent_id is null limit 2`.execute(reads);
  return found.rows.length === 1 ? found.rows[0]?.id : undefined;
}
