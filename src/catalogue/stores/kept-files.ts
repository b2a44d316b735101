import { sql } from 'kysely';
import type { Ctx } from '../../kernel/context.ts';
import type { Tx } from '../../kernel/db.ts';
import { ownerPathSql } from '../course-store.ts';

export type NewFile = {
  fileId: string;
  storageKey: string;
  sha256: string;
  bytes: number;
  contentType: string;
  name: string;
  durationSeconds: number | null;
  pageCount?: number | null;
  pagesFault?: 'locked' | 'unreadable' | null;
  createdBy: string | null;
  officeId: string | null;
  keptAt: Date;
  /** Under what terms it may be used, where that is known. */
  licence?: string | null;
};

export async function insertFile(tx: Tx, file: NewFile): Promise<void> {
  await sql`insert into file (file_id, storage_key, sha256, bytes, content_type, name, duration_seconds, page_count, pages_fault,
      created_by, office_id, examined_at, licence)
    values (${file.fileId}, ${file.storageKey}, ${file.sha256}, ${file.bytes}, ${file.contentType}, ${file.name},
      ${file.durationSeconds}, ${file.pageCount ?? null}, ${file.pagesFault ?? null}, ${file.createdBy}, ${file.officeId},
      ${file.keptAt}, ${file.licence ?? null})`.execute(tx);
}

export type KeptFile = {
  fileId: string;
  name: string;
  contentType: string;
  bytes: number;
  sha256: string;
  durationSeconds: number | null;
  pageCount: number | null;
  createdAt: Date;
  createdBy: string | null;
  /** Of whoever uploaded it; null where that was the whole installation. */
  officePath: string[] | null;
  /** The courses whose lessons use it. */
  usedBy: { code: string; officePath: string[] | null }[];
};

export async function keptFile(ctx: Pick<Ctx, 'db'>, fileId: string): Promise<KeptFile | undefined> {
  const found =
    await sql<KeptFile>`select f.file_id as "fileId", f.name, f.content_type as "contentType", f.bytes, f.sha256, f.duration_seconds as "durationSeconds", f.page_count as "pageCount",
      f.created_at as "createdAt", f.created_by as "createdBy", u.path as "officePath",
      coalesce((select jsonb_agg(distinct jsonb_build_object('code', c.code, 'officePath', ${ownerPathSql}))
        from lesson_content k join lesson l using (lesson_id) join course_version v using (course_version_id)
          join course c using (course_id) left join office o on o.office_id = c.office_id
        where k.file_id = ${fileId} or k.captions_file_id = ${fileId} or k.image_ids @> array[${fileId}::uuid]), '[]') as "usedBy"
    from file f left join office u on u.office_id = f.office_id where f.file_id = ${fileId}`.execute(
      ctx.db.read,
    );
  return found.rows[0];
}

export type KnownFile = {
  id: string;
  contentType: string;
  seconds: number | null;
  pages: number | null;
};

export type FileToUse = KnownFile &
  Pick<KeptFile, 'createdBy' | 'officePath' | 'usedBy'> & { isPublished: boolean };

/** Those of these ids that are kept files, with what decides who may put them into a lesson. */
export async function filesToUse(tx: Tx, fileIds: string[]): Promise<FileToUse[]> {
  const found =
    await sql<FileToUse>`select f.file_id::text as id, f.content_type as "contentType", f.duration_seconds as seconds, f.page_count as pages,
      f.created_by as "createdBy", u.path as "officePath", coalesce(use."isPublished", false) as "isPublished",
      coalesce(use."usedBy", '[]') as "usedBy"
    from file f left join office u on u.office_id = f.office_id
    cross join lateral (select bool_or(c.state <> 'draft' and v.state not in ('draft', 'in_review')) as "isPublished",
        jsonb_agg(distinct jsonb_build_object('code', c.code, 'officePath', ${ownerPathSql})) as "usedBy"
      from lesson_content k join lesson l using (lesson_id) join course_version v using (course_version_id)
        join course c using (course_id) left join office o on o.office_id = c.office_id
      where k.file_id = f.file_id or k.captions_file_id = f.file_id or k.image_ids @> array[f.file_id]) use
    where f.file_id = any(${fileIds}::uuid[])`.execute(tx);
  return found.rows;
}

/** Names and weights of the files that some contents hold, by id. */
export async function filesById(
  ctx: Pick<Ctx, 'db'>,
  fileIds: string[],
): Promise<Map<string, { name: string; bytes: number; contentType: string }>> {
  const found = await sql<{ id: string; name: string; bytes: number; contentType: string }>`
    select file_id as id, name, bytes, content_type as "contentType" from file where file_id = any(${fileIds}::uuid[])`.execute(
    ctx.db.read,
  );
  return new Map(found.rows.map((row) => [row.id, row]));
}

type Unexamined = { fileId: string; storageKey: string; contentType: string; bytes: number };

export async function unexaminedFiles(ctx: Pick<Ctx, 'db'>, limit: number): Promise<Unexamined[]> {
  const found =
    await sql<Unexamined>`select file_id as "fileId", storage_key as "storageKey", content_type as "contentType", bytes
      from file where examined_at is null order by file_id limit ${limit}`.execute(ctx.db.read);
  return found.rows;
}

export async function markExamined(
  tx: Tx,
  file: Pick<NewFile, 'fileId' | 'durationSeconds' | 'pageCount' | 'pagesFault'>,
  now: Date,
): Promise<void> {
  await sql`update file set duration_seconds = ${file.durationSeconds}, page_count = ${file.pageCount ?? null},
      pages_fault = ${file.pagesFault ?? null}, examined_at = ${now}
    where file_id = ${file.fileId}`.execute(tx);
}
