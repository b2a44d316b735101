import { sql } from 'kysely';
import { hot, type Reads, type Tx } from '../../kernel/db.ts';

export type LeagueOffice = {
  officeId: string;
  code: string;
  nameHi: string;
  nameEn: string | null;
  /** Whether there is somewhere to look down. */
  hasBelow: boolean;
  /** Where it stands today. */
  path: string[];
};

/** An office and the offices directly below it. */
export async function officeWithChildren(db: Reads, officeId: string): Promise<LeagueOffice[]> {
  const found = await sql<LeagueOffice>`${hot}
    select office_id as "officeId", code, name_hi as "nameHi", name_en as "nameEn",
      exists (select from office below where below.parent_id = office.office_id) as "hasBelow", path
    from office where office_id = ${officeId} or parent_id = ${officeId} order by code`.execute(db);
  return found.rows;
}

/** The same of a campaign whose result is kept, as they stood then. */
export async function officeWithChildrenThen(
  db: Reads,
  { campaignId, officeId }: { campaignId: string; officeId: string },
): Promise<LeagueOffice[]> {
  const found =
    await sql<LeagueOffice>`select office_id as "officeId", code, name_hi as "nameHi", name_en as "nameEn",
      exists (select from campaign_result below
        where below.campaign_id = kept.campaign_id and below.parent_id = kept.office_id) as "hasBelow", path
    from campaign_result kept join office using (office_id)
    where campaign_id = ${campaignId} and (office_id = ${officeId} or kept.parent_id = ${officeId}) order by code`.execute(
      db,
    );
  return found.rows;
}

/** The way from a campaign's office down to each of those given, today; none to those that lie elsewhere. */
export async function waysTo(
  db: Reads,
  { from, officeIds }: { from: string; officeIds: readonly string[] },
): Promise<string[][]> {
  const found = await sql<{ way: string[] }>`select path[array_position(path, ${from}::uuid):] as way
    from office where office_id = any(${[...officeIds]}::uuid[]) and path @> array[${from}::uuid]`.execute(
    db,
  );
  return found.rows.map((row) => row.way);
}

/** The same as it was when the result was kept. */
export async function waysToThen(
  db: Reads,
  { campaignId, officeIds }: { campaignId: string; officeIds: readonly string[] },
): Promise<string[][]> {
  const found = await sql<{ way: string[] }>`with recursive up as (
      select office_id as last, office_id, parent_id, 1 as step from campaign_result
      where campaign_id = ${campaignId} and office_id = any(${[...officeIds]}::uuid[])
      union all
      select last, above.office_id, above.parent_id, step + 1
      from up join campaign_result above on above.campaign_id = ${campaignId} and above.office_id = up.parent_id)
    select array_agg(office_id order by step desc) as way from up group by last`.execute(db);
  return found.rows.map((row) => row.way);
}

/** How many people met the target, at each of the offices that anybody did: counters and waiting deltas, each once. */
export async function metAt(
  db: Reads | Tx,
  campaignId: string,
  officeIds: readonly string[],
): Promise<Map<string, number>> {
  const ids = [...officeIds];
  const found = await sql<{ node: string; met: number }>`${hot}
    select node, sum(met) as met from (
      select node_id as node, met from campaign_counter
      where campaign_id = ${campaignId} and node_id = any(${ids}::uuid[])
      union all
      select node, met from campaign_delta cross join unnest(nodes) as node
      where campaign_id = ${campaignId} and node = any(${ids}::uuid[])) parts
    group by node`.execute(db);
  return new Map(found.rows.map((row) => [row.node, row.met]));
}

export type ResultRow = {
  officeId: string;
  people: number;
  completions: number;
  minutes: number;
  met: number;
  /** The office that it stood below; null for the campaign's own. */
  parentId: string | null;
  /** Whether the summaries hid its people, or what these had done; null where that was not noted. */
  isHidden: boolean | null;
};

export async function resultsAt(
  db: Reads,
  campaignId: string,
  officeIds: readonly string[],
): Promise<Map<string, ResultRow>> {
  const found = await sql<ResultRow>`select office_id as "officeId", people, completions, minutes, met,
      parent_id as "parentId", is_hidden as "isHidden"
    from campaign_result where campaign_id = ${campaignId} and office_id = any(${[...officeIds]}::uuid[])`.execute(
    db,
  );
  return new Map(found.rows.map((row) => [row.officeId, row]));
}

export type PlacedOffice = { officeId: string; parentId: string | null };

/** The offices at and below one, some at a time, by key. */
export async function officesBelow(
  db: Reads,
  officeId: string,
  { after, most }: { after: string | null; most: number },
): Promise<PlacedOffice[]> {
  const rest = after ? sql`and office_id > ${after}::uuid` : sql``;
  const found = await sql<PlacedOffice>`select office_id as "officeId",
      case when office_id <> ${officeId} then parent_id end as "parentId"
    from office where path @> array[${officeId}::uuid] ${rest} order by office_id limit ${most}`.execute(db);
  return found.rows;
}

/** Ended campaigns whose result is not kept yet. */
export async function campaignsToKeep(db: Reads, today: string): Promise<string[]> {
  const found = await sql<{ id: string }>`select campaign_id as id from campaign
    where announced_at is not null and cancelled_at is null and counted_at is not null and kept_at is null
      and to_day < ${today}::date order by to_day`.execute(db);
  return found.rows.map((row) => row.id);
}

/** True where this transaction is the one that keeps the result. */
export async function markKept(tx: Tx, campaignId: string, now: Date): Promise<boolean> {
  const done = await sql`update campaign set kept_at = ${now}
    where campaign_id = ${campaignId} and kept_at is null`.execute(tx);
  return Number(done.numAffectedRows ?? 0) === 1;
}

export async function insertResults(tx: Tx, campaignId: string, rows: readonly ResultRow[]): Promise<void> {
  await sql`insert into campaign_result (campaign_id, office_id, people, completions, minutes, met, parent_id, is_hidden)
    select ${campaignId}::uuid, * from json_to_recordset(${JSON.stringify(
      rows.map(({ officeId, parentId, isHidden, ...row }) => ({
        ...{ office_id: officeId, parent_id: parentId, is_hidden: isHidden },
        ...row,
      })),
    )}::json) as r (office_id uuid, people integer, completions integer, minutes bigint, met integer, parent_id uuid,
      is_hidden boolean)`.execute(tx);
}
