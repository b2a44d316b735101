import { type RawBuilder, sql } from 'kysely';
import type { Day } from '../../kernel/dates.ts';
import type { Reads, Tx } from '../../kernel/db.ts';
import { inScope } from '../../organisations/index.ts';
import type { CourseFacts, Kind, Subject, Version } from '../rules/compliance.ts';

/** A version of a syllabus says more than its parts. */
export type DatedVersion = Version & { number?: number; revisedOn?: Day; isInduction?: boolean };

/** What is listed: a subject with what it is called and whose it is. */
export type ListedSubject = Omit<Subject, 'versions'> & {
  versions: DatedVersion[];
  code: string;
  titleHi: string | null;
  titleEn: string | null;
  officeId: string;
  officeCode: string;
  officeHi: string;
  officeEn: string | null;
};

/** Offices by scope, or certain subjects. */
type Which = { scopes: readonly string[] } | { ids: readonly string[] };

/** Everything that was ever published, approved or shown at and below these offices. */
export async function subjectsWithin(db: Reads, scopes: readonly string[]): Promise<ListedSubject[]> {
  const found = await Promise.all([
    programmesOf(db, { scopes }),
    plansOf(db, { scopes }),
    collectionsOf(db, { scopes }),
  ]);
  return found.flat();
}

export function subjectsOfKind(db: Reads | Tx, kind: Kind, ids: readonly string[]): Promise<ListedSubject[]> {
  const load = { programme: programmesOf, plan: plansOf, collection: collectionsOf }[kind];
  return load(db, { ids });
}

const office = sql`o.office_id as "officeId", o.code as "officeCode", o.name_hi as "officeHi",
  o.name_en as "officeEn", o.path as "officePath"`;

async function programmesOf(db: Reads | Tx, which: Which): Promise<ListedSubject[]> {
  const found = await sql<ListedSubject>`select 'programme' as kind, p.programme_id as id, p.code,
      p.title_hi as "titleHi", p.title_en as "titleEn", p.closed_on - 1 as until, ${office},
      (select json_agg(json_build_object('from', s.published_on, 'number', s.version, 'revisedOn', s.revised_on,
          'isInduction', s.is_induction, 'parts', (select coalesce(json_agg(json_build_object('courseId', t.course_id,
            'programmeId', null, 'tags', t.tags, 'minutes', t.minutes) order by t.ordinal), '[]'::json)
            from syllabus_part t where t.programme_syllabus_id = s.programme_syllabus_id))
        order by s.published_on, s.version)
        from programme_syllabus s where s.programme_id = p.programme_id and s.state = 'published') as versions
    from programme p join office o using (office_id)
    where ${chosen(which, 'p.programme_id')} and exists (select 1 from programme_syllabus s
      where s.programme_id = p.programme_id and s.state = 'published')
    order by p.code`.execute(db);
  return found.rows;
}

const firstDay = sql`make_date(left(l.year, 4)::int, 4, 1)`;

/** A plan is in force from its approval, and not before its year begins. */
async function plansOf(db: Reads | Tx, which: Which): Promise<ListedSubject[]> {
  const found = await sql<ListedSubject>`select 'plan' as kind, l.plan_id as id, l.year as code,
      null as "titleHi", null as "titleEn", make_date(left(l.year, 4)::int + 1, 3, 31) as until, ${office},
      (select json_agg(json_build_object('from', greatest(v.approved_on, ${firstDay}), 'number', v.version,
          'parts', (select coalesce(json_agg(json_build_object('courseId', t.course_id, 'programmeId', t.programme_id,
            'tags', '{}'::text[], 'minutes', 0) order by t.ordinal), '[]'::json)
            from plan_line t where t.plan_version_id = v.plan_version_id))
        order by greatest(v.approved_on, ${firstDay}), v.version)
        from plan_version v where v.plan_id = l.plan_id and v.state = 'approved') as versions
    from plan l join office o using (office_id)
    where ${chosen(which, 'l.plan_id')} and exists (select 1 from plan_version v
      where v.plan_id = l.plan_id and v.state = 'approved')
    order by o.code, l.year`.execute(db);
  return found.rows;
}

/** A collection without an office is the whole installation's: its root's. */
async function collectionsOf(db: Reads | Tx, which: Which): Promise<ListedSubject[]> {
  const found = await sql<ListedSubject>`select 'collection' as kind, l.collection_id as id, l.code,
      l.title_hi as "titleHi", l.title_en as "titleEn", null as until, ${office},
      (select json_agg(json_build_object('from', (h.recorded_at at time zone 'Asia/Kolkata')::date,
          'isOff', h.state <> 'published', 'parts', (select coalesce(json_agg(json_build_object('courseId', c.id,
            'programmeId', null, 'tags', '{}'::text[], 'minutes', 0) order by c.place), '[]'::json)
            from unnest(h.course_ids) with ordinality c (id, place))) order by h.recorded_at)
        from collection_history h where h.collection_id = l.collection_id) as versions
    from collection l join office o on o.office_id = coalesce(l.office_id,
      (select r.office_id from office r where r.parent_id is null order by r.code limit 1))
    where ${chosen(which, 'l.collection_id')} and exists (select 1 from collection_history h
      where h.collection_id = l.collection_id and h.state = 'published')
    order by l.code`.execute(db);
  return found.rows;
}

function chosen(which: Which, key: string): RawBuilder<boolean> {
  if ('scopes' in which) return inScope(sql`o.path`, which.scopes);
  return sql<boolean>`${sql.ref(key)} = any(${[...which.ids]}::uuid[])`;
}

/** Tags, durations and retirement of courses, dated. */
export async function courseFactsOf(
  db: Reads | Tx,
  ids: readonly string[],
): Promise<Map<string, CourseFacts>> {
  const found = await sql<CourseFacts & { id: string }>`select c.course_id as id,
      case when c.state = 'retired' then (c.retired_at at time zone 'Asia/Kolkata')::date end as "retiredOn",
      (select coalesce(json_agg(json_build_object('from', (h.recorded_at at time zone 'Asia/Kolkata')::date,
          'tags', h.tags) order by h.recorded_at), '[]'::json)
        from course_tag_history h where h.course_id = c.course_id) as tags,
      (select coalesce(json_agg(json_build_object('from', v.in_force_from, 'minutes', v.duration_minutes)
          order by v.in_force_from, v.number), '[]'::json)
        from course_version v where v.course_id = c.course_id and v.in_force_from is not null) as minutes
    from course c where c.course_id = any(${[...ids]}::uuid[])`.execute(db);
  return new Map(found.rows.map(({ id, ...facts }) => [id, facts]));
}

export type OfficeName = {
  officeId: string;
  code: string;
  nameHi: string;
  nameEn: string | null;
  kind: string | null;
};

export async function officeNames(db: Reads, ids: readonly string[]): Promise<Map<string, OfficeName>> {
  const found = await sql<OfficeName>`select office_id as "officeId", code, name_hi as "nameHi",
      name_en as "nameEn", kind from office where office_id = any(${[...ids]}::uuid[])`.execute(db);
  return new Map(found.rows.map((row) => [row.officeId, row]));
}
