import { sql } from 'kysely';
import type { Reads, Tx } from '../../kernel/db.ts';

type Named = { code: string; nameHi: string | null; nameEn: string | null };

/** What offices are called, by code. */
export async function namesOfOffices(db: Reads, codes: readonly string[]): Promise<Named[]> {
  const found = await sql<Named>`select code, name_hi as "nameHi", name_en as "nameEn" from office
    where code = any(${codes}::text[])`.execute(db);
  return found.rows;
}

/** What courses and tests are called, by code. */
export async function namesOfCourses(db: Reads, codes: readonly string[]): Promise<Named[]> {
  const found = await sql<Named>`select code, title_hi as "nameHi", title_en as "nameEn" from course
      where code = any(${codes}::text[])
    union all select code, title_hi, title_en from blueprint where code = any(${codes}::text[])
      and not exists (select from course where course.code = blueprint.code)`.execute(db);
  return found.rows;
}

/** Tags that published courses carry, with how many do. */
export async function tagsInUse(db: Reads): Promise<{ tag: string; courses: number }[]> {
  const found = await sql<{ tag: string; courses: number }>`select tag, count(*) as courses
    from course cross join unnest(tags) as tag where state = 'published'
    group by tag order by tag limit 200`.execute(db);
  return found.rows;
}

export type CitingOrder = {
  mandateId: string;
  number: string;
  kind: 'extension' | 'amendment' | 'withdrawal';
  orderDate: string;
  issuer: string;
  state: 'draft' | 'published' | 'withdrawn';
  effectiveOn: string | null;
  until: string | null;
  /** The extension that it takes back or gives another day. */
  takesBackId: string | null;
  takesBack: string | null;
  publishedAt: Date | null;
};

/** Orders that extend, amend or withdraw one, the oldest first. */
export async function ordersCiting(db: Reads | Tx, mandateId: string): Promise<CitingOrder[]> {
  const found =
    await sql<CitingOrder>`select mandate_id as "mandateId", number, kind, order_date as "orderDate", issuer,
      state, effective_on as "effectiveOn", rules->>'until' as until, takes_back_id as "takesBackId",
      (select number from mandate taken where taken.mandate_id = mandate.takes_back_id) as "takesBack", published_at as "publishedAt"
    from mandate where amends_mandate_id = ${mandateId} order by order_date, recorded_at`.execute(db);
  return found.rows;
}

type Kept = { storageKey: string; bytes: number; contentType: string };
type NewScan = Kept & { fileId: string; mandateId: string; now: Date };

export async function insertScan(tx: Tx, scan: NewScan): Promise<void> {
  await sql`insert into mandate_scan (mandate_scan_id, mandate_id, storage_key, bytes, content_type, recorded_at)
    values (${scan.fileId}, ${scan.mandateId}, ${scan.storageKey}, ${scan.bytes}, ${scan.contentType}, ${scan.now})`.execute(
    tx,
  );
  await sql`update mandate set scan_file_id = ${scan.fileId} where mandate_id = ${scan.mandateId}`.execute(
    tx,
  );
}

/**
 * Of an order in force, what stood on its day of publication or came later: what was attached to the draft by mistake
 * is no copy of the order. A draft is read by those alone who write it.
 */
const isCopy = sql`(m.published_at is null or scan.recorded_at >= (
  select coalesce(max(first.recorded_at), m.published_at) from mandate_scan first
  where first.mandate_id = m.mandate_id and first.recorded_at <= m.published_at))`;

/** The scan of an order that stands now, or one before it by its key. */
export async function scanOfOrder(
  db: Reads,
  { mandateId, copyId }: { mandateId: string; copyId?: string | undefined },
): Promise<Kept | undefined> {
  const found = await sql<Kept>`select storage_key as "storageKey", bytes, content_type as "contentType"
    from mandate m join mandate_scan scan using (mandate_id)
    where mandate_id = ${mandateId} and mandate_scan_id = coalesce(${copyId ?? null}::uuid, scan_file_id) and ${isCopy}`.execute(
    db,
  );
  return found.rows[0];
}

export type ScanCopy = { scanId: string; recordedAt: Date };

/** Every copy of it that there was, the first first. */
export async function scansOfOrder(db: Reads, mandateId: string): Promise<ScanCopy[]> {
  const found = await sql<ScanCopy>`select mandate_scan_id as "scanId", scan.recorded_at as "recordedAt"
    from mandate m join mandate_scan scan using (mandate_id)
    where mandate_id = ${mandateId} and ${isCopy} order by scan.recorded_at`.execute(db);
  return found.rows;
}

/** The hash of the secret that opens a person's calendar now. */
export async function liveFeed(
  db: Reads,
  personId: string,
): Promise<{ secretHash: Buffer; madeAt: Date } | undefined> {
  const found = await sql<{
    secretHash: Buffer;
    madeAt: Date;
  }>`select secret_hash as "secretHash", made_at as "madeAt"
    from order_feed join person using (person_id)
    where person_id = ${personId} and ended_at is null and merged_into is null`.execute(db);
  return found.rows[0];
}

/** Ends the address that was given before. */
export async function endFeed(tx: Tx, personId: string, now: Date): Promise<void> {
  await sql`update order_feed set ended_at = ${now} where person_id = ${personId} and ended_at is null`.execute(
    tx,
  );
}

export async function insertFeed(
  tx: Tx,
  feed: { personId: string; feedId: string; secretHash: Buffer; now: Date },
): Promise<void> {
  await sql`insert into order_feed (person_id, order_feed_id, secret_hash, made_at)
    values (${feed.personId}, ${feed.feedId}, ${feed.secretHash}, ${feed.now})`.execute(tx);
}
