import { sql } from 'kysely';
import type { Reads, Tx } from '../../kernel/db.ts';

/** Announced campaigns of which what was done before the announcement is not counted yet. */
export async function uncountedCampaigns(db: Reads): Promise<string[]> {
  const found = await sql<{ id: string }>`select campaign_id as id from campaign
    where announced_at is not null and cancelled_at is null and counted_at is null order by announced_at`.execute(
    db,
  );
  return found.rows.map((row) => row.id);
}

/**
 * Whether every transaction that may not have seen the announcement has ended. The first question, asked after the
 * announcement was committed, notes which those are; a number that is still to be given out here came from another
 * server, with a backup, and says nothing.
 */
export async function isSeenByAll(tx: Tx, campaignId: string): Promise<boolean> {
  await sql`update campaign set counting_behind = pg_snapshot_xmax(pg_current_snapshot())::text
    where campaign_id = ${campaignId} and (counting_behind is null
      or counting_behind::xid8 > pg_snapshot_xmax(pg_current_snapshot()))`.execute(tx);
  const found = await sql<{ is: boolean }>`
    select pg_snapshot_xmin(pg_current_snapshot()) >= counting_behind::xid8 as is
    from campaign where campaign_id = ${campaignId}`.execute(tx);
  return found.rows[0]?.is ?? false;
}

export type Awaited = { code: string; since: Date | null };

/** A campaign that waits, and since when the oldest change is under way that may not have seen it. */
export async function awaitedBy(db: Reads, campaignId: string): Promise<Awaited> {
  const found = await sql<Awaited>`select code, (select min(xact_start) from pg_stat_activity
      where backend_xid is not null and datname = current_database()) as since
    from campaign where campaign_id = ${campaignId}`.execute(db);
  return found.rows[0] ?? { code: campaignId, since: null };
}

/** The next so many people with a completion in the campaign's days, by key. */
export async function nextPersons(
  tx: Tx,
  campaignId: string,
  { after, most }: { after: string | null; most: number },
): Promise<string[]> {
  const rest = after ? sql`and person_id > ${after}::uuid` : sql``;
  const found = await sql<{ id: string }>`select distinct person_id as id
    from completion join campaign on completed_day between from_day and to_day
    where campaign_id = ${campaignId} and voided_at is null ${rest}
    order by person_id limit ${most}`.execute(tx);
  return found.rows.map((row) => row.id);
}

export async function markCounted(tx: Tx, campaignId: string, now: Date): Promise<void> {
  await sql`update campaign set counted_at = ${now} where campaign_id = ${campaignId}`.execute(tx);
}
