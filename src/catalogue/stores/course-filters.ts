import { type CourseFilters, durationBands, type FacetName, mostLevel } from '../course-filters.ts';

/** Takes a value of a statement that is being written, and answers what stands for it in the text. */
export type Put = (value: unknown, type: string) => string;

/** The conditions of the filters that were chosen, by facet; for `course c` with `course_version v`. */
export function filterConditions(filters: CourseFilters, put: Put): Partial<Record<FacetName, string>> {
  const found: Partial<Record<FacetName, string>> = {};
  if (filters.tag) found.tag = `c.tags @> ${put([filters.tag], 'text[]')}`;
  if (filters.language) found.language = `${put(filters.language, 'text')} = any(c.languages)`;
  if (filters.provider) found.provider = `c.provider = ${put(filters.provider, 'text')}`;
  if (filters.audience) found.audience = `${audienceSql} = ${put(filters.audience, 'text')}`;
  if (filters.duration) found.duration = `${bandSql} = ${put(filters.duration, 'text')}`;
  if (filters.competency)
    found.competency = `c.competencies && ${put(competencyTags(filters.competency, filters.level), 'text[]')}`;
  return found;
}

/** For whom, as its author wrote it. */
export const audienceSql = "coalesce(nullif(c.audience_hi, ''), nullif(c.audience_en, ''))";

/** The band of a length; a course whose length nobody knows stands in none. */
export const bandSql = `case when coalesce(v.duration_minutes, 0) = 0 then null ${durationBands
  .filter((band) => band.most !== undefined)
  .map((band) => `when v.duration_minutes <= ${band.most} then '${band.key}'`)
  .join(' ')} else '${durationBands.at(-1)?.key}' end`;

/** `key` alone where any level will do, and `key:level` from the level that is asked upwards. */
function competencyTags(key: string, level: number | undefined): string[] {
  const from = level ?? 1;
  const levels = Array.from({ length: mostLevel - from + 1 }, (_, n) => `${key}:${from + n}`);
  return level === undefined ? [key, ...levels] : levels;
}
