import { type RawBuilder, sql } from 'kysely';
import { plannedForMany, plannedOnce } from '../../insight/index.ts';
import { hot, type Reads, type Tx } from '../../kernel/db.ts';

/** Whose progress is wanted: a select of `person_id`. */
export type PersonSource = RawBuilder<unknown>;

export function sourceOfIds(ids: readonly string[]): PersonSource {
  return sql`select distinct unnest(${[...ids]}::uuid[]) as person_id`;
}

export function sourceOfTable(table: string): PersonSource {
  return sql`select distinct person_id from ${sql.id(table)}`;
}

/** Everything that is announced and was not cancelled; also what has ended, since an undo reaches back. */
export async function countingCampaigns(tx: Tx): Promise<string[]> {
  const found = await sql<{ id: string }>`${hot}select campaign_id as id from campaign
    where announced_at is not null and cancelled_at is null`.execute(tx);
  return found.rows.map((row) => row.id);
}

/**
 * Of those, what these completions may change: what runs on their days, and what comes after, since a completion of
 * an earlier day makes a later one of its course a renewal.
 */
export async function campaignsAtCompletions(
  tx: Tx,
  made: { personIds: readonly string[]; completionIds: readonly string[] },
): Promise<string[]> {
  const found = await sql<{ id: string }>`${hot}select campaign_id as id from campaign
    where announced_at is not null and cancelled_at is null and exists (
      select from unnest(${[...made.personIds]}::uuid[], ${[...made.completionIds]}::uuid[]) as made (person_id, completion_id)
        cross join lateral (select completed_day from completion done
          where done.person_id = made.person_id and done.completion_id = made.completion_id limit 1) done
      where done.completed_day <= campaign.to_day)`.execute(tx);
  return found.rows.map((row) => row.id);
}

/**
 * `standing`: how far each person of `whose` is in each of the campaigns, from the events alone. First completions
 * of the days count, of who was posted at or below the campaign's office on that day or whose completion was frozen
 * there. The target is met with the completion that reaches it, at the office which that one froze.
 */
function standingSql(whose: PersonSource, campaignIds: readonly string[]): RawBuilder<unknown> {
  return sql`whose as materialized (${whose}),
    day_of as materialized (
      select campaign_id, office_id, target_minutes, day::date as day
      from campaign cross join generate_series(from_day::timestamp, to_day::timestamp, '1 day') as day
      where campaign_id = any(${[...campaignIds]}::uuid[])),
    dated as materialized (
      select done.person_id, done.course_id, done.completed_day, done.recorded_at, done.completion_id, done.minutes,
        done.office_id, day_of.campaign_id, day_of.target_minutes, day_of.office_id as top_id
      from whose join person using (person_id) join completion done using (person_id)
        join day_of on day_of.day = done.completed_day
      where done.voided_at is null and person.account_day is not null and person.merged_into is null),
    counted as (
      select done.* from dated done
      where not exists (select from completion earlier where earlier.person_id = done.person_id
          and earlier.course_id = done.course_id and earlier.voided_at is null
          and earlier.completed_day < done.completed_day)
        and (${pathOf('done')} @> array[top_id] or exists (
          select from posting where posting.person_id = done.person_id and posting.voided_at is null
            and posting.starts_on <= done.completed_day
            and (posting.ends_on is null or posting.ends_on >= done.completed_day)
            and ${pathOf('posting')} @> array[top_id]))),
    running as (
      select counted.*, sum(minutes) over (partition by person_id, campaign_id
        order by completed_day, recorded_at, completion_id) as reached
      from counted),
    standing as materialized (
      select person_id, campaign_id, sum(minutes)::integer as minutes, count(*)::integer as courses,
        min(completed_day) filter (where reached >= target_minutes) as met_on,
        (array_agg(office_id order by completed_day, recorded_at, completion_id)
          filter (where reached >= target_minutes))[1] as met_office_id
      from running group by person_id, campaign_id)`;
}

