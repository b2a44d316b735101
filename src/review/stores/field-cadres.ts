import { sql } from 'kysely';
import type { Db, Reads } from '../../kernel/db.ts';

export type CadreCounted = {
  name: string;
  registered: number;
  signedIn: number;
  atLeastOne: number;
  threeOrMore: number;
  completions: number;
  renewals: number;
  digitalMinutes: number;
  aiReach: number;
  cyberReach: number;
  begun: number;
  countedAt: Date;
};

/** The field cadres at a node, as they were last counted, the largest first. */
export async function fieldCadresAt(reads: Reads, nodeId: string): Promise<CadreCounted[]> {
  const found = await sql<CadreCounted>`
    select cadre.name, registered, signed_in as "signedIn", at_least_one as "atLeastOne",
      three_or_more as "threeOrMore", completions, renewals, digital_minutes as "digitalMinutes",
      ai_reach as "aiReach", cyber_reach as "cyberReach", begun, counted_at as "countedAt"
    from review_field_cadre join cadre using (cadre_id)
    where node_id = ${nodeId} and cadre.is_field order by registered desc, cadre.name`.execute(reads);
  return found.rows;
}

const countingLock = 8_102_106;

/**
 * Counts every field cadre anew, as of a day: whoever's primary posting is of it, at each node of any posting of his
 * that counts (METRICS: roster member). One process at a time; returns how many lines there are.
 */
export async function countFieldCadres(db: Db, day: string): Promise<number> {
  return db.longTransaction(async (tx) => {
    await sql`select pg_advisory_xact_lock(${countingLock})`.execute(tx);
    await sql`delete from review_field_cadre`.execute(tx);
    const made = await sql`insert into review_field_cadre ${countedSql(day)} returning node_id`.execute(tx);
    return made.rows.length;
  });
}

function countedSql(day: string) {
  const covers = (posting: string) => sql<boolean>`${sql.ref(`${posting}.voided_at`)} is null
    and ${sql.ref(`${posting}.starts_on`)} <= ${day}::date
    and (${sql.ref(`${posting}.ends_on`)} is null or ${sql.ref(`${posting}.ends_on`)} >= ${day}::date)`;
  return sql`with someone as materialized (
      select distinct posting.person_id from posting join cadre using (cadre_id)
      where cadre.is_field and ${covers('posting')}
    ),
    counted as materialized (
      select posting.* from posting join someone using (person_id)
      where ${covers('posting')} and (posting.kind <> 'regular' or not exists (
        select from posting lent where lent.person_id = posting.person_id
          and lent.kind in ('deputation', 'attached') and ${covers('lent')}))
    ),
    classed as materialized (
      select distinct on (person_id) person_id, cadre_id from counted
      order by person_id, is_primary desc, starts_on desc, posting_id
    ),
    learnt as materialized (
      select classed.person_id, classed.cadre_id, coalesce(signed_in_day <= ${day}::date, false) as has_signed_in,
        done.*, begun.is_there as has_begun
      from classed join cadre using (cadre_id) join person using (person_id)
        cross join lateral (
          select count(*) as completions, coalesce(sum(minutes), 0) as minutes,
            coalesce(sum(times - 1), 0) as renewals, coalesce(bool_or('ai' = any(tags)), false) as has_ai,
            coalesce(bool_or('cyber' = any(tags)), false) as has_cyber
          from (select distinct on (course_id) c.course_id, c.minutes, count(*) over (partition by course_id) as times
            from completion c where c.person_id = classed.person_id and c.voided_at is null
              and c.completed_day <= ${day}::date
            order by course_id, c.completed_day) first left join course using (course_id)) done
        cross join lateral (select exists (
          select from enrolment e where e.person_id = classed.person_id and e.enrolled_day <= ${day}::date
            and (e.withdrawn_day is null or e.withdrawn_day > ${day}::date)) as is_there) begun
      where cadre.is_field and account_day <= ${day}::date and merged_into is null
    ),
    placed as (
      select distinct person_id, node from counted join office using (office_id)
        cross join lateral unnest(class_nodes) as node
    )
    select node, cadre_id, count(*), count(*) filter (where has_signed_in),
      count(*) filter (where completions >= 1), count(*) filter (where completions >= 3), sum(completions),
      sum(renewals), sum(minutes), count(*) filter (where has_ai), count(*) filter (where has_cyber),
      count(*) filter (where completions = 0 and has_begun), clock_timestamp()
    from learnt join placed using (person_id) group by node, cadre_id`;
}
