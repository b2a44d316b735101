import { sql } from 'kysely';
import type { Day } from '../../kernel/dates.ts';
import type { Reads, Tx } from '../../kernel/db.ts';
import { inScope } from '../../organisations/index.ts';

export type Campaign = {
  campaignId: string;
  code: string;
  titleHi: string;
  titleEn: string | null;
  officeId: string;
  officeCode: string;
  officeHi: string;
  officeEn: string | null;
  path: string[];
  fromDay: Day;
  toDay: Day;
  targetMinutes: number;
  tags: string[];
  orderNumber: string | null;
  enteredAt: Date;
  enteredByHi: string | null;
  enteredByEn: string | null;
  announcedAt: Date | null;
  cancelledAt: Date | null;
  cancelReason: string | null;
  countedAt: Date | null;
  keptAt: Date | null;
};

const selected = sql`select c.campaign_id as "campaignId", c.code, c.title_hi as "titleHi", c.title_en as "titleEn",
    c.office_id as "officeId", o.code as "officeCode", o.name_hi as "officeHi", o.name_en as "officeEn", o.path,
    c.from_day as "fromDay", c.to_day as "toDay", c.target_minutes as "targetMinutes", c.tags,
    c.order_number as "orderNumber", c.entered_at as "enteredAt", c.entered_by_hi as "enteredByHi",
    c.entered_by_en as "enteredByEn", c.announced_at as "announcedAt", c.cancelled_at as "cancelledAt",
    c.cancel_reason as "cancelReason", c.counted_at as "countedAt", c.kept_at as "keptAt"
  from campaign c join office o using (office_id)`;

export async function campaignByCode(db: Reads | Tx, code: string): Promise<Campaign | undefined> {
  const found = await sql<Campaign>`${selected} where lower(c.code) = lower(${code})`.execute(db);
  return found.rows[0];
}

export async function campaignById(db: Reads | Tx, campaignId: string): Promise<Campaign | undefined> {
  const found = await sql<Campaign>`${selected} where c.campaign_id = ${campaignId}`.execute(db);
  return found.rows[0];
}

/** The row held until the end of the transaction. */
export async function lockCampaign(tx: Tx, campaignId: string): Promise<Campaign | undefined> {
  await sql`select from campaign where campaign_id = ${campaignId} for update`.execute(tx);
  return campaignById(tx, campaignId);
}

/** Campaigns at, below or above offices in the actor's charge, the newest first. */
export async function campaignsWithin(db: Reads, scopes: readonly string[]): Promise<Campaign[]> {
  const found = await sql<Campaign>`${selected} where ${inScope(sql.ref('o.path'), scopes)}
      or c.announced_at is not null and (select coalesce(bool_or(c.office_id = any(own.path)), false)
        from office own where own.office_id::text = any(${[...scopes]}::text[]))
    order by c.from_day desc, c.code limit 200`.execute(db);
  return found.rows;
}

/** All that were announced, the newest first, after a given one. */
export async function announcedCampaigns(
  db: Reads,
  { limit, after }: { limit: number; after?: string },
): Promise<Campaign[]> {
  const rest = after
    ? sql`and (c.from_day, c.campaign_id) < (select from_day, campaign_id from campaign where lower(code) = lower(${after}))`
    : sql``;
  const found = await sql<Campaign>`${selected} where c.announced_at is not null ${rest}
    order by c.from_day desc, c.campaign_id desc limit ${limit}`.execute(db);
  return found.rows;
}

/** Those that are announced and have not ended before a day: few, and the same for everybody. */
export async function livingCampaigns(db: Reads, since: Day): Promise<Campaign[]> {
  const found = await sql<Campaign>`${selected} where c.announced_at is not null and c.cancelled_at is null
    and c.to_day >= ${since}::date order by c.from_day, c.code`.execute(db);
  return found.rows;
}

export type CampaignFields = {
  code: string;
  titleHi: string;
  titleEn: string | null;
  officeId: string;
  fromDay: Day;
  toDay: Day;
  targetMinutes: number;
  tags: string[];
  orderNumber: string | null;
};

export type NewCampaign = CampaignFields & {
  campaignId: string;
  enteredAt: Date;
  enteredBy: string | null;
  by: { hi: string; en: string } | null;
};

/** False where the code is taken, in small letters or great: the table is held, since no index says so. */
export async function insertCampaign(tx: Tx, row: NewCampaign): Promise<boolean> {
  await sql`lock table campaign in share row exclusive mode`.execute(tx);
  if (await campaignByCode(tx, row.code)) return false;
  await sql`insert into campaign (campaign_id, code, title_hi, title_en, office_id, from_day, to_day,
      target_minutes, tags, order_number, entered_at, entered_by, entered_by_hi, entered_by_en)
    values (${row.campaignId}, ${row.code}, ${row.titleHi}, ${row.titleEn}, ${row.officeId}, ${row.fromDay},
      ${row.toDay}, ${row.targetMinutes}, ${row.tags}::text[], ${row.orderNumber}, ${row.enteredAt},
      ${row.enteredBy}, ${row.by?.hi ?? null}, ${row.by?.en ?? null})`.execute(tx);
  return true;
}

export async function updateCampaign(
  tx: Tx,
  campaignId: string,
  row: Omit<CampaignFields, 'code'>,
): Promise<void> {
  await sql`update campaign set title_hi = ${row.titleHi}, title_en = ${row.titleEn}, office_id = ${row.officeId},
      from_day = ${row.fromDay}, to_day = ${row.toDay}, target_minutes = ${row.targetMinutes},
      tags = ${row.tags}::text[], order_number = ${row.orderNumber}
    where campaign_id = ${campaignId}`.execute(tx);
}

export async function markAnnounced(tx: Tx, campaignId: string, now: Date): Promise<void> {
  await sql`update campaign set announced_at = ${now} where campaign_id = ${campaignId}`.execute(tx);
}

export async function markCancelled(
  tx: Tx,
  campaignId: string,
  { now, reason }: { now: Date; reason: string },
): Promise<void> {
  await sql`update campaign set cancelled_at = ${now}, cancel_reason = ${reason}
    where campaign_id = ${campaignId}`.execute(tx);
}

/** Tags that published courses carry, so that they can be ticked. */
export async function courseTags(db: Reads): Promise<string[]> {
  const found = await sql<{ tag: string }>`select distinct tag from course cross join unnest(tags) tag
    where state = 'published' order by tag limit 60`.execute(db);
  return found.rows.map((row) => row.tag);
}

export async function codesOf(tx: Tx, campaignIds: readonly string[]): Promise<Map<string, string>> {
  const found = await sql<{ id: string; code: string }>`select campaign_id as id, code from campaign
    where campaign_id = any(${[...campaignIds]}::uuid[])`.execute(tx);
  return new Map(found.rows.map((row) => [row.id, row.code]));
}
