import { sql } from 'kysely';
import {
  classroomSql,
  countsSql,
  coversSql,
  foremostSql,
  learningSql,
  topicsSql,
} from '../../insight/index.ts';
import type { Db, Reads } from '../../kernel/db.ts';

export type CadreCounted = {
  name: string;
  nameEn: string | null;
  registered: number;
  signedIn: number;
  atLeastOne: number;
  threeOrMore: number;
  completions: number;
  renewals: number;
  digitalMinutes: number;
  classroomMinutes: number;
  aiReach: number;
  cyberReach: number;
  begun: number;
  countedAt: Date;
};

/** The field cadres at a node, as they were last counted, the largest first. */
export async function fieldCadresAt(reads: Reads, nodeId: string): Promise<CadreCounted[]> {
  const found = await sql<CadreCounted>`
    select cadre.name, cadre.name_en as "nameEn", registered, signed_in as "signedIn", at_least_one as "atLeastOne",
      three_or_more as "threeOrMore", completions, renewals, digital_minutes as "digitalMinutes", classroom_minutes as "classroomMinutes",
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
    const made =
      await sql`insert into review_field_cadre (${columns}) ${countedSql(day)} returning node_id`.execute(tx);
    return made.rows.length;
  });
}

const columns = sql`node_id, cadre_id, registered, signed_in, at_least_one, three_or_more, completions, renewals,
  digital_minutes, ai_reach, cyber_reach, begun, counted_at, classroom_minutes`;

function countedSql(day: string) {
  const person = sql`classed.person_id`;
  return sql`with someone as materialized (
      select distinct posting.person_id from posting join cadre using (cadre_id)
      where cadre.is_field and ${coversSql('posting', day)}
    ),
    counted as materialized (
      select posting.* from posting join someone using (person_id) where ${countsSql('posting', day)}
    ),
    classed as materialized (
      select distinct on (person_id) person_id, cadre_id from counted order by person_id, ${foremostSql('counted')}
    ),
    learnt as materialized (
      select classed.person_id, classed.cadre_id, coalesce(signed_in_day <= ${day}::date, false) as has_signed_in,
        done.*, room.minutes as room_minutes, topics.*, begun.has_begun
      from classed join cadre using (cadre_id) join person using (person_id) ${learningSql(person, day)}
        cross join lateral (${classroomSql(person, day)}) room
        cross join lateral (${topicsSql(person, day)}) topics
      where cadre.is_field and account_day <= ${day}::date and merged_into is null
    ),
    placed as (
      select distinct person_id, node from counted join office using (office_id)
        cross join lateral unnest(class_nodes) as node
    )
    select node, cadre_id, count(*), count(*) filter (where has_signed_in),
      count(*) filter (where completions >= 1), count(*) filter (where completions >= 3), sum(completions),
      sum(renewals), sum(minutes), count(*) filter (where has_ai), count(*) filter (where has_cyber),
      count(*) filter (where has_begun), clock_timestamp(), sum(room_minutes)
    from learnt join placed using (person_id) group by node, cadre_id`;
}
