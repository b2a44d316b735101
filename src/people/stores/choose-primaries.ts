import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../kernel/db.ts';

/**
 * Which postings are primary: a function of the postings alone, run after every change of them. First is where
 * somebody is deputed or attached, else the regular one, else the earliest. A posting is primary when none that
 * overlaps it comes before it, or when it is the first that stands on the day after another has ended: a further
 * charge takes the rank then. `among` selects person_id.
 */
export async function choosePrimaries(tx: Tx, among: RawBuilder<unknown>): Promise<void> {
  await sql`with ranked as materialized (
      select t.person_id, t.posting_id, t.starts_on, coalesce(t.ends_on, 'infinity') as ends_on, o.code,
        case t.kind when 'deputation' then 0 when 'attached' then 0 when 'regular' then 1 else 2 end as rank
      from posting t join office o using (office_id) where t.voided_at is null and t.person_id in (${among})),
    -- On the day after another has ended it is weighed against that day's postings, else against all it meets.
    turn as (
      select a.*, a.starts_on as since, a.ends_on as until from ranked a
      union all
      select a.*, e.ends_on + 1, e.ends_on + 1 from ranked a join ranked e using (person_id)
        where e.ends_on < 'infinity' and e.ends_on >= a.starts_on and e.ends_on < a.ends_on),
    chosen as (
      select distinct t.person_id, t.posting_id from turn t where not exists (
        select 1 from ranked b where b.person_id = t.person_id and b.posting_id <> t.posting_id
          and b.starts_on <= t.until and b.ends_on >= t.since
          and (b.rank, b.starts_on, b.code, b.posting_id) < (t.rank, t.starts_on, t.code, t.posting_id)))
    update posting p set is_primary = l.posting_id is not null
    from ranked r left join chosen l using (person_id, posting_id)
    where p.person_id = r.person_id and p.posting_id = r.posting_id
      and p.is_primary <> (l.posting_id is not null)`.execute(tx);
}
