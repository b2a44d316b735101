import { sql } from 'kysely';
import type { Reads, Tx } from '../../kernel/db.ts';
import { inScope } from '../../organisations/index.ts';

export type CollectionRow = {
  collectionId: string;
  code: string;
  officeId: string | null;
  officePath: string[] | null;
  officeHi: string | null;
  officeEn: string | null;
  titleHi: string | null;
  titleEn: string | null;
  summaryHi: string | null;
  summaryEn: string | null;
  state: 'draft' | 'published';
  courses: number;
};

const collections = sql`select l.collection_id as "collectionId", l.code, l.office_id as "officeId",
    coalesce(o.path, (select array_agg(r.office_id) from office r where r.parent_id is null)) as "officePath",
    o.name_hi as "officeHi", o.name_en as "officeEn", l.title_hi as "titleHi", l.title_en as "titleEn",
    l.summary_hi as "summaryHi", l.summary_en as "summaryEn", l.state,
    (select count(*)::int from collection_course k join course c using (course_id)
      where k.collection_id = l.collection_id and c.state = 'published') as courses
  from collection l left join office o on o.office_id = l.office_id`;

export async function publishedCollections(db: Reads): Promise<CollectionRow[]> {
  const found = await sql<CollectionRow>`${collections} where l.state = 'published'
    order by l.changed_at desc, l.code limit 200`.execute(db);
  return found.rows;
}

export async function collectionsWithin(db: Reads, scopes: readonly string[]): Promise<CollectionRow[]> {
  const found = await sql<CollectionRow>`${collections}
    where ${inScope(sql`coalesce(o.path, (select array_agg(r.office_id) from office r where r.parent_id is null))`, scopes)}
    order by l.changed_at desc, l.code limit 200`.execute(db);
  return found.rows;
}

/** The titles of the collections that a course stands in. */
export async function collectionsOfCourse(
  db: Reads,
  courseId: string,
): Promise<Pick<CollectionRow, 'code' | 'titleHi' | 'titleEn'>[]> {
  const found = await sql<Pick<CollectionRow, 'code' | 'titleHi' | 'titleEn'>>`select l.code,
      l.title_hi as "titleHi", l.title_en as "titleEn"
    from collection_course k join collection l using (collection_id) where k.course_id = ${courseId}
    order by l.changed_at desc limit 20`.execute(db);
  return found.rows;
}

export async function collectionByCode(db: Reads | Tx, code: string): Promise<CollectionRow | undefined> {
  return (await sql<CollectionRow>`${collections} where l.code = ${code}`.execute(db)).rows[0];
}

export type CollectedCourse = {
  code: string;
  titleHi: string | null;
  titleEn: string | null;
  languages: ('hi' | 'en')[];
  durationMinutes: number;
  state: 'draft' | 'published' | 'retired';
};

/** The courses of a collection in its order; those that are no longer offered too, for who edits it. */
export async function coursesIn(db: Reads, collectionId: string): Promise<CollectedCourse[]> {
  const found =
    await sql<CollectedCourse>`select c.code, c.title_hi as "titleHi", c.title_en as "titleEn", c.languages,
      coalesce(v.duration_minutes, 0) as "durationMinutes", c.state
    from collection_course k join course c using (course_id)
      left join course_version v on v.course_version_id = c.current_version_id
    where k.collection_id = ${collectionId} order by k.ordinal`.execute(db);
  return found.rows;
}

export type CollectionFields = {
  titleHi: string | null;
  titleEn: string | null;
  summaryHi: string | null;
  summaryEn: string | null;
  state: 'draft' | 'published';
};

type Stamp = { now: Date; by: string | null };

/** False where another collection has the code. */
export async function insertCollection(
  tx: Tx,
  row: CollectionFields & { collectionId: string; code: string; officeId: string | null },
  stamp: Stamp,
): Promise<boolean> {
  const found =
    await sql`insert into collection (collection_id, code, office_id, title_hi, title_en, summary_hi, summary_en,
      state, changed_at, changed_by)
    values (${row.collectionId}, ${row.code}, ${row.officeId}, ${row.titleHi}, ${row.titleEn}, ${row.summaryHi},
      ${row.summaryEn}, ${row.state}, ${stamp.now}, ${stamp.by}) on conflict (code) do nothing returning 1`.execute(
      tx,
    );
  return found.rows.length > 0;
}

export async function updateCollection(
  tx: Tx,
  row: CollectionFields & { collectionId: string },
  stamp: Stamp,
): Promise<void> {
  await sql`update collection set title_hi = ${row.titleHi}, title_en = ${row.titleEn}, summary_hi = ${row.summaryHi},
      summary_en = ${row.summaryEn}, state = ${row.state}, changed_at = ${stamp.now}, changed_by = ${stamp.by}
    where collection_id = ${row.collectionId}`.execute(tx);
}

/** Course ids in their order; two editors' steps go one after the other. */
export async function lockedCourses(tx: Tx, collectionId: string): Promise<string[]> {
  await sql`select 1 from collection where collection_id = ${collectionId} for update`.execute(tx);
  const found = await sql<{ id: string }>`select course_id as id from collection_course
    where collection_id = ${collectionId} order by ordinal`.execute(tx);
  return found.rows.map((row) => row.id);
}

export async function replaceCourses(tx: Tx, collectionId: string, courseIds: string[]): Promise<void> {
  await sql`delete from collection_course where collection_id = ${collectionId}`.execute(tx);
  await sql`insert into collection_course (collection_id, course_id, ordinal)
    select ${collectionId}::uuid, id, place from unnest(${courseIds}::uuid[]) with ordinality as c (id, place)`.execute(
    tx,
  );
}