/** Each office is looked up by its key: a plan that reads all below the campaign's office would read a nation. */
function pathOf(of: 'done' | 'posting'): RawBuilder<unknown> {
  return sql`(select path from office where office.office_id = ${sql.ref(`${of}.office_id`)})`;
}

/** Standing and what is kept of it, side by side where they differ; nothing is as good as a row of noughts. */
function changedSql(whose: PersonSource, campaignIds: readonly string[]): RawBuilder<unknown> {
  return sql`${standingSql(whose, campaignIds)},
    kept as materialized (
      select progress.* from whose cross join lateral (
        select * from campaign_progress progress where progress.person_id = whose.person_id
          and progress.campaign_id = any(${[...campaignIds]}::uuid[]) offset 0) progress),
    changed as materialized (
      select person_id, campaign_id, coalesce(standing.minutes, 0) as minutes, coalesce(standing.courses, 0) as courses,
        standing.met_on, standing.met_office_id, kept.met_office_id as was_met_at
      from standing full join kept using (person_id, campaign_id)
      where (coalesce(standing.minutes, 0), coalesce(standing.courses, 0), standing.met_on, standing.met_office_id)
        is distinct from (coalesce(kept.minutes, 0), coalesce(kept.courses, 0), kept.met_on, kept.met_office_id))`;
}

const writtenSql = sql`written as (
    insert into campaign_progress (person_id, campaign_id, minutes, courses, met_on, met_office_id)
    select person_id, campaign_id, minutes, courses, met_on, met_office_id from changed
    order by person_id, campaign_id
    on conflict (person_id, campaign_id) do update set minutes = excluded.minutes, courses = excluded.courses,
      met_on = excluded.met_on, met_office_id = excluded.met_office_id)`;

/** Brings the progress of a few persons, whose rows are locked, up to their events, and writes what changes by office. */
export async function settleFew(
  tx: Tx,
  personIds: readonly string[],
  campaignIds: readonly string[],
): Promise<void> {
  await plannedOnce(tx, () =>
    sql`${hot}with ${changedSql(sourceOfIds(personIds), campaignIds)}, ${writtenSql},
      moved as (
        select campaign_id, met_office_id as office_id, 1 as met from changed where met_office_id is not null
        union all select campaign_id, was_met_at, -1 from changed where was_met_at is not null)
      insert into campaign_delta (campaign_id, nodes, met)
      select campaign_id, nodes, sum(met) from moved cross join lateral (
        select nodes from office where office.office_id = moved.office_id offset 0) place
      group by campaign_id, nodes having sum(met) <> 0`.execute(tx),
  );
}

/** Up to so many persons, looking each up is quicker than reading the tables whole. */
const fewPersons = 500;

/** The same for many, without the offices: these are taken off before a change, as they are then, and added after. */
export async function settleMany(tx: Tx, whose: PersonSource, campaignIds: readonly string[]): Promise<void> {
  const most = fewPersons + 1;
  const found = await sql<{
    size: number;
  }>`select count(*) as size from (${whose} limit ${most}) whose`.execute(tx);
  const settle = () => sql`with ${changedSql(whose, campaignIds)}, ${writtenSql} select 1`.execute(tx);
  await ((found.rows[0]?.size ?? 0) > fewPersons ? plannedForMany(tx, settle) : settle());
}

/** Writes who of the persons has met his target, by office as the tree is now; with -1 takes them off. */
export async function writeMet(
  tx: Tx,
  whose: PersonSource,
  { campaignIds, sign }: { campaignIds: readonly string[]; sign: 1 | -1 },
): Promise<void> {
  await sql`insert into campaign_delta (campaign_id, nodes, met)
    select campaign_id, office.nodes, ${sign}::integer * count(*)::integer
    from (${whose}) whose join campaign_progress progress using (person_id)
      join office on office.office_id = progress.met_office_id
    where campaign_id = any(${[...campaignIds]}::uuid[])
    group by campaign_id, office.nodes`.execute(tx);
}

