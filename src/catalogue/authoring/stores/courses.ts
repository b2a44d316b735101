import { type RawBuilder, sql } from 'kysely';
import type { Ctx } from '../../../kernel/context.ts';
import { searchQuery } from '../../../kernel/text/index.ts';
import { inScope } from '../../../organisations/index.ts';

export type DeskRow = {
  code: string;
  titleHi: string | null;
  titleEn: string | null;
  state: 'draft' | 'published' | 'retired';
  languages: string[];
  officeHi: string | null;
  officeEn: string | null;
  /** The version in the catalogue; null before the first publication. */
  version: number | null;
  draftVersion: number | null;
  isInReview: boolean;
  lessons: number;
  changedAt: Date;
  /** 0: a draft or a course with one waiting; 1: made here; 2: known by name only, from an import. */
  rank: number;
};

export type DeskSearch = {
  q?: string;
  state?: 'draft' | 'published' | 'retired' | 'waiting';
  after?: string;
};

export const pageSize = 50;

/** Courses that these scopes may work on, those being written first, then by code; `waiting` are published ones with a draft beside them. */
export async function coursesOfScopes(
  ctx: Pick<Ctx, 'db'>,
  scopes: string[],
  search: DeskSearch,
): Promise<DeskRow[]> {
  const [, rank = '-1', code = ''] = /^(\d)\.(.*)$/.exec(search.after ?? '') ?? [];
  const found =
    await sql<DeskRow>`select c.code, c.title_hi as "titleHi", c.title_en as "titleEn", c.state, c.languages,
      o.name_hi as "officeHi", o.name_en as "officeEn", v.number as version, d.number as "draftVersion",
      coalesce(d.state = 'in_review', false) as "isInReview",
      (select count(*)::int from lesson l
        where l.course_version_id = coalesce(d.course_version_id, c.current_version_id)) as lessons,
      coalesce(d.changed_at, d.created_at, c.published_at, c.created_at) as "changedAt", ${rankSql} as rank
    ${coursesSql(scopes, search)} and (${rankSql}, c.code) > (${Number(rank)}, ${code})
    order by ${rankSql}, c.code limit ${pageSize + 1}`.execute(ctx.db.read);
  return found.rows;
}

export async function countCourses(
  ctx: Pick<Ctx, 'db'>,
  scopes: string[],
  search: DeskSearch,
): Promise<number> {
  const found = await sql<{ count: number }>`select count(*) as count ${coursesSql(scopes, search)}`.execute(
    ctx.db.read,
  );
  return found.rows[0]?.count ?? 0;
}

const rankSql = sql`(case when d.number is not null then 0 when c.is_playable then 1 else 2 end)`;

function coursesSql(scopes: string[], search: DeskSearch): RawBuilder<unknown> {
  const words = search.q?.trim();
  const terms = words ? searchQuery(words) : undefined;
  const folded = terms ? [terms.folded, ...terms.skeletons].filter(Boolean).join(' ') : '';
  const matches = words
    ? sql`(${folded} <% c.search_text or c.code ilike ${`%${words.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`})`
    : sql`true`;
  const state = search.state ?? null;
  return sql`from course c left join office o on o.office_id = c.office_id
      left join course_version v on v.course_version_id = c.current_version_id
      left join course_version d on d.course_id = c.course_id and d.state in ('draft', 'in_review')
    where (c.office_id is null or ${inScope(sql`o.path`, scopes)}) and ${matches}
      and (${state}::text is null or c.state = ${state}
        or (${state} = 'waiting' and c.state = 'published' and d.number is not null))`;
}

export type VersionLine = {
  number: number;
  state: 'draft' | 'in_review' | 'published' | 'superseded';
  durationMinutes: number;
  lessons: number;
  publishedAt: Date | null;
  publishedByHi: string | null;
  publishedByEn: string | null;
  changedAt: Date | null;
};

/** Every version of a course, the newest first. */
export async function versionHistory(ctx: Pick<Ctx, 'db'>, courseId: string): Promise<VersionLine[]> {
  const found =
    await sql<VersionLine>`select v.number, v.state, v.duration_minutes as "durationMinutes", v.published_at as "publishedAt",
      p.name_hi as "publishedByHi", p.name_en as "publishedByEn", v.changed_at as "changedAt",
      (select count(*)::int from lesson l where l.course_version_id = v.course_version_id) as lessons
    from course_version v left join person p on p.person_id = v.published_by
    where v.course_id = ${courseId} order by v.number desc`.execute(ctx.db.read);
  return found.rows;
}

export type LastChange = { at: Date | null; by: string | null; nameHi: string | null; nameEn: string | null };

/** Who last changed a lesson or the draft, by name; for "somebody else changed this". */
export async function lastChange(
  ctx: Pick<Ctx, 'db'>,
  of: { courseVersionId: string; lessonId?: string },
): Promise<LastChange | undefined> {
  const changed = of.lessonId
    ? sql`select changed_at, changed_by from lesson where lesson_id = ${of.lessonId}`
    : sql`select changed_at, changed_by from course_version where course_version_id = ${of.courseVersionId}`;
  const found =
    await sql<LastChange>`select x.changed_at as at, x.changed_by as by, p.name_hi as "nameHi", p.name_en as "nameEn"
    from (${changed}) x left join person p on p.person_id = x.changed_by`.execute(ctx.db.read);
  return found.rows[0];
}
