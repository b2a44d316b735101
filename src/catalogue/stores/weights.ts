import { sql } from 'kysely';
import type { Ctx } from '../../kernel/context.ts';

/** Bytes that a version of a course fetches in all, by language; a version's lessons never change once published. */
export async function weightsOf(
  ctx: Pick<Ctx, 'db'>,
  versionIds: string[],
): Promise<Map<string, Record<string, number>>> {
  if (versionIds.length === 0) return new Map();
  const found = await sql<{ versionId: string; language: string; bytes: number }>`
    select l.course_version_id as "versionId", k.language,
      sum(coalesce(f.bytes, 0) + coalesce((select sum(i.bytes) from file i where i.file_id = any(k.image_ids)), 0)
        + coalesce(octet_length(k.body_html), 0) + coalesce(octet_length(k.transcript), 0))::bigint as bytes
    from lesson l join lesson_content k using (lesson_id) left join file f on f.file_id = k.file_id
    where l.course_version_id = any(${versionIds}::uuid[]) group by 1, 2`.execute(ctx.db.read);
  const byVersion = new Map<string, Record<string, number>>();
  for (const row of found.rows)
    byVersion.set(row.versionId, { ...byVersion.get(row.versionId), [row.language]: row.bytes });
  return byVersion;
}
