import { sql } from 'kysely';
import { hot, type Reads, type Tx } from '../../kernel/db.ts';

export type LeagueOffice = {
  officeId: string;
  code: string;
  nameHi: string;
  nameEn: string | null;
  /** Whether there is somewhere to look down. */
  hasBelow: boolean;
};

/** An office and the offices directly below it. */
export async function officeWithChildren(db: Reads, officeId: string): Promise<LeagueOffice[]> {
  const found = await sql<LeagueOffice>`${hot}
    select office_id as "officeId", code, name_hi as "nameHi", name_en as "nameEn",
      exists (select from office below where below.parent_id = office.office_id) as "hasBelow"
    from office where office_id = ${officeId} or parent_id = ${officeId} order by code`.execute(db);
  return found.rows;
}

/** The offices from one down to those given, without these; nothing of those that lie elsewhere. */
export async function waysTo(
  db: Reads,
  { officeId, own }: { officeId: string; own: readonly string[] },
): Promise<{ officeId: string; path: string[] }[]> {
  const found = await sql<{
    officeId: string;
    path: string[];
  }>`select office_id as "officeId", path from office
    where path @> array[${officeId}::uuid] and office_id in (
      select unnest(path) from office where office_id = any(${[...own]}::uuid[])
      except select unnest(${[...own]}::uuid[]))`.execute(db);
  return found.rows;
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
};

export async function resultsAt(
  db: Reads,
  campaignId: string,
  officeIds: readonly string[],
): Promise<Map<string, ResultRow>> {
  const found = await sql<ResultRow>`select office_id as "officeId", people, completions, minutes, met
    from campaign_result where campaign_id = ${campaignId} and office_id = any(${[...officeIds]}::uuid[])`.execute(
    db,
  );
  return new Map(found.rows.map((row) => [row.officeId, row]));
}

/** The offices at and below one, some at a time, by key. */
export async function officesBelow(
  db: Reads,
  officeId: string,
  { after, most }: { after: string | null; most: number },
): Promise<string[]> {
  const rest = after ? sql`and office_id > ${after}::uuid` : sql``;
  const found = await sql<{ id: string }>`select office_id as id from office
    where path @> array[${officeId}::uuid] ${rest} order by office_id limit ${most}`.execute(db);
  return found.rows.map((row) => row.id);
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
  await sql`insert into campaign_result (campaign_id, office_id, people, completions, minutes, met)
    select ${campaignId}::uuid, * from json_to_recordset(${JSON.stringify(
      rows.map(({ officeId, ...row }) => ({ office_id: officeId, ...row })),
    )}::json) as r (office_id uuid, people integer, completions integer, minutes bigint, met integer)`.execute(
    tx,
  );
}
