import { sql } from 'kysely';
import type { Reads, Tx } from '../../kernel/db.ts';

export type SnapshotRow = {
  id: string;
  node: 'office' | 'area';
  placeCode: string;
  scopeOfficeId: string;
  asOf: string;
  compareOn: string | null;
  note: string | null;
  /** Canonical JSON. */
  content: string;
  /** SHA-256 of it, in hex. */
  digest: string;
  publishedAt: Date;
  publisherHi: string | null;
  publisherEn: string | null;
};

export type NewSnapshot = Omit<SnapshotRow, 'publisherHi' | 'publisherEn'> & {
  publishedBy: string | null;
  publisher: { hi: string; en: string } | null;
};

export async function insertSnapshot(tx: Tx, row: NewSnapshot): Promise<void> {
  await sql`insert into review_snapshot (review_snapshot_id, node, place_code, scope_office_id, as_of, compare_on, note,
      content, digest, published_at, published_by, publisher_hi, publisher_en)
    values (${row.id}, ${row.node}, ${row.placeCode}, ${row.scopeOfficeId}, ${row.asOf}, ${row.compareOn}, ${row.note},
      ${row.content}, decode(${row.digest}, 'hex'), ${row.publishedAt}, ${row.publishedBy}, ${row.publisher?.hi ?? null},
      ${row.publisher?.en ?? null})`.execute(tx);
}

const facts = sql`review_snapshot_id as id, node, place_code as "placeCode", scope_office_id as "scopeOfficeId",
  as_of as "asOf", compare_on as "compareOn", note, encode(digest, 'hex') as digest, published_at as "publishedAt",
  publisher_hi as "publisherHi", publisher_en as "publisherEn"`;

/** `code`: of an area, whose code stays; an office is known by `scopeOfficeId`. */
type Published = { node: 'office' | 'area'; code: string; scopeOfficeId: string };

/** Of one office, whatever code it went by, or of one area; the newest first. */
export async function snapshotsOf(
  reads: Reads,
  { node, code, scopeOfficeId, limit, after }: Published & { limit: number; after?: string },
): Promise<Omit<SnapshotRow, 'content'>[]> {
  const older = after
    ? sql`and (published_at, review_snapshot_id) < (
        select published_at, review_snapshot_id from review_snapshot where review_snapshot_id = ${after})`
    : sql``;
  const found = await sql<Omit<SnapshotRow, 'content'>>`select ${facts} from review_snapshot
    where ${node === 'office' ? sql`node = 'office'` : sql`node = 'area' and place_code = ${code}`}
      and scope_office_id = ${scopeOfficeId} ${older}
    order by published_at desc, review_snapshot_id desc limit ${limit}`.execute(reads);
  return found.rows;
}

/** The same sheet, published by the same person since an instant; whoever publishes next waits for this transaction. */
export async function publishedSince(
  tx: Tx,
  row: NewSnapshot,
  since: Date,
): Promise<Pick<SnapshotRow, 'id' | 'digest'> | undefined> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`published sheet ${row.scopeOfficeId}`}, 0))`.execute(
    tx,
  );
  const found = await sql<Pick<SnapshotRow, 'id' | 'digest'>>`
    select review_snapshot_id as id, encode(digest, 'hex') as digest from review_snapshot
    where node = ${row.node} and (node = 'office' or place_code = ${row.placeCode})
      and scope_office_id = ${row.scopeOfficeId} and as_of = ${row.asOf}
      and compare_on is not distinct from ${row.compareOn}::date and note is not distinct from ${row.note}::text
      and published_by is not distinct from ${row.publishedBy}::uuid and published_at > ${since}
      and content::jsonb ->> 'rankedBy' = ${row.content}::jsonb ->> 'rankedBy'
    order by published_at desc limit 1`.execute(tx);
  return found.rows[0];
}

export async function snapshotById(reads: Reads, id: string): Promise<SnapshotRow | undefined> {
  const found = await sql<SnapshotRow>`select ${facts}, content from review_snapshot
    where review_snapshot_id = ${id}`.execute(reads);
  return found.rows[0];
}
