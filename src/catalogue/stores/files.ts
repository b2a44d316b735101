import { sql } from 'kysely';
import type { Ctx } from '../../kernel/context.ts';
import { ownerPathSql } from '../course-store.ts';

export type FileRow = {
  storageKey: string;
  sha256: string;
  bytes: number;
  contentType: string;
  name: string;
  createdBy: string | null;
  /** Stands in a version that was published, of a course that is or was in the catalogue. */
  isPublished: boolean;
  /** Of the courses whose lessons use it: the path of the office, null for the installation's own. */
  owners: { officePath: string[] | null }[];
};

export async function fileById(ctx: Pick<Ctx, 'db'>, fileId: string): Promise<FileRow | undefined> {
  const found =
    await sql<FileRow>`select f.storage_key as "storageKey", f.sha256, f.bytes, f.content_type as "contentType",
      f.name, f.created_by as "createdBy", coalesce(bool_or(c.state <> 'draft' and v.state not in ('draft', 'in_review')), false) as "isPublished",
      coalesce(jsonb_agg(distinct jsonb_build_object('officePath', ${ownerPathSql})) filter (where c.course_id is not null), '[]') as owners
    from file f left join lesson_content k
        on k.file_id = ${fileId} or k.captions_file_id = ${fileId} or k.image_ids @> array[${fileId}::uuid]
      left join lesson l using (lesson_id) left join course_version v using (course_version_id)
      left join course c on c.course_id = v.course_id left join office o on o.office_id = c.office_id
    where f.file_id = ${fileId} group by f.file_id`.execute(ctx.db.read);
  return found.rows[0];
}
