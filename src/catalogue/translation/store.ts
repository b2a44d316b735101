import { sql } from 'kysely';
import type { Reads, Tx } from '../../kernel/db.ts';
import type { Made } from './parts.ts';

export async function madeFrom(
  read: Reads | Tx,
  of: { courseId: string; language: string },
): Promise<Map<string, Made>> {
  const found = await sql<Made>`select place, source_hash as "sourceHash", text_hash as "textHash"
    from course_translation where course_id = ${of.courseId} and language = ${of.language}`.execute(read);
  return new Map(found.rows.map((row) => [row.place, row]));
}

export async function noteMade(
  tx: Tx,
  rows: Made[],
  at: { courseId: string; language: string; now: Date; by: string | null },
): Promise<void> {
  await sql`insert into course_translation (course_id, language, place, source_hash, text_hash, translated_at, translated_by)
    select ${at.courseId}::uuid, ${at.language}, m.place, m.source, m.text, ${at.now}::timestamptz, ${at.by}::uuid
    from unnest(${rows.map((row) => row.place)}::text[], ${rows.map((row) => row.sourceHash)}::text[],
      ${rows.map((row) => row.textHash)}::text[]) as m (place, source, text)
    on conflict (course_id, language, place) do update set source_hash = excluded.source_hash,
      text_hash = excluded.text_hash, translated_at = excluded.translated_at,
      translated_by = excluded.translated_by`.execute(tx);
}
