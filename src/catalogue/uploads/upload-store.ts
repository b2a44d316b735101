import { sql } from 'kysely';
import type { Ctx } from '../../kernel/context.ts';
import type { Tx } from '../../kernel/db.ts';

export type UploadRow = {
  uploadId: string;
  owner: string;
  name: string;
  bytes: number;
  expiresAt: Date;
  fileId: string | null;
};

const columns = sql`upload_id as "uploadId", owner, name, bytes, expires_at as "expiresAt", file_id as "fileId"`;

export async function insertUpload(tx: Tx, upload: UploadRow, now: Date): Promise<void> {
  await sql`insert into upload (upload_id, owner, name, bytes, created_at, expires_at)
    values (${upload.uploadId}, ${upload.owner}, ${upload.name}, ${upload.bytes}, ${now}, ${upload.expiresAt})`.execute(
    tx,
  );
}

export async function ownUpload(
  ctx: Pick<Ctx, 'db'>,
  owner: string,
  uploadId: string,
): Promise<UploadRow | undefined> {
  const found =
    await sql<UploadRow>`select ${columns} from upload where upload_id = ${uploadId} and owner = ${owner}`.execute(
      ctx.db.read,
    );
  return found.rows[0];
}

/** What one owner has on its way; the lock keeps two beginnings from both seeing room for one. */
export async function openUploads(tx: Tx, owner: string): Promise<{ count: number; bytes: number }> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`upload:${owner}`}, 0))`.execute(tx);
  const found = await sql<{ count: number; bytes: number }>`select count(*)::int as count,
      coalesce(sum(bytes), 0)::bigint as bytes from upload where owner = ${owner} and file_id is null`.execute(
    tx,
  );
  return found.rows[0] ?? { count: 0, bytes: 0 };
}

/** True for one asker at a time; a claim that was left behind by a crash ends by itself. */
export async function claimFinishing(
  tx: Tx,
  uploadId: string,
  times: { now: Date; staleBefore: Date },
): Promise<boolean> {
  const claimed = await sql`update upload set finishing_at = ${times.now} where upload_id = ${uploadId}
      and file_id is null and (finishing_at is null or finishing_at < ${times.staleBefore}) returning 1`.execute(
    tx,
  );
  return claimed.rows.length > 0;
}

export async function releaseFinishing(tx: Tx, uploadId: string): Promise<void> {
  await sql`update upload set finishing_at = null where upload_id = ${uploadId}`.execute(tx);
}

export async function noteFile(tx: Tx, uploadId: string, fileId: string): Promise<void> {
  await sql`update upload set file_id = ${fileId}, finishing_at = null where upload_id = ${uploadId}`.execute(
    tx,
  );
}

export async function deleteUpload(tx: Tx, uploadId: string): Promise<void> {
  await sql`delete from upload where upload_id = ${uploadId}`.execute(tx);
}

export async function deleteExpired(tx: Tx, now: Date): Promise<string[]> {
  const gone = await sql<{ id: string }>`delete from upload where upload_id in (
      select upload_id from upload where expires_at < ${now} order by expires_at limit 200 for update skip locked)
    returning upload_id as id`.execute(tx);
  return gone.rows.map((row) => row.id);
}
