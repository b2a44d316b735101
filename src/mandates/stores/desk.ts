import { type RawBuilder, sql } from 'kysely';
import type { Reads } from '../../kernel/db.ts';

/** Whose requests are meant: people whose desk lies in these offices on this day, but one. */
export type DeskWish = { scopes: readonly string[]; today: string; except: string | null };

/** So many are found by their offices sooner than all that waits is looked through. */
const fewPosted = 10_000;

/** The person's main posting lies in one of these offices: the same officer whom `deskOfPerson` leads to. */
export function isOfDesk(
  person: RawBuilder<unknown>,
  wish: { scopes: readonly string[]; today: string },
): RawBuilder<boolean> {
  if (wish.scopes.includes('*')) return sql<boolean>`true`;
  return sql<boolean>`exists (select 1 from (select q.office_id from posting q
      where q.person_id = ${person} and q.voided_at is null
      order by (q.starts_on <= ${wish.today}::date and (q.ends_on is null or q.ends_on >= ${wish.today}::date)) desc,
        q.is_primary desc, coalesce(q.ends_on, 'infinity') desc, q.starts_on desc limit 1) home
    join office o using (office_id) where o.path && ${wish.scopes}::uuid[])`;
}

/**
 * The same of what waits in the whole installation. Where few were ever posted at these offices, only theirs is
 * looked at: a district with nothing waiting does not look through a state's lakh of claims.
 */
export async function isAtDesk(
  db: Reads,
  person: RawBuilder<unknown>,
  wish: DeskWish,
): Promise<RawBuilder<boolean>> {
  const isMine = sql<boolean>`${person} is distinct from ${wish.except}::uuid and ${isOfDesk(person, wish)}`;
  if (wish.scopes.includes('*')) return isMine;
  const posted = sql`select q.person_id from posting q join office o using (office_id)
    where q.voided_at is null and o.path && ${wish.scopes}::uuid[]`;
  const found = await sql<{ isMany: boolean }>`select exists (
    select from (${posted}) posted offset ${fewPosted}) as "isMany"`.execute(db);
  if (found.rows[0]?.isMany)
    return sql<boolean>`exists (${posted} and q.person_id = ${person}) and ${isMine}`;
  return sql<boolean>`${person} = any(array(${posted})) and ${isMine}`;
}
