import type { Ctx } from '../../kernel/context.ts';

type Weights = Record<string, number>;

const weights = `select l.course_version_id as "versionId", k.language,
    sum(coalesce(f.bytes, 0) + coalesce((select sum(i.bytes) from file i where i.file_id = any(k.image_ids)), 0)
      + coalesce(octet_length(k.body_html), 0) + coalesce(octet_length(k.transcript), 0))::bigint as bytes
  from lesson l join lesson_content k using (lesson_id) left join file f on f.file_id = k.file_id
  where l.course_version_id = any($1::uuid[]) group by 1, 2`;

const mostKept = 10_000;
const kept = new Map<string, Weights>();

/**
 * Bytes that a published version of a course fetches in all, by language. Its lessons never change, so that a
 * process weighs it once.
 */
export async function weightsOf(
  ctx: Pick<Ctx, 'db'>,
  versionIds: string[],
): Promise<ReadonlyMap<string, Weights>> {
  const unknown = versionIds.filter((id) => !kept.has(id));
  const found = new Map(versionIds.map((id) => [id, kept.get(id) ?? {}]));
  if (unknown.length === 0) return found;
  type Row = { versionId: string; language: string; bytes: number };
  const rows = await ctx.db.hot<Row>('course-weights', weights, [unknown]);
  for (const row of rows)
    found.set(row.versionId, { ...found.get(row.versionId), [row.language]: row.bytes });
  if (kept.size > mostKept) kept.clear();
  for (const id of unknown) kept.set(id, found.get(id) ?? {});
  return found;
}
