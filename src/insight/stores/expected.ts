import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../kernel/db.ts';
import { engagements, groups } from './classes.ts';
import { columnNames, narrowSums, negatedColumns } from './columns.ts';
import { firstKey, keyAfter, lastKey } from './marks.ts';
import { upperLevels } from './nodes.ts';
import type { KeyRange } from './seeing-only.ts';
import { timelineSql } from './timeline.ts';

/**
 * What `daksh reconcile` expects of each node, without climbing the trees: a node must hold what stands at it itself
 * and what those directly below it hold. Where that is so at every node, every node is right, since the lowest are.
 *
 * `event_row` holds what the events say of each node itself; `course_row` the same of courses, which every portion of
 * people has; `node_way` leads from each node to the one above it.
 */
export async function prepareExpected(tx: Tx): Promise<void> {
  await sql`create temporary table event_row on commit drop as
    select office_id as node, day, ${columnNames} from office_counter with no data`.execute(tx);
  await sql`create temporary table course_row (node uuid, day date, completions integer, renewals integer, minutes bigint) on commit drop`.execute(
    tx,
  );
  await sql`create temporary table node_way on commit drop as
    select office_id as node, parent_id as above from office where parent_id is not null
    union all
    select nodes[1], nodes[2] from area_way where cardinality(nodes) > 1
    union all
    select class_node(node, class), class_node(above, class)
    from (
      select office_id as node, parent_id as above from office where cardinality(path) between 2 and ${upperLevels}::integer
      union all
      select distinct node, above
      from (select distinct class_nodes from office) used cross join unnest(class_nodes, class_nodes[2:]) as way (node, above)
        join area on area.node_id = way.node
      where above is not null
    ) way cross join (${classes}) classes`.execute(tx);
  await sql`analyze node_way`.execute(tx);
}

const classes = sql`select distinct class_of(service_group, engagement, is_field) as class
  from unnest(array[null, ${sql.join(groups.map(sql.lit))}]) as service_group,
    unnest(array[null, ${sql.join(engagements.map(sql.lit))}]) as engagement, unnest(array[true, false]) as is_field`;

/** Where an office's own people count beside it: at the lowest node that counts classes, the lowest area, the lowest that does. */
const officePlace = sql`select office_id, path[least(${upperLevels}::integer, cardinality(path))] as class_office,
    nodes[cardinality(path) + 1] as area, class_nodes[least(${upperLevels}::integer, cardinality(path)) + 1] as class_area
  from office`;

/** Adds what the events of the persons in sight say. */
export async function addExpected(tx: Tx): Promise<void> {
  await sql`with timeline as materialized (${timelineSql(sql`select person_id from person`)}),
    office_place as materialized (${officePlace}),
    by_course as (
      insert into course_row
      select timeline.office_id, timeline.day, activity_completions, activity_renewals, activity_minutes
      from timeline join course on course_id = timeline.office_id where not is_path
    )
    insert into event_row
    select office_id, day, ${narrowSums} from timeline where is_path group by office_id, day
    union all
    select area, day, ${narrowSums} from timeline join office_place using (office_id)
    where is_path and area is not null group by area, day
    union all ${byClass('class_office')}
    union all ${byClass('class_area')}
    union all
    -- People of several postings came with all their nodes: each has them itself, and not from below.
    select office_id, day, ${columnNames} from timeline
    where not is_path and office_id not in (select course_id from course)
    union all
    select above, day, ${negatedColumns} from timeline join node_way on node = office_id where not is_path`.execute(
    tx,
  );
}

function byClass(place: 'class_office' | 'class_area'): RawBuilder<unknown> {
  const at = sql.id(place);
  return sql`select class_node(place, class), day, ${columnNames}
    from (
      select ${at} as place, class, day, ${narrowSums} from timeline join office_place using (office_id)
      where is_path and class is not null and ${at} is not null group by ${at}, class, day
    ) by_class`;
}

/** One row a course and day, before rows go from one seat to the other. */
export async function sumCourses(tx: Tx): Promise<void> {
  await sql`create temporary table course_sum on commit drop as
    select node, day, sum(completions)::integer as completions, sum(renewals)::integer as renewals,
      sum(minutes)::bigint as minutes
    from course_row group by node, day`.execute(tx);
  await sql`drop table course_row`.execute(tx);
  await sql`alter table course_sum rename to course_row`.execute(tx);
}

/** Everybody, by ranges of keys: neighbours lie side by side, and what a range sorts and sums fits into memory. */
export async function portionsOf(tx: Tx, people: number): Promise<KeyRange[]> {
  const found = await sql<{ last: string }>`select person_id as last
    from (select person_id, row_number() over (order by person_id) as place from person) numbered
    where place % ${people}::bigint = 0 order by person_id`.execute(tx);
  const ends = [...found.rows.map((row) => row.last), lastKey];
  return ends.map((last, index) => ({ first: index > 0 ? keyAfter(ends[index - 1] ?? '') : firstKey, last }));
}
