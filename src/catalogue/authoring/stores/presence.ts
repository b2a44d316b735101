import { sql } from 'kysely';
import type { Ctx } from '../../../kernel/context.ts';

export type Present = { nameHi: string; nameEn: string | null };

/** Notes that this person has the lesson open, and answers who else has. Nobody's record: gone in a minute. */
export async function notePresence(
  ctx: Pick<Ctx, 'db'>,
  at: { lessonId: string; personId: string; now: Date },
): Promise<Present[]> {
  const found = await sql<Present>`with noted as (
      insert into lesson_presence (person_id, lesson_id, seen_at) values (${at.personId}, ${at.lessonId}, ${at.now})
      on conflict (person_id, lesson_id) do update set seen_at = excluded.seen_at),
    swept as (delete from lesson_presence where seen_at < ${at.now}::timestamptz - interval '1 hour')
    select p.name_hi as "nameHi", p.name_en as "nameEn" from lesson_presence o join person p using (person_id)
    where o.lesson_id = ${at.lessonId} and o.person_id <> ${at.personId}
      and o.seen_at > ${at.now}::timestamptz - interval '45 seconds'
    order by p.name_hi`.execute(ctx.db.read);
  return found.rows;
}
