import { sql } from 'kysely';
import type { Reads } from '../../kernel/db.ts';

export type CoursesOnOffer = { total: number; languages: { language: string; count: number }[] };

/** Published courses, and how many there are in each language; one in two languages counts in both. */
export async function coursesByLanguage(reads: Reads): Promise<CoursesOnOffer> {
  const found = await sql<{ language: string | null; count: number }>`
    select null as language, count(*) as count from course where state = 'published'
    union all
    (select language, count(*) from course cross join unnest(languages) as language where state = 'published'
      group by language order by count(*) desc, language)`.execute(reads);
  const total = found.rows.find((row) => row.language === null)?.count ?? 0;
  return {
    total,
    languages: found.rows.flatMap(({ language, count }) => (language === null ? [] : [{ language, count }])),
  };
}
