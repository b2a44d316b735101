import { type RawBuilder, sql } from 'kysely';
import type { Day } from '../../kernel/dates.ts';
import type { Reads, Tx } from '../../kernel/db.ts';
import { liveSql, type PersonRange } from './live.ts';
import type { OrderRow } from './orders.ts';
import { postedAt } from './posted-at.ts';
import { type PersonSource, standingSql } from './standing-sql.ts';
import { statusOn } from './status-sql.ts';

/** The five figures of an office on a day; they add up to the bound. */
export type StatusCounts = { met: number; metLate: number; open: number; overdue: number; exempt: number };

const statuses = sql`met, met_late, open, overdue, exempt`;

/** The first day with figures of its own: who was bound before is counted as of then. */
function firstCountedDay({ rules, orderDate }: Pick<OrderRow, 'rules' | 'orderDate'>): Day {
  const from = 'from' in rules.window ? rules.window.from : orderDate;
  return from < orderDate ? from : orderDate;
}

/** What standings add to each office and area on each day. */
function stepsSql(order: OrderRow, rows: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`with step as materialized (${ownStepsSql(order, rows)}) ${atNodesSql(sql`true`)}`;
}

/**
 * What standings add where people serve. `rows` selects the columns of `mandate_sheet_standing` and `sign`. Nearly
 * every piece of service is one stretch of days at one office, with no day exempt: those are told by comparing days,
 * and summed at their office before anything is multiplied by the offices above.
 */
