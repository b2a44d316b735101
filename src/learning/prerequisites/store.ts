import { sql } from 'kysely';
import type { Db, Reads, Tx } from '../../kernel/db.ts';
import { gatheringRows } from '../../kernel/gather.ts';

export type Prerequisite = {
  courseId: string;
  requiredId: string;
  code: string;
  titleHi: string | null;
  titleEn: string | null;
  isMust: boolean;
  state: 'published' | 'retired';
};

const query = `select p.course_id as "courseId", p.required_course_id as "requiredId", c.code, c.title_hi as "titleHi",
    c.title_en as "titleEn", p.is_must as "isMust", c.state
  from course_prerequisite p join course c on c.course_id = p.required_course_id
  where p.course_id = any($1::uuid[]) and c.state <> 'draft' order by p.course_id, p.ordinal`;

const ask = gatheringRows(
  (db: Db, courseIds) => db.hot<Prerequisite>('prerequisites', query, [courseIds]),
  (row) => row.courseId,
);

/** What a course asks to be completed first, in its author's order. */
export function prerequisitesOf(db: Db, courseId: string): Promise<Prerequisite[]> {
  return ask(db, courseId);
}

/** Of some courses those that a person completed, at any time. */
export async function completedAmong(
  db: Reads,
  personId: string,
  courseIds: string[],
): Promise<ReadonlySet<string>> {
  const found = await sql<{ id: string }>`select distinct course_id as id from completion
    where person_id = ${personId} and course_id = any(${courseIds}::uuid[]) and voided_at is null`.execute(
    db,
  );
  return new Set(found.rows.map((row) => row.id));
}

/** True where one of these courses asks, directly or by others, for the course itself. */
export async function wouldCircle(tx: Tx, courseId: string, requiredIds: string[]): Promise<boolean> {
  const found = await sql`with recursive asked (id) as (
      select unnest(${requiredIds}::uuid[])
      union select p.required_course_id from asked a join course_prerequisite p on p.course_id = a.id)
    select 1 from asked where id = ${courseId} limit 1`.execute(tx);
  return found.rows.length > 0;
}

/** Two authors that make each course ask for the other would both find no circle: they go one after the other. */
export async function lockPrerequisites(tx: Tx): Promise<void> {
  await sql`lock table course_prerequisite in share row exclusive mode`.execute(tx);
}

export async function listedPrerequisites(
  tx: Tx,
  courseId: string,
): Promise<{ requiredId: string; isMust: boolean }[]> {
  const found = await sql<{ requiredId: string; isMust: boolean }>`select required_course_id as "requiredId",
      is_must as "isMust" from course_prerequisite where course_id = ${courseId} order by ordinal`.execute(
    tx,
  );
  return found.rows;
}

export async function replacePrerequisites(
  tx: Tx,
  courseId: string,
  rows: { requiredId: string; isMust: boolean }[],
): Promise<void> {
  await sql`delete from course_prerequisite where course_id = ${courseId}`.execute(tx);
  await sql`insert into course_prerequisite (course_id, required_course_id, is_must, ordinal)
    select ${courseId}::uuid, id, must, place
    from unnest(${rows.map((row) => row.requiredId)}::uuid[], ${rows.map((row) => row.isMust)}::boolean[])
      with ordinality as r (id, must, place)`.execute(tx);
}