const foldLock = 810_260_140;

/** Adds up to so many deltas to the counters; undefined where another process is at it. */
export async function foldMet(tx: Tx, most: number): Promise<number | undefined> {
  const locked = await sql<{ mine: boolean }>`select pg_try_advisory_xact_lock(${foldLock}) as mine`.execute(
    tx,
  );
  if (!locked.rows[0]?.mine) return undefined;
  const taken = await sql<{ taken: number }>`with oldest as (
      select campaign_delta_id from campaign_delta order by campaign_delta_id limit ${most}),
    taken as (
      delete from campaign_delta where campaign_delta_id in (select campaign_delta_id from oldest) returning *),
    added as (
      insert into campaign_counter (campaign_id, node_id, met)
      select campaign_id, node, sum(met) from taken cross join unnest(nodes) as node
      group by campaign_id, node order by campaign_id, node
      on conflict (campaign_id, node_id) do update set met = campaign_counter.met + excluded.met)
    select count(*) as taken from taken`.execute(tx);
  return taken.rows[0]?.taken ?? 0;
}

export async function hasMetWaiting(db: Reads): Promise<boolean> {
  const found = await sql`select 1 from campaign_delta limit 1`.execute(db);
  return found.rows.length > 0;
}

const everybody = sql`select person_id from person union select person_id from campaign_progress`;

/** How many people's progress is not what their events say, by campaign; the tree, and the counters, by node. */
export async function progressDifferences(tx: Tx, campaignIds: readonly string[]) {
  return plannedForMany(tx, () =>
    sql<{ campaignId: string; persons: number }>`with ${changedSql(everybody, campaignIds)}
      select campaign_id as "campaignId", count(*) as persons from changed group by campaign_id`.execute(tx),
  ).then((found) => found.rows);
}

/** Whose they are, by key. */
export async function differingPersons(tx: Tx, campaignIds: readonly string[]): Promise<string[]> {
  const found = await plannedForMany(tx, () =>
    sql<{ id: string }>`with ${changedSql(everybody, campaignIds)}
      select distinct person_id as id from changed order by 1`.execute(tx),
  );
  return found.rows.map((row) => row.id);
}

/** What is counted at each node, and what everybody's progress says. */
const sidesSql = sql`
      select campaign_id, node_id, met as counted, 0 as expected from campaign_counter
      union all select campaign_id, node, met, 0 from campaign_delta cross join unnest(nodes) as node
      union all select campaign_id, node, 0, 1 from campaign_progress
        join office on office.office_id = met_office_id cross join unnest(office.nodes) as node`;

/** One statement, and so of one instant: what changes meanwhile changes both sides alike. */
export async function settleSums(tx: Tx, campaignIds: readonly string[]): Promise<void> {
  await sql`insert into campaign_delta (campaign_id, nodes, met)
    select campaign_id, array[node_id], sum(expected) - sum(counted) from (${sidesSql}) sides
    where campaign_id = any(${[...campaignIds]}::uuid[])
    group by campaign_id, node_id having sum(counted) <> sum(expected)`.execute(tx);
}

export type MetDifference = { campaignId: string; node: string; counted: number; expected: number };

export async function metDifferences(
  tx: Tx,
  campaignIds: readonly string[],
  most: number,
): Promise<MetDifference[]> {
  const found = await sql<MetDifference>`
    select campaign_id as "campaignId", coalesce(office.code, area.area_id, sides.node_id::text) as node,
      sum(counted) as counted, sum(expected) as expected
    from (${sidesSql}) sides left join office on office.office_id = sides.node_id left join area on area.node_id = sides.node_id
    where campaign_id = any(${[...campaignIds]}::uuid[])
    group by campaign_id, sides.node_id, office.code, area.area_id having sum(counted) <> sum(expected)
    order by 1, 2 limit ${most}`.execute(tx);
  return found.rows;
}