function ownStepsSql(order: OrderRow, rows: RawBuilder<unknown>): RawBuilder<unknown> {
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
function atNodesSql(which: RawBuilder<unknown>): RawBuilder<unknown> {
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

const stored = sql`person_id, office_ids, bound_days, reached_on, due_on, overdue_from, exempt_days, first_day,
  last_day, in_days`;

/**
 * Computes standings anew (of some, or of everybody), writes what differs on the order's sheet, and moves its
 * counters by the difference. One statement; returns how many standings changed. The caller sees to it that
 * nobody else writes these persons on this sheet.
 */
export async function settleOrder(tx: Tx, order: OrderRow, source?: PersonSource): Promise<number> {
  const { sheetId } = order;
  const mine = source ? sql`and person_id in (${source})` : sql``;
  const done = await sql<{ changed: number }>`with
    fresh as materialized (select ${stored} from (${standingSql(order, source ? { source } : {})}) computed),
    old as materialized (select ${stored} from mandate_sheet_standing where sheet_id = ${sheetId} ${mine}),
    made as materialized (select * from fresh except select * from old),
    gone as materialized (select * from old except select * from fresh),
    removed as (
      delete from mandate_sheet_standing sheet using gone
      where sheet.sheet_id = ${sheetId} and sheet.person_id = gone.person_id
        and not exists (select from made where made.person_id = gone.person_id)
    ),
    written as (
      insert into mandate_sheet_standing (sheet_id, ${stored}) select ${sheetId}, made.* from made
      on conflict (person_id, sheet_id) do update set office_ids = excluded.office_ids,
        bound_days = excluded.bound_days, reached_on = excluded.reached_on, due_on = excluded.due_on,
        overdue_from = excluded.overdue_from, exempt_days = excluded.exempt_days, first_day = excluded.first_day,
        last_day = excluded.last_day, in_days = excluded.in_days
    ),
    counted as (
      insert into mandate_sheet_counter as sheet (sheet_id, office_id, day, ${statuses})
      select ${sheetId}, steps.* from (${stepsSql(
        order,
        sql`select 1 as sign, made.* from made union all select -1, gone.* from gone`,
      )}) steps
      on conflict (sheet_id, office_id, day) do update set met = sheet.met + excluded.met,
        met_late = sheet.met_late + excluded.met_late, open = sheet.open + excluded.open,
        overdue = sheet.overdue + excluded.overdue, exempt = sheet.exempt + excluded.exempt
    )
    select (select count(*) from made) + (select count(*) from gone) as changed`.execute(tx);
  return done.rows[0]?.changed ?? 0;
}

/** Fills a part of a new sheet, which has nobody of the range yet; the figures are written when all parts are there. */
export async function fillSheet(tx: Tx, order: OrderRow, range: PersonRange): Promise<void> {
  await sql`insert into mandate_sheet_standing (sheet_id, ${stored})
    select ${order.sheetId}, ${stored} from (${standingSql(order, { range })}) computed order by person_id`.execute(
    tx,
  );
}

/**
 * Writes the figures of a sheet that has all its standings and none of its figures, in one transaction. By way of a
 * table of its own: PostgreSQL computes what fills a new table on several processors, and what is added to another
 * on one.
 */
export async function countSheet(tx: Tx, order: OrderRow): Promise<void> {
  const { sheetId } = order;
  const standings = sql`select 1 as sign, ${stored} from mandate_sheet_standing where sheet_id = ${sheetId}`;
  await sql`create temporary table sheet_step on commit drop as ${stepsSql(order, standings)}`.execute(tx);
  await sql`insert into mandate_sheet_counter (sheet_id, office_id, day, ${statuses})
    select ${sheetId}, sheet_step.* from sheet_step order by office_id, day`.execute(tx);
  await sql`drop table sheet_step`.execute(tx);
}

/** So many write a sheet's figures at once, each those of some nodes, from what as many have summed of some people. */
export type Lane = { lane: number; lanes: number };

const stepsOf = (sheetId: string, lane: number) =>
  sql.table(`sheet_steps_${sheetId.replaceAll('-', '')}_${lane}`);

/** What the people of a range add where they serve, kept for the lanes that write figures. */
export async function keepSteps(
  tx: Tx,
  order: OrderRow,
  kept: { lane: number; range: PersonRange },
): Promise<void> {
  const { lane, range } = kept;
  const standings = sql`select 1 as sign, ${stored} from mandate_sheet_standing
    where sheet_id = ${order.sheetId} and ${liveSql({ range }).within('mandate_sheet_standing')}`;
  await sql`drop table if exists ${stepsOf(order.sheetId, lane)}`.execute(tx);
  const steps = stepsOf(order.sheetId, lane);
  await hashing(tx, () =>
    sql`create unlogged table ${steps} as ${ownStepsSql(order, standings)}`.execute(tx),
  );
}

/** The figures of the lane's nodes; what an earlier attempt left of them is written anew. */
export async function writeFigures(tx: Tx, { sheetId }: OrderRow, { lane, lanes }: Lane): Promise<void> {
  const isMine = (node: string) =>
    sql`(uuid_hash(${sql.ref(node)}) & 65535) % ${lanes}::integer = ${lane}::integer`;
  const tables = Array.from({ length: lanes }, (_, one) => sql`select * from ${stepsOf(sheetId, one)}`);
  await sql`delete from mandate_sheet_counter where sheet_id = ${sheetId} and ${isMine('office_id')}`.execute(
    tx,
  );
  const steps = sql.join(tables, sql` union all `);
  await hashing(tx, () =>
    sql`create temporary table sheet_step on commit drop as
      with step as materialized (${steps}) ${atNodesSql(isMine('node'))}`.execute(tx),
  );
  await sql`insert into mandate_sheet_counter (sheet_id, office_id, day, ${statuses})
    select ${sheetId}, sheet_step.* from sheet_step order by office_id, day`.execute(tx);
}

/** The planner expects thousands of rows where there are lakhs, and would sort them all to sum them. */
async function hashing(tx: Tx, work: () => Promise<unknown>): Promise<void> {
  await sql`select set_config('enable_sort', 'off', true)`.execute(tx);
  await work();
  await sql`select set_config('enable_sort', 'on', true)`.execute(tx);
}

/** Also what a killed attempt has left. */
export async function dropSteps(tx: Tx, sheetId: string, lanes = 2): Promise<void> {
  for (let lane = 0; lane < lanes; lane += 1)
    await sql`drop table if exists ${stepsOf(sheetId, lane)}`.execute(tx);
}

/**
 * Sums a sheet's standings anew. Where an office moves, nobody stands elsewhere than before, and yet the offices
 * above are others: there is no difference of standings to move the counters by.
 */
export async function sumAgain(tx: Tx, order: OrderRow): Promise<void> {
  await sql`delete from mandate_sheet_counter where sheet_id = ${order.sheetId}`.execute(tx);
  await countSheet(tx, order);
}

type Counted = StatusCounts & { officeId: string };

/** The figures of offices on a day: from the counters, and before their first day from the standings themselves. */
export async function countedOn(db: Reads | Tx, asked: Then): Promise<Counted[]> {
  const { order, officeIds, asOf } = asked;
  if (asOf < firstCountedDay(order)) return countedThen(db, asked);
  const found = await sql<Counted>`select office_id as "officeId",
      sum(met)::bigint as met, sum(met_late)::bigint as "metLate", sum(open)::bigint as open,
      sum(overdue)::bigint as overdue, sum(exempt)::bigint as exempt
    from mandate_counter where mandate_id = ${order.mandateId} and office_id = any(${officeIds}::uuid[])
      and day <= ${asOf} group by office_id`.execute(db);
  return found.rows;
}

type Then = {
  order: OrderRow;
  officeIds: string[];
  /** One that is above all of them. */
  above?: string | undefined;
  asOf: Day;
  few?: number;
};

/** Nearly everybody is bound at one office: those are summed there before they are multiplied by the offices above. */
async function countedThen(db: Reads | Tx, { order, officeIds, above, asOf, few }: Then): Promise<Counted[]> {
  const of = (status: string) => sql`coalesce(sum(persons) filter (where status = ${status}), 0)::bigint`;
  const here = above ? await postedAt(db, above, few) : sql`true`;
  const bound = sql`standing.sheet_id = (select sheet_id from mandate where mandate_id = ${order.mandateId}) and ${here}`;
  const found =
    await sql<Counted>`select node as "officeId", ${of('met')} as met, ${of('metLate')} as "metLate",
      ${of('open')} as open, ${of('overdue')} as overdue, ${of('exempt')} as exempt
    from (
      select node, status, persons from (
        select office_ids[1] as office_id, ${statusOn(asOf)} as status, count(*) as persons
        from mandate_sheet_standing standing
        where ${bound} and cardinality(office_ids) = 1 and bound_days[1] @> ${asOf}::date group by 1, 2
      ) at_one join office using (office_id) cross join unnest(nodes) as node
      union all
      select node, status, count(distinct person_id) from (
        select person_id, node, ${statusOn(asOf)} as status
        from mandate_sheet_standing standing cross join unnest(office_ids, bound_days) as one (office_id, days)
          join office using (office_id) cross join unnest(nodes) as node
        where ${bound} and cardinality(office_ids) > 1 and days @> ${asOf}::date
      ) at_several group by node, status
    ) bound where node = any(${officeIds}::uuid[]) group by node`.execute(db);
  return found.rows;
}

/** Steps that the counters hold and the events do not say, or the other way round. */
export type CounterDifference = {
  officeCode: string | null;
  day: Day;
  metric: string;
  counted: number;
  expected: number;
};

/** Compares an order's counters with everything computed from the events; changes nothing. */
export async function differingCounters(tx: Tx, order: OrderRow, most: number): Promise<CounterDifference[]> {
  const found = await sql<CounterDifference>`with
    fresh as materialized (select ${stored} from (${standingSql(order)}) computed),
    expected as materialized (${stepsSql(order, sql`select 1 as sign, fresh.* from fresh`)})
    select coalesce(office.code, area.area_id) as "officeCode", day, metric, counted, expected from (
      select coalesce(e.office_id, c.office_id) as office_id, coalesce(e.day, c.day) as day, one.*
      from expected e full join (select * from mandate_sheet_counter where sheet_id = ${order.sheetId}) c
          on c.office_id = e.office_id and c.day = e.day
        cross join lateral (values ('met', c.met, e.met), ('metLate', c.met_late, e.met_late), ('open', c.open, e.open),
          ('overdue', c.overdue, e.overdue), ('exempt', c.exempt, e.exempt)) as one (metric, counted, expected)
      where coalesce(one.counted, 0) <> coalesce(one.expected, 0)
    ) differing left join office using (office_id) left join area on area.node_id = differing.office_id
    order by 1, day, metric limit ${most}`.execute(tx);
  return found.rows.map((row) => ({ ...row, counted: row.counted ?? 0, expected: row.expected ?? 0 }));
}
