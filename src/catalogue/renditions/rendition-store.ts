import { sql } from 'kysely';
import type { Ctx } from '../../kernel/context.ts';
import type { Tx } from '../../kernel/db.ts';
import type { RenditionKind } from './kinds.ts';

export type RenditionRow = {
  fileId: string;
  kind: RenditionKind;
  state: 'waiting' | 'making' | 'made' | 'heavier' | 'failed';
  progress: number;
  bytes: number | null;
  /** Why it failed, as the program said it; for the author and the operator. */
  fault: string | null;
};
export type Original = {
  storageKey: string;
  bytes: number;
  name: string;
  durationSeconds: number | null;
  createdBy: string | null;
  officeId: string | null;
};

export async function insertWaiting(
  tx: Tx,
  fileId: string,
  wanted: { kinds: RenditionKind[]; now: Date },
): Promise<void> {
  await sql`insert into file_rendition (file_id, kind, state, changed_at)
    select ${fileId}, kind, 'waiting', ${wanted.now} from unnest(${wanted.kinds}::text[]) as kind
    on conflict do nothing`.execute(tx);
}

/** What is still to be made, the lightest last film before the heavier: who waits on a bad line gets his first. */
export async function unmadeKinds(ctx: Pick<Ctx, 'db'>, fileId: string): Promise<RenditionKind[]> {
  const found = await sql<{ kind: RenditionKind }>`select kind from file_rendition
    where file_id = ${fileId} and state in ('waiting', 'making', 'failed') order by kind`.execute(
    ctx.db.read,
  );
  return found.rows.map((row) => row.kind);
}

export async function originalById(ctx: Pick<Ctx, 'db'>, fileId: string): Promise<Original | undefined> {
  const found = await sql<Original>`select storage_key as "storageKey", bytes, name,
      duration_seconds as "durationSeconds", created_by as "createdBy", office_id as "officeId"
    from file where file_id = ${fileId}`.execute(ctx.db.read);
  return found.rows[0];
}

type Standing = {
  fileId: string;
  kind: RenditionKind;
  state: RenditionRow['state'];
  progress: number;
  madeFileId?: string;
  fault?: string;
  now: Date;
};

export async function noteStanding(tx: Tx, at: Standing): Promise<void> {
  await sql`update file_rendition set state = ${at.state}, progress = ${at.progress},
      made_file_id = ${at.madeFileId ?? null}, fault = ${at.fault ?? null}, changed_at = ${at.now}
    where file_id = ${at.fileId} and kind = ${at.kind}`.execute(tx);
}

export async function renditionsOf(ctx: Pick<Ctx, 'db'>, fileIds: string[]): Promise<RenditionRow[]> {
  const found =
    await sql<RenditionRow>`select r.file_id as "fileId", r.kind, r.state, r.progress, m.bytes, r.fault
    from file_rendition r left join file m on m.file_id = r.made_file_id
    where r.file_id = any(${fileIds}::uuid[]) order by r.file_id, r.kind desc`.execute(ctx.db.read);
  return found.rows;
}

/** The recording that a lighter copy was made of. */
export async function originalOf(ctx: Pick<Ctx, 'db'>, madeFileId: string): Promise<string | undefined> {
  const found = await sql<{ fileId: string }>`select file_id as "fileId" from file_rendition
    where made_file_id = ${madeFileId} limit 1`.execute(ctx.db.read);
  return found.rows[0]?.fileId;
}

export async function markPlanned(tx: Tx, fileIds: string[], now: Date): Promise<void> {
  await sql`update file set renditions_planned_at = ${now} where file_id = any(${fileIds}::uuid[])`.execute(
    tx,
  );
}

/** Recordings for which nobody has planned copies; a copy itself needs none. */
export async function unplannedFiles(tx: Tx, limit: number): Promise<Unplanned[]> {
  const found = await sql<Unplanned>`select file_id as "fileId", content_type as "contentType", bytes,
      duration_seconds as "durationSeconds"
    from file f where renditions_planned_at is null and (content_type like 'video/%' or content_type like 'audio/%')
      and not exists (select from file_rendition r where r.made_file_id = f.file_id)
    order by file_id desc limit ${limit} for update of f skip locked`.execute(tx);
  return found.rows;
}
type Unplanned = { fileId: string; contentType: string; bytes: number; durationSeconds: number | null };

/** Files with a copy that waits or is being made, but on which nothing was noted since; noted as waiting now. */
export async function stalledFiles(
  tx: Tx,
  at: { before: Date; now: Date; limit: number },
): Promise<string[]> {
  const found = await sql<{ id: string }>`with stalled as (
      select file_id, kind from file_rendition where state in ('waiting', 'making') and changed_at < ${at.before}
      order by changed_at limit ${at.limit} for update skip locked
    ), noted as (
      update file_rendition r set state = 'waiting', progress = 0, changed_at = ${at.now}
      from stalled s where r.file_id = s.file_id and r.kind = s.kind returning r.file_id
    ) select distinct file_id as id from noted`.execute(tx);
  return found.rows.map((row) => row.id);
}

/** True where something of this file had failed. */
export async function failedToWaiting(tx: Tx, fileId: string, now: Date): Promise<boolean> {
  const found =
    await sql`update file_rendition set state = 'waiting', progress = 0, fault = null, changed_at = ${now}
    where file_id = ${fileId} and state = 'failed' returning 1`.execute(tx);
  return found.rows.length > 0;
}
