import { type RawBuilder, sql } from 'kysely';
import type { Day } from '../../kernel/dates.ts';
import type { OrderRow } from './orders.ts';

/** The first day with figures of its own: who was bound before is counted as of then. */
export function firstCountedDay({ rules, orderDate }: Pick<OrderRow, 'rules' | 'orderDate'>): Day {
  const from = 'from' in rules.window ? rules.window.from : orderDate;
  return from < orderDate ? from : orderDate;
}

/** What standings add to each office and area on each day. */
export function stepsSql(order: OrderRow, rows: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`with step as materialized (${ownStepsSql(order, rows)}) ${atNodesSql(sql`true`)}`;
}

/**
 * What standings add where people serve. `rows` selects the columns of `mandate_sheet_standing` and `sign`. Nearly
 * every piece of service is one stretch of days at one office, with no day exempt: those are told by comparing days,
 * and summed at their office before anything is multiplied by the offices above.
 */
export function ownStepsSql(order: OrderRow, rows: RawBuilder<unknown>): RawBuilder<unknown> {
  const first = sql`${firstCountedDay(order)}::date`;
  const alike = (days: RawBuilder<unknown>) => sql`greatest(lower(${days}), ${first}) as starts_on,
    coalesce(upper(${days}), 'infinity') as ends_before, reached_on, due_on, overdue_from, sum(sign)::integer as sign`;
  return sql`with simple as (
      select office_ids[1] as office_id, ${way.nodes} as way, ${alike(sql`bound_days[1]`)}
      from (${rows}) given where ${isSimple} group by 1, 3, 4, 5, 6, 7
    ),
    other as materialized (select * from (${rows}) given where not (${isSimple})),
    piece as materialized (${piecesOfOthers()}),
    plain as (
      select * from simple union all
      select office_id, way, ${alike(sql`days`)}
      from piece where way <> ${way.itself} and ${isPlain} group by 1, 2, 3, 4, 5, 6, 7
    ),
    ${coveredSql()},
    one as (
      select office_id, way, status, sign, begins, ends from plain cross join lateral (values
        (1, case when reached_on <= coalesce(due_on, 'infinity') then greatest(starts_on, reached_on) end, ends_before),
        (2, case when reached_on > due_on then greatest(starts_on, reached_on) end, ends_before),
        (3, starts_on, least(ends_before, reached_on, overdue_from)),
        (4, case when overdue_from is not null then greatest(starts_on, overdue_from) end, least(ends_before, reached_on))
      ) as state (status, begins, ends) where begins < ends and sign <> 0
      union all
      select office_id, way, status, sign, coalesce(lower(days), '-infinity'), coalesce(upper(days), 'infinity')
      from covered
    )
    select office_id, way, day, ${sql.raw(sumOfSteps)}
    from one cross join lateral (values
      (greatest(begins, ${first}), sign), (greatest(ends, ${first}), -sign)
    ) as moment (day, amount)
    where day < 'infinity' group by office_id, way, day`;
}

/** The steps of `step` at each node that they count at, of those nodes that a condition on `node` names. */
export function atNodesSql(which: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`select node as office_id, day, sum(met) as met, sum(met_late) as met_late, sum(open) as open,
      sum(overdue) as overdue, sum(exempt) as exempt
    from (
      select case way when ${way.nodes} then office.nodes else office.path end as nodes, step.*
      from step join office using (office_id)
      where way in (${way.nodes}, ${way.path}) and (met <> 0 or met_late <> 0 or open <> 0 or overdue <> 0 or exempt <> 0)
      union all
      select area_way.nodes, step.* from step join area on area.node_id = step.office_id join area_way using (area_id)
      where way = ${way.area}
      union all
      select array[step.office_id], step.* from step where way = ${way.itself}
    ) placed cross join unnest(nodes) as node
    where ${which} group by node, day
    having sum(met) <> 0 or sum(met_late) <> 0 or sum(open) <> 0 or sum(overdue) <> 0 or sum(exempt) <> 0`;
}

