import { sql } from 'kysely';
import type { Reads } from '../../kernel/db.ts';
import type { Counted } from '../vector.ts';
import { countedAsOf } from './counters.ts';
import { classroomSql, learningSql, topicsSql } from './done-sql.ts';
import { isCountedAt, type NodeRow } from './nodes.ts';
import { countsSql, foremostSql } from './posting-sql.ts';

/** In the order of `class_of`, which counts them from 1; 0 is unknown. */
export const groups = ['A', 'B', 'C', 'D'] as const;
export const engagements = [
  'permanent',
  'temporary',
  'contract',
  'outsourced',
  'honorary',
  'elected',
  'trainee',
] as const;

export type ClassCounted = Partial<Counted> & {
  serviceGroup: string | null;
  engagement: string | null;
  isField: boolean;
};

/** What a node's people have done, by class, from the events: for nodes that keep no counters of classes. */
export async function classesFromEvents(
  reads: Reads,
  { node, asOf }: { node: NodeRow; asOf: string },
): Promise<ClassCounted[]> {
  const person = sql`classed.person_id`;
  const found = await sql<ClassCounted>`
    with member as materialized (
      select distinct posting.person_id from office here join posting using (office_id)
      where ${isCountedAt(node)} and ${countsSql('posting', asOf)}
    ),
    classed as materialized (
      select distinct on (person_id) person_id, first.service_group, first.engagement,
        coalesce(cadre.is_field, false) as is_field
      from member join posting first using (person_id) left join cadre using (cadre_id)
      where ${countsSql('first', asOf)}
      order by person_id, ${foremostSql('first')}
    )
    select service_group as "serviceGroup", engagement, is_field as "isField",
      count(*) as registered, count(*) filter (where signed_in_day <= ${asOf}) as signed_in,
      sum(done.completions)::bigint as completions, sum(done.renewals)::bigint as renewals,
      sum(done.minutes)::bigint as digital_minutes, sum(classroom.minutes)::bigint as classroom_minutes,
      count(*) filter (where done.completions >= 1) as at_least_one,
      count(*) filter (where done.completions >= 3) as three_or_more,
      count(*) filter (where begun.has_begun) as begun,
      count(*) filter (where topics.has_ai) as ai_reach, count(*) filter (where topics.has_cyber) as cyber_reach
    from classed join person using (person_id)
      ${learningSql(person, asOf)}
      cross join lateral (${topicsSql(person, asOf)}) topics
      cross join lateral (${classroomSql(person, asOf)}) classroom
    where account_day <= ${asOf} and merged_into is null
    group by 1, 2, 3`.execute(reads);
  return found.rows;
}

/** The same from the counters, at a node that counts classes. */
export async function countedByClass(
  reads: Reads,
  { node, asOf }: { node: NodeRow; asOf: string },
): Promise<ClassCounted[]> {
  const classes = await sql<{ nodeId: string; number: number }>`
    select class_node(${node.officeId}, number::smallint) as "nodeId", number from generate_series(0, 79) as number`.execute(
    reads,
  );
  const byNode = new Map(classes.rows.map((row) => [row.nodeId, row.number]));
  const counted = await countedAsOf(reads, [...byNode.keys()], [asOf]);
  return counted.map(({ officeId, day: _day, ...row }) => ({
    ...row,
    ...classNumbered(byNode.get(officeId) ?? 0),
  }));
}

/** What `class_of` made a number of. */
function classNumbered(number: number): Pick<ClassCounted, 'serviceGroup' | 'engagement' | 'isField'> {
  return {
    serviceGroup: groups[Math.floor(number / 16) - 1] ?? null,
    engagement: engagements[(Math.floor(number / 2) % 8) - 1] ?? null,
    isField: number % 2 === 1,
  };
}