const isStretch = (days: RawBuilder<unknown>) => sql`${days} = datemultirange(range_merge(${days}))`;

// As one value each, which the planner takes for true of half: of conditions joined it would expect a handful.
const isPlain = sql`case when isempty(exempt_days) then ${isStretch(sql`days`)} else false end`;
const isSimple = sql`case when cardinality(office_ids) = 1 and isempty(exempt_days)
  then ${isStretch(sql`bound_days[1]`)} else false end`;

/** Where a piece counts: at its node alone, at all nodes of its office, at the offices above, at the areas around. */
const way = {
  itself: sql.raw('0::smallint'),
  nodes: sql.raw('1::smallint'),
  path: sql.raw('2::smallint'),
  area: sql.raw('3::smallint'),
};

/**
 * Of the others what somebody serves at an office, which counts at its nodes: there, at those above, at its areas. Who
 * serves at two offices counts at each of them, and is taken off once where both are below and in the areas of both, on
 * the days on which he serves at both. Of three or more the days are joined at each node.
 */
function piecesOfOthers(): RawBuilder<unknown> {
  const own = sql`person_id, reached_on, due_on, overdue_from, exempt_days`;
  return sql`select ${own}, sign, office_ids[1] as office_id, ${way.nodes} as way, bound_days[1] as days
      from other where cardinality(office_ids) = 1
    union all
    select ${own}, sign, office_id, ${way.nodes}, days
      from other cross join unnest(office_ids, bound_days) as one (office_id, days)
      where cardinality(office_ids) = 2 and not isempty(days)
    union all
    select ${own}, -sign, shared.office_id, way, bound_days[1] * bound_days[2]
      from other join office one on one.office_id = office_ids[1] join office second on second.office_id = office_ids[2]
        cross join lateral (
          (select ${way.path} as way, office_id from unnest(one.path) with ordinality as above (office_id, depth)
            where office_id = any(second.path) order by depth desc limit 1)
          union all
          (select ${way.area}, node_id from unnest(${areasOf('one')}) with ordinality as area (node_id, height)
            where node_id = any(${areasOf('second')}) order by height limit 1)) shared
      where cardinality(office_ids) = 2 and bound_days[1] && bound_days[2]
    union all
    select ${own}, sign, node, ${way.itself}, range_agg(one.days)
      from other cross join unnest(office_ids, bound_days) as one (office_id, days) join office using (office_id)
        cross join unnest(office.nodes) as node
      where cardinality(office_ids) > 2 group by ${own}, sign, node`;
}

/** The lowest first. */
function areasOf(office: string): RawBuilder<unknown> {
  return sql`${sql.ref(`${office}.nodes`)}[cardinality(${sql.ref(`${office}.path`)}) + 1:]`;
}

/** Pieces with gaps, exempt on some days, or joined at an office above. */
function coveredSql(): RawBuilder<unknown> {
  return sql`covered as (
      select office_id, way, status, sign, unnest(days * (datemultirange(during) - without)) as days
      from piece cross join lateral (values
        (1, case when reached_on <= coalesce(due_on, 'infinity') then daterange(reached_on, null) end, exempt_days),
        (2, case when reached_on > due_on then daterange(reached_on, null) end, exempt_days),
        (3, daterange(null, least(reached_on, overdue_from)), exempt_days),
        (4, case when overdue_from < coalesce(reached_on, 'infinity') then daterange(overdue_from, reached_on) end,
          exempt_days),
        (5, daterange(null, null), '{(,)}'::datemultirange - exempt_days)
      ) as state (status, during, without)
      where not (way <> ${way.itself} and ${isPlain}) and during is not null
    )`;
}

const sumOfSteps = ['met', 'met_late', 'open', 'overdue', 'exempt']
  .map((name, index) => `coalesce(sum(amount) filter (where status = ${index + 1}), 0)::integer as ${name}`)
  .join(', ');
